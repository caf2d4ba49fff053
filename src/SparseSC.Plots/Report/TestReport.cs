using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;

namespace SparseSC.Plots.Report;

/// <summary>The reports of tests of an effect.</summary>
internal sealed class TestReport(ReportOptions options)
{
    private readonly ReportNumber _number = new(options.Culture);
    private readonly PlotOptions _pictures = HtmlReport.Pictures(options);

    /// <summary>Placebos in space.</summary>
    public string Space(SpacePlacebo test)
    {
        SpacePlaceboRow[] treated = [.. test.Rows.Where(row => row.IsTreated)];
        string names = string.Join(", ", treated.Select(row => row.Unit));
        string question = options.Title ?? $"Does {names} stand out among units that were not treated?";
        HtmlPage page = new(question, options.Theme);
        page.Section("ranking", "Every unit as if it had been treated");
        page.Picture(test.Estimate.Periods.Length == 0 ? null : Picture.TryFigure(test.Estimate, PlotKind.PlaceboGaps, _pictures));
        page.Picture(Picture.TryFigure(() => PlaceboCharts.Ratios(test.Rows, _pictures), PlotKind.Ratios));
        page.Table(SpaceTable(test.Rows));
        EffectReport.Warnings(page, test.Estimate.Warnings);
        RepeatSection.Add(page, options, Settings(test.Estimate));
        return page.ToHtml(question, [.. treated.Select(row => row.Rank is int rank
            ? $"By the ratio of its errors after and before the treatment {row.Unit} is number {rank} of "
                + $"{test.Rows.Count(other => other.TreatmentTime == row.TreatmentTime && other.Rank is not null)}: "
                + $"p = {_number.P(row.PValue)}."
            : $"{row.Unit} is matched perfectly before the treatment, so that it has no ratio and no rank.")]);
    }

    /// <summary>Placebos in time.</summary>
    public string Time(TimePlacebo test)
    {
        string question = options.Title ?? $"Is there an effect before {test.TreatmentTime}, when there was no treatment?";
        HtmlPage page = new(question, options.Theme);
        page.Section("placebos", "The treatment dated back");
        HtmlTable table = new("Average effect where there was none", "dated back to", "#effect", "#interval from", "#to", "#p-value");
        EffectValue[] averages = [.. test.Estimates.Select(estimate => estimate.Effect.Average)];
        Func<double, string> format = _number.Column(averages.SelectMany(value => new[] { value.Effect, value.CiLow, value.CiHigh }));
        for (int i = 0; i < averages.Length; i++)
        {
            table.Add(null, [new Cell(test.PlaceboTimes[i], i), .. Values(averages[i], format)]);
        }

        page.Picture(Picture.TryFigure(test, PlotKind.TimePlacebo, _pictures));
        page.Table(table);
        for (int i = 0; i < test.Estimates.Length; i++)
        {
            PlotOptions pictures = HtmlReport.Pictures(options);
            pictures.Title = $"Effect by time from {test.PlaceboTimes[i]} on, before there was a treatment";
            page.Picture(Figure.Of(StudyCharts.EventTime(test.Estimates[i], pictures), $"placebo{i}"));
        }

        EffectReport.Warnings(page, [.. test.Estimates.SelectMany(estimate => estimate.Warnings).Distinct()]);
        RepeatSection.Add(page, options, test.Estimates.Length > 0 ? Settings(test.Estimates[0]) : []);
        return page.ToHtml(question, [.. averages.Select((value, i) =>
            $"Dated back to {test.PlaceboTimes[i]}, the average effect is {format(value.Effect)}, p = "
                + _number.P(value.PValue)
                + (value.PValue <= .05 ? ": an effect where there can be none speaks against the design." : "."))]);
    }

