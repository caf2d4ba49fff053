using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;

namespace SparseSC.Plots.Report;

/// <summary>The report of a model.</summary>
internal sealed class FitReport(SyntheticControlFit fit, ReportOptions options)
{
    private const int MostRows = 1000;
    private const int MostNamed = 3;

    private readonly ReportNumber _number = new(options.Culture);
    private readonly PlotOptions _pictures = HtmlReport.Pictures(options);

    public string ToHtml()
    {
        string question = options.Title ?? $"Which donors, matched on what, stand for {Who}?";
        HtmlPage page = new(question, options.Theme);
        page.Section("model", "The model");
        page.Table(Summary());
        EffectReport.Warnings(page, fit.Warnings);
        page.Section("weights", "What the synthetic control is made of");
        page.Picture(Picture.TryFigure(fit, PlotKind.UnitWeights, _pictures));
        if (fit.Weights is null)
        {
            page.Text("The weights of the donors were not kept.");
        }
        else if (fit.TreatedUnits.Length > 0)
        {
            page.Table(WeightTables.Units([.. FitRows.UnitWeights(fit, fit.TreatedUnits)], _number));
        }

        page.Picture(Picture.TryFigure(fit, PlotKind.FeatureWeights, _pictures));
        page.Table(WeightTables.Features([.. FitRows.FeatureWeights(fit)], _number));
        if (fit.Balance.Length > 0)
        {
            page.Section("balance", "Balance of the features");
            page.Picture(Picture.TryFigure(fit, PlotKind.Balance, _pictures));
            page.Table(BalanceTable.Of(fit.Balance, _number));
        }

        if (fit.TreatedUnits.Length > 0)
        {
            page.Section("predictions", "Observed and synthetic targets");
            page.Table(Predictions());
        }

        if (Picture.TryFigure(fit, PlotKind.CrossValidation, _pictures) is { } choice)
        {
            page.Section("penalties", "Choice of the penalty");
            page.Picture(choice);
        }

        RepeatSection.Add(page, options, Settings());
        return page.ToHtml(question, Answer());
    }

    private string Who => fit.TreatedUnits.Length is > 0 and <= MostNamed
        ? string.Join(fit.TreatedUnits.Length == 2 ? " and " : ", ", fit.TreatedUnits.Select(unit => FitRows.UnitName(fit, unit)))
        : $"{_number.Count(fit.TreatedUnits.Length > 0 ? fit.TreatedUnits.Length : fit.Targets.GetLength(0))} units";

    private List<string> Answer()
    {
        int kept = fit.V.Count(weight => weight != 0);
        List<string> answer = [$"{_number.Count(kept)} of {_number.Count(fit.V.Length)} features have a weight, and "
            + $"{_number.Count(fit.ControlUnits.Length)} units can be donors."];
        if (double.IsFinite(fit.PreRmspe))
        {
            answer.Add($"Before the treatment the synthetic control misses the outcome by {_number.Single(fit.PreRmspe)} (root mean "
                + "square); the plain mean of the donors misses it by "
                + $"{_number.Single(fit.MeanRmspe)}. The weights are those of {_number.Single(fit.EffectiveDonors)} donors of equal "
                + "weight.");
        }

        return answer;
    }

    private HtmlTable Summary()
    {
        HtmlTable table = new("The model", "what", "#value") { IsFixed = true };
        table.Add(
            null,
            "units, donors, features, targets",
            $"{fit.Targets.GetLength(0)}, {fit.ControlUnits.Length}, {fit.V.Length}, {fit.Targets.GetLength(1)}");
        table.Add(null, "penalty on the weights of features", _number.Single(fit.VPen));
        table.Add(null, "penalty on the weights of units", _number.Single(fit.WPen));
        table.Add(null, fit.IsFast ? "sum of squared errors" : "score of the cross-validation", _number.Single(fit.Score));
        table.Add(null, "R²", _number.Single(fit.ScoreR2));
        table.Add(null, "RMSPE before the treatment", _number.Single(fit.PreRmspe));
        table.Add(null, "RMSPE of the plain mean of the donors", _number.Single(fit.MeanRmspe));
        table.Add(null, "effective donors", _number.Single(fit.EffectiveDonors));
        return table;
    }

    private HtmlTable Predictions()
    {
        PredictionRow[] rows = [.. FitRows.Predictions(fit, fit.TreatedUnits)];
        Func<double, string> format = _number.Column(rows.SelectMany(row => new[] { row.Observed, row.Synthetic }));
        HtmlTable table = new("Targets of the treated", "unit", "time", "#observed", "#synthetic", "#gap");
        for (int i = 0; i < Math.Min(rows.Length, MostRows); i++)
        {
            PredictionRow row = rows[i];
            table.Add(
                null,
                row.Unit,
                new Cell(row.Time, i % fit.Targets.GetLength(1)),
                new Cell(format(row.Observed), row.Observed),
                new Cell(format(row.Synthetic), row.Synthetic),
                new Cell(format(row.Gap), row.Gap));
        }

        return table;
    }

    private IEnumerable<(string Name, string Value)> Settings()
    {
        yield return ("fit", fit.IsFast ? "fast" : "joint");
        yield return ("model type", FitJson.ModelTypeName(fit.ModelType));
        yield return ("constraint", FitJson.ConstraintName(fit.Constraint));
        if (fit.PlanHash is { } hash)
        {
            yield return ("SHA-256 of the plan", hash);
        }

        yield return ("SHA-256 of units, times and targets", RepeatSection.HashOf(fit.UnitNames ?? [], fit.TargetNames ?? [], fit.Targets));
    }
}
