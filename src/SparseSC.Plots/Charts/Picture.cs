using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>Pictures of estimates, models and tests as SVG.</summary>
public static class Picture
{
    private static readonly PlotKind[] OfFits = [PlotKind.UnitWeights, PlotKind.FeatureWeights, PlotKind.Balance, PlotKind.CrossValidation];
    private static readonly PlotKind[] OfSpace = [PlotKind.Ratios, PlotKind.PlaceboGaps, PlotKind.PlaceboGapsPruned];
    private static readonly PlotKind[] OfLeaveOneOut = [PlotKind.LeaveOneOut];
    private static readonly PlotKind[] OfTime = [PlotKind.TimePlacebo];
    private static readonly PlotKind[] OfConformal = [PlotKind.EventTime];
    private static readonly PlotKind[] OfEffects = [.. Enum.GetValues<PlotKind>().Except([.. OfLeaveOneOut, .. OfTime])];

    /// <summary>How files and the command line write a kind.</summary>
    public static string KindName(PlotKind kind) => kind switch
    {
        PlotKind.Outcomes => "outcomes",
        PlotKind.Gap => "gap",
        PlotKind.PlaceboGaps => "placebo-gaps",
        PlotKind.PlaceboGapsPruned => "placebo-gaps-pruned",
        PlotKind.Ratios => "ratios",
        PlotKind.UnitWeights => "unit-weights",
        PlotKind.FeatureWeights => "feature-weights",
        PlotKind.Balance => "balance",
        PlotKind.CrossValidation => "cross-validation",
        PlotKind.EventTime => "event-time",
        PlotKind.Cumulative => "cumulative",
        PlotKind.LeaveOneOut => "leave-one-out",
        PlotKind.TimePlacebo => "time-placebo",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The kinds there are of a result, the one drawn by default first.</summary>
    /// <param name="result">An <see cref="EffectEstimate"/>, a <see cref="SyntheticControlFit"/> or a test of an effect.</param>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static IReadOnlyList<PlotKind> Kinds(object result) => Described(result).Kinds;

    /// <summary>Draws a result.</summary>
    /// <param name="result">An <see cref="EffectEstimate"/>, a <see cref="SyntheticControlFit"/> or a test of an effect.</param>
    /// <param name="kind">What is shown; <c>null</c> for the first of <see cref="Kinds"/>.</param>
    /// <param name="options">How it is drawn.</param>
    /// <returns>SVG, as text without a declaration, that may stand alone or in a page.</returns>
    /// <exception cref="InvalidInputException">There is no such picture of the result (<c>PlotKindUnlike</c>), or it lacks what the kind shows: unit weights
    /// or controls' synthetic outcomes that were not kept, or penalties that were not chosen (<c>NothingToPlot</c>).</exception>
    public static string Draw(object result, PlotKind? kind, PlotOptions options)
    {
        Chart chart = ChartOf(result, kind, options);
        string id = KindName(kind ?? Kinds(result)[0]);
        return SvgDocument.Draw(chart.Model, options.Width, chart.Height, chart.Title, chart.Description, options.Theme, id);
    }

    /// <summary>The picture of a kind, or of the first there is.</summary>
    /// <exception cref="InvalidInputException">As for <see cref="Draw"/>.</exception>
    internal static Chart ChartOf(object result, PlotKind? kind, PlotOptions options)
    {
        Check(options);
        (string what, IReadOnlyList<PlotKind> kinds) = Described(result);
        PlotKind chosen = kind ?? kinds[0];
        return kinds.Contains(chosen) ? ChartOf(result, chosen, options) : throw PictureError.Unlike(chosen, what, kinds);
    }

    /// <summary>A picture for a page; <c>null</c> where the result lacks what it shows.</summary>
    internal static Figure? TryFigure(object result, PlotKind kind, PlotOptions options) => TryFigure(() => ChartOf(result, kind, options), kind);

    /// <summary>The same of any chart.</summary>
    internal static Figure? TryFigure(Func<Chart> make, PlotKind kind)
    {
        try
        {
            return Figure.Of(make(), KindName(kind));
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    private static (string What, IReadOnlyList<PlotKind> Kinds) Described(object result) => result switch
    {
        EffectEstimate => ("an effect", OfEffects),
        SyntheticControlFit => ("a model", OfFits),
        SpacePlacebo => ("placebos in space", OfSpace),
        TimePlacebo => ("placebos in time", OfTime),
        LeaveOneOutTest => ("a test that leaves donors out", OfLeaveOneOut),
        ConformalTest => ("a conformal test", OfConformal),
        _ => throw new ArgumentException($"{result?.GetType().Name ?? "null"} has no pictures.", nameof(result)),
    };

    private static Chart ChartOf(object result, PlotKind kind, PlotOptions options) => result switch
    {
        EffectEstimate estimate => ChartOf(estimate, kind, options),
        SyntheticControlFit fit => ChartOf(fit, kind, options),
        SpacePlacebo space when kind == PlotKind.Ratios => PlaceboCharts.Ratios(space.Rows, options),

        // A file of the test holds no paths.
        SpacePlacebo space => space.Estimate.Periods.Length == 0
            ? throw new InvalidInputException("NothingToPlot", "The file of the test holds no gaps. Draw the file of the effect, written with 'sparsesc effects --synthetic all'.", "Kind")
            : ChartOf(space.Estimate, kind, options),
        TimePlacebo time => TestCharts.TimePlacebo(time, options),
        LeaveOneOutTest test => TestCharts.LeaveOneOut(test, options),
        _ => StudyCharts.EventTime((ConformalTest)result, options),
    };

    private static Chart ChartOf(EffectEstimate estimate, PlotKind kind, PlotOptions options) => kind switch
    {
        PlotKind.Outcomes => OutcomeCharts.Outcomes(estimate, options),
        PlotKind.Gap => OutcomeCharts.Gap(estimate, options),
        PlotKind.PlaceboGaps => PlaceboCharts.Gaps(estimate, options, isPruned: false),
        PlotKind.PlaceboGapsPruned => PlaceboCharts.Gaps(estimate, options, isPruned: true),
        PlotKind.Ratios => PlaceboCharts.Ratios(estimate, options),
        PlotKind.UnitWeights => BarCharts.UnitWeights(estimate, options),
        PlotKind.Balance => BalanceCharts.Balance(estimate, options),
        PlotKind.EventTime => StudyCharts.EventTime(estimate, options),
        PlotKind.Cumulative => CumulativeChart.Draw(estimate, options),
        _ => ChartOf(estimate.Periods[0].Fit, kind, options),
    };

    private static Chart ChartOf(SyntheticControlFit fit, PlotKind kind, PlotOptions options) => kind switch
    {
        PlotKind.UnitWeights => BarCharts.UnitWeights(fit, options),
        PlotKind.FeatureWeights => BarCharts.FeatureWeights(fit, options),
        PlotKind.Balance => BalanceCharts.Balance(fit, options),
        _ => StudyCharts.CrossValidation(fit, options)
            ?? throw new InvalidInputException("NothingToPlot", "The model tried one penalty only, so there is no cross-validation to show.", "Kind"),
    };

    private static void Check(PlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach ((string name, int? pixels) in new[] { ("Width", (int?)options.Width), ("Height", options.Height) })
        {
            if (pixels is < 200 or > 8000)
            {
                throw new InvalidInputException("OptionOutOfRange", $"{{{name}}} {pixels} must be from 200 to 8000 pixels.", name);
            }
        }
    }
}
