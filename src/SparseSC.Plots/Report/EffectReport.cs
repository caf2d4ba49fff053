using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;

namespace SparseSC.Plots.Report;

/// <summary>The report of an effect.</summary>
internal sealed class EffectReport(EffectEstimate estimate, ReportOptions options)
{
    private const int MostUnits = 50;

    private static readonly PlotKind[] AfterVerdict = [PlotKind.PlaceboGaps, PlotKind.Ratios];

    private readonly ReportNumber _number = new(options.Culture);
    private readonly PlotOptions _pictures = HtmlReport.Pictures(options);
    private readonly string _outcome = estimate.OutcomeName.Length > 0 ? estimate.OutcomeName : "the outcome";

    public string ToHtml()
    {
        EffectWords words = new(estimate, _number);
        string question = options.Title ?? words.Question;
        HtmlPage page = new(question, options.Theme);
        page.Section("effect", "The effect");
        page.Picture(Picture.TryFigure(estimate, PlotKind.Outcomes, _pictures));
        page.Picture(Picture.TryFigure(estimate, estimate.Periods.Length == 1 ? PlotKind.Gap : PlotKind.EventTime, _pictures));
        page.Table(Totals());
        page.Table(PerPeriod());
        page.Picture(Picture.TryFigure(estimate, PlotKind.Cumulative, _pictures));
        page.Text(words.Inference);
        Verdict(page);
        Warnings(page, estimate.Warnings);
        Placebos(page);
        Weights(page);
        Balance(page);
        if (Picture.TryFigure(estimate, PlotKind.CrossValidation, _pictures) is { } choice)
        {
            page.Section("penalties", "Choice of the penalty");
            page.Picture(choice);
        }

        RepeatSection.Add(page, options, Settings());
        return page.ToHtml(question, words.Answer);
    }

    /// <summary>Adds warnings, if there are any.</summary>
    public static void Warnings(HtmlPage page, IReadOnlyCollection<string> warnings)
    {
        if (warnings.Count > 0)
        {
            page.Section("warnings", warnings.Count == 1 ? "A warning" : "Warnings");
            page.List(warnings);
        }
    }

    private string Interval => $"{_number.Percent(estimate.Effect.Level, "0.##")} interval";

    private HtmlTable Totals()
    {
        PlaceboInference effect = estimate.Effect;
        HtmlTable table = new(
            $"Effect on {_outcome} over {effect.PerPeriod.Length} periods",
            "summary",
            "#effect",
            $"#{Interval} from",
            "#to",
            "#p-value") { IsFixed = true };
        Add("average", effect.Average, _number.Column([effect.Average.Effect, effect.Average.CiLow, effect.Average.CiHigh]));
        if (effect.Cumulative is { } total)
        {
            Add("in total", total, _number.Column([total.Effect, total.CiLow, total.CiHigh]));
        }

        if (effect.Relative is { } relative)
        {
            Add("as a share of the synthetic outcome", relative, share => _number.Percent(share));
        }

        return table;

        void Add(string name, EffectValue value, Func<double, string> format) =>
            table.Add(null, name, format(value.Effect), format(value.CiLow), format(value.CiHigh), _number.P(value.PValue));
    }

    private HtmlTable PerPeriod()
    {
        EffectValue[] values = estimate.Effect.PerPeriod;
        Func<double, string> format = _number.Column(values.SelectMany(value => new[] { value.Effect, value.CiLow, value.CiHigh }));
        HtmlTable table = new(
            $"Effect on {_outcome} by period",
            estimate.Periods.Length == 1 ? "time" : "periods from the treatment on",
            "#effect",
            $"#{Interval} from",
            "#to",
            "#p-value");
        for (int i = 0; i < values.Length; i++)
        {
            EffectValue value = values[i];
            table.Add(
                null,
                new Cell(value.Time ?? _number.Count(i), i),
                new Cell(format(value.Effect), value.Effect),
                new Cell(format(value.CiLow), value.CiLow),
                new Cell(format(value.CiHigh), value.CiHigh),
                new Cell(_number.P(value.PValue), value.PValue));
        }

        return table;
    }

    private void Verdict(HtmlPage page)
    {
        page.Section("verdict", "Whether to believe it");
        if (estimate.Diagnostics.Length == 0)
        {
            page.Text("This estimate carries no checks; judge it by its placebos and by the balance before the treatment.");
            return;
        }

        int good = estimate.Diagnostics.Count(row => row.Verdict == DiagnosticVerdict.Good);
        string[] others =
        [
            .. estimate.Diagnostics
                .Where(row => row.Verdict != DiagnosticVerdict.Good)
                .OrderByDescending(row => row.Verdict)
                .Select(row => row.What),
        ];
        page.Text($"{good} of {estimate.Diagnostics.Length} checks speak for the estimate or not against it"
            + (others.Length == 0 ? "." : $"; look at {string.Join(", ", others)} before believing it. ")
            + (others.Length == 0 ? "" : "Each check has a rule of its own; there is no sum of them."));
        HtmlTable table = new("Checks of the estimate", "check", "verdict", "#value", "what it says");
        foreach (EffectDiagnostic row in estimate.Diagnostics)
        {
            string verdict = row.Verdict.ToString().ToLowerInvariant();
            table.Add(
                null,
                row.What,
                new Cell(verdict, (double)row.Verdict, verdict),
                new Cell(_number.Single(row.Value), row.Value),
                row.Sentence);
        }

        page.Table(table);
    }