    /// <summary>Leaving donors out.</summary>
    public string LeaveOneOut(LeaveOneOutTest test)
    {
        string question = options.Title ?? "Does the effect hang on one donor?";
        HtmlPage page = new(question, options.Theme);
        page.Section("donors", "Each donor left out");
        page.Picture(Picture.TryFigure(test, PlotKind.LeaveOneOut, _pictures));
        if (test.Rows.Length > 0)
        {
            page.Picture(Figure.Of(
                BarCharts.Bars(
                    _pictures,
                    "Average effect without one of the donors",
                    $"with all donors {_number.Single(test.AverageEffect)}",
                    $"Average effects without each of {test.Rows.Length} donors, from {_number.Single(test.Lowest)} to "
                        + $"{_number.Single(test.Highest)}.",
                    [.. test.Rows.Take(BarCharts.MostBars).Select(row => new Bar(row.Donor, row.AverageEffect, false))],
                    ("without the donor", ""),
                    "No donor has a weight, so there is nothing to show."),
                "donors-left-out"));
        }

        Func<double, string> format = _number.Column(test.Rows.SelectMany(row => new[] { row.AverageEffect, row.Change }));
        HtmlTable table = new("Average effect without a donor", "donor", "#weight", "#average effect", "#change");
        foreach (LeaveOneOutRow row in test.Rows)
        {
            table.Add(
                null,
                row.Donor,
                new Cell(_number.Single(row.Weight), row.Weight),
                new Cell(format(row.AverageEffect), row.AverageEffect),
                new Cell(format(row.Change), row.Change));
        }

        page.Table(table);
        RepeatSection.Add(page, options, []);
        return page.ToHtml(question,
        [
            $"With all donors the average effect is {format(test.AverageEffect)}; without one of them it lies between "
                + $"{format(test.Lowest)} and {format(test.Highest)}.",
            test.Lowest * test.Highest > 0 ? "It keeps its sign whichever donor is left out." : "It changes its sign with the donors.",
        ]);
    }

    /// <summary>A conformal test.</summary>
    public string Conformal(ConformalTest test)
    {
        string question = options.Title ?? $"Do the errors of {test.Unit} from {test.TreatmentTime} on look like those before?";
        HtmlPage page = new(question, options.Theme);
        page.Section("effects", "Effects that are not rejected");
        EffectValue[] values = [.. test.PerPeriod, test.Average];
        Func<double, string> format = _number.Column(values.SelectMany(value => new[] { value.Effect, value.CiLow, value.CiHigh }));
        HtmlTable table = new(
            "Effects by period",
            "time",
            "#effect",
            $"#{_number.Percent(test.Level, "0.##")} interval from",
            "#to",
            "#p-value");
        for (int i = 0; i < values.Length; i++)
        {
            table.Add(values[i] == test.Average ? "total" : null, [new Cell(values[i].Time ?? "average", i), .. Values(values[i], format)]);
        }

        page.Picture(Picture.TryFigure(test, PlotKind.EventTime, _pictures));
        page.Table(table);
        EffectReport.Warnings(page, test.Warnings);
        RepeatSection.Add(page, options,
        [
            ("method", test.Method),
            ("rearrangements", _number.Count(test.PermutationCount)),
            ("seed", test.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ]);
        return page.ToHtml(question,
        [
            $"p = {_number.P(test.JointPValue)} for no effect in any period, of {_number.Count(test.PermutationCount)} rearrangements "
                + "of the errors.",
            $"The average effect is {format(test.Average.Effect)}, from {format(test.Average.CiLow)} to {format(test.Average.CiHigh)}.",
        ]);
    }

    private Cell[] Values(EffectValue value, Func<double, string> format) =>
    [
        new Cell(format(value.Effect), value.Effect),
        new Cell(format(value.CiLow), value.CiLow),
        new Cell(format(value.CiHigh), value.CiHigh),
        new Cell(_number.P(value.PValue), value.PValue),
    ];

    private HtmlTable SpaceTable(SpacePlaceboRow[] rows)
    {
        Func<double, string> format = _number.Column(rows.SelectMany(row => new[] { row.PreRmspe, row.PostRmspe, row.AverageGap }));
        Func<double, string> ratio = _number.Column(rows.Select(row => row.Ratio));
        HtmlTable table = new(
            "Units by the ratio of their root mean squared prediction errors",
            "unit",
            "#ratio",
            "#rank",
            "#before",
            "#after",
            "#average gap",
            "#p-value");
        foreach (SpacePlaceboRow row in rows)
        {
            table.Add(
                row.IsTreated ? "treated" : null,
                row.Unit,
                new Cell(ratio(row.Ratio), row.Ratio),
                new Cell(row.Rank is int rank ? _number.Count(rank) : "–", row.Rank),
                new Cell(format(row.PreRmspe), row.PreRmspe),
                new Cell(format(row.PostRmspe), row.PostRmspe),
                new Cell(format(row.AverageGap), row.AverageGap),
                new Cell(_number.P(row.PValue), row.PValue));
        }

        return table;
    }

    private static IEnumerable<(string Name, string Value)> Settings(EffectEstimate estimate) =>
    [
        ("estimator", EffectJson.MethodName(estimate.Method)),
        ("seed of the placebos", estimate.Effect.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("seed of the cross-fits", estimate.CrossFitSeed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
