using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>Pictures of estimates and models as SVG.</summary>
public static class Picture
{
    private static readonly PlotKind[] OfFits = [PlotKind.UnitWeights, PlotKind.FeatureWeights, PlotKind.Balance, PlotKind.CrossValidation];

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
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Refuses a file whose name promises another format than pictures have.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameterName">The option it was given by.</param>
    /// <exception cref="InvalidInputException">It does not end in .svg (<c>PictureFormat</c>).</exception>
    public static void RequireSvg(string path, string parameterName)
    {
        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidInputException(
                "PictureFormat",
                $"{{{parameterName}}} '{path}' must end in .svg: pictures are SVG, which browsers and office programs show and convert.",
                parameterName);
        }
    }

    /// <summary>Draws an estimate.</summary>
    /// <returns>SVG, as text without a declaration, that may stand alone or in a page.</returns>
    /// <exception cref="InvalidInputException">The estimate lacks what the kind shows: unit weights or controls' synthetic outcomes that were not kept, or
    /// penalties that were not chosen (<c>NothingToPlot</c>).</exception>
    public static string Draw(EffectEstimate estimate, PlotKind kind, PlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        Check(options);
        return Written(ChartOf(estimate, kind, options), kind);
    }

    /// <summary>Draws a model.</summary>
    /// <returns>As for an estimate.</returns>
    /// <exception cref="InvalidInputException">The kind needs an estimate of an effect (<c>PlotNeedsEffect</c>), or the model lacks what it shows.</exception>
    public static string Draw(SyntheticControlFit fit, PlotKind kind, PlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Check(options);
        return Written(ChartOf(fit, kind, options), kind);
    }

    /// <summary>A picture of an estimate for a page; <c>null</c> where the estimate lacks what it shows.</summary>
    internal static Figure? TryFigure(EffectEstimate estimate, PlotKind kind, PlotOptions options) => TryFigure(() => ChartOf(estimate, kind, options), kind);

    /// <summary>The same of a model.</summary>
    internal static Figure? TryFigure(SyntheticControlFit fit, PlotKind kind, PlotOptions options) => TryFigure(() => ChartOf(fit, kind, options), kind);

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
        _ => ChartOf(estimate.Periods[0].Fit, kind, options),
    };

    private static Chart ChartOf(SyntheticControlFit fit, PlotKind kind, PlotOptions options) => kind switch
    {
        PlotKind.UnitWeights => BarCharts.UnitWeights(fit, options),
        PlotKind.FeatureWeights => BarCharts.FeatureWeights(fit, options),
        PlotKind.Balance => BalanceCharts.Balance(fit, options),
        PlotKind.CrossValidation => StudyCharts.CrossValidation(fit, options) ?? throw new InvalidInputException(
            "NothingToPlot", "The model tried one penalty only, so there is no cross-validation to show.", "Kind"),
        _ => throw new InvalidInputException(
            "PlotNeedsEffect",
            $"{{Kind}} {{Kind:{kind}}} shows the estimate of an effect, and this is a model. Of a model there are "
                + $"{string.Join(", ", OfFits.Select(of => $"{{Kind:{of}}}"))}.",
            "Kind"),
    };

    private static string Written(Chart chart, PlotKind kind) => SvgDocument.Draw(
        chart.Model, chart.Options.Width, chart.Height, chart.Title, chart.Description, chart.Options.Theme, KindName(kind));

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