    private void Placebos(HtmlPage page)
    {
        Figure?[] figures = [.. AfterVerdict.Select(kind => Picture.TryFigure(estimate, kind, _pictures))];
        RmspeRatio[] ratios = [.. estimate.Periods.SelectMany(period => period.RmspeRatios)];
        if (ratios.Length == 0 && figures.All(figure => figure is null))
        {
            return;
        }

        page.Section("placebos", "Placebos");
        foreach (Figure? figure in figures)
        {
            page.Picture(figure);
        }

        if (figures[0] is null)
        {
            page.Text("The gaps of the controls are not among the data of this report; 'sparsesc effects --synthetic all' keeps them.");
        }

        Func<double, string> rmspe = _number.Column(ratios.SelectMany(row => new[] { row.PreRmspe, row.PostRmspe }));
        Func<double, string> ratio = _number.Column(ratios.Select(row => row.Ratio));
        HtmlTable table = new(
            "Root mean squared prediction errors (RMSPE) of the treated",
            "unit",
            "#before",
            "#after",
            "#ratio",
            "#rank",
            "#of",
            "#p-value");
        foreach (RmspeRatio row in ratios.Take(MostUnits))
        {
            table.Add(
                null,
                row.Unit,
                new Cell(rmspe(row.PreRmspe), row.PreRmspe),
                new Cell(rmspe(row.PostRmspe), row.PostRmspe),
                new Cell(ratio(row.Ratio), row.Ratio),
                new Cell(row.Rank is int rank ? _number.Count(rank) : "–", row.Rank),
                new Cell(_number.Count(row.RankedUnits), row.RankedUnits),
                new Cell(_number.P(row.PValue), row.PValue));
        }

        page.Table(table);
    }

    private void Weights(HtmlPage page)
    {
        page.Section("weights", "What the synthetic control is made of");
        page.Picture(Picture.TryFigure(estimate, PlotKind.UnitWeights, _pictures));
        try
        {
            UnitWeightRow[] rows = [.. EffectRows.UnitWeights(estimate)];
            page.Table(WeightTables.Units(rows, _number));
        }
        catch (InvalidInputException)
        {
            page.Text("The weights of the donors were not kept.");
        }

        FeatureWeightRow[] features = [.. EffectRows.FeatureWeights(estimate)];
        if (features.Length > 1 && features.All(row => row.Weight.Equals(features[0].Weight)))
        {
            page.Text($"All {_number.Count(features.Length)} features that are matched on count alike: {features[0].Feature} to "
                + $"{features[^1].Feature}.");
        }
        else if (features.Length > 0)
        {
            page.Picture(Picture.TryFigure(estimate, PlotKind.FeatureWeights, _pictures));
            page.Table(WeightTables.Features(features, _number));
        }
    }

    private void Balance(HtmlPage page)
    {
        if (estimate.Periods.Any(period => period.Fit.Balance.Length > 0))
        {
            page.Section("balance", "Balance before the treatment");
            page.Picture(Picture.TryFigure(estimate, PlotKind.Balance, _pictures));
            page.Table(BalanceTable.Of([.. EffectRows.Balance(estimate)], _number));
        }
    }

    private IEnumerable<(string Name, string Value)> Settings()
    {
        PlaceboInference effect = estimate.Effect;
        yield return ("estimator", EffectJson.MethodName(estimate.Method));
        yield return ("inference", effect.Method);
        yield return ("model type", FitJson.ModelTypeName(estimate.ModelType));
        yield return ("level", _number.Percent(effect.Level, "0.##"));
        yield return (
            "periods matched on, fitted to, evaluated",
            $"{estimate.PrePeriods}, {estimate.PostPeriods}, {estimate.EvaluationPeriods}");
        string replicates = effect.Method == "placebo" ? "placebos" : "replicates";
        yield return (replicates, $"{_number.Count(effect.PlaceboCount)}{(effect.Exhaustive ? ", all there are" : "")}");
        yield return ($"seed of the {replicates}", effect.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        yield return (
            "folds of the cross-fits",
            estimate.CrossFitFolds switch { 0 => "each control alone", 1 => "none", int folds => _number.Count(folds) });
        yield return ("seed of the cross-fits", estimate.CrossFitSeed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        yield return ("SHA-256 of units, times and outcomes", RepeatSection.HashOf(estimate.Units, estimate.Times, estimate.Observed));
    }
}
