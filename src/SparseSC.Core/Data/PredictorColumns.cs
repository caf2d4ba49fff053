using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Makes covariates of predictors, which downstream count by their mean before a treatment.</summary>
/// <remarks>
/// A mean keeps the values of its window and no others. Any other statistic is one value at the end of its window: its mean is
/// itself, and a treatment that is dated back to before that time does not see it.
/// </remarks>
internal sealed class PredictorColumns
{
    private readonly PanelOptions _options;
    private readonly TimeAxis _axis;
    private readonly int? _firstTreatment;

    /// <param name="options">With the predictors.</param>
    /// <param name="axis">The times of the file.</param>
    /// <param name="treatment">Who is treated from when on.</param>
    public PredictorColumns(PanelOptions options, TimeAxis axis, TreatmentPlan treatment)
    {
        _options = options;
        _axis = axis;
        _firstTreatment = treatment.Periods.Min() ?? treatment.UntreatedStart;
        Windows = [.. options.Predictors.Select(Window)];
    }

    private (int From, int To)[] Windows { get; }

    /// <summary>The covariate of a predictor.</summary>
    /// <param name="predictor">Its place among the options' predictors.</param>
    /// <param name="values">Its column, units × the times that are kept.</param>
    /// <param name="times">Positions of the times that are kept.</param>
    /// <param name="units">Names of the units.</param>
    /// <exception cref="InvalidInputException">A unit has no value at all in the window (<c>PredictorMissing</c>).</exception>
    public double[,] Make(int predictor, double[,] values, int[] times, IReadOnlyList<string> units)
    {
        (int from, int to) = Windows[predictor];
        int[] columns = [.. Enumerable.Range(0, times.Length).Where(column => times[column] >= from && times[column] <= to)];
        double[,] made = new double[values.GetLength(0), values.GetLength(1)];
        for (int unit = 0; unit < values.GetLength(0); unit++)
        {
            for (int column = 0; column < times.Length; column++)
            {
                made[unit, column] = double.NaN;
            }

            double[] window = [.. columns.Select(column => values[unit, column]).Where(value => !double.IsNaN(value))];
            if (window.Length == 0)
            {
                throw new InvalidInputException(
                    "PredictorMissing",
                    $"{{Predictors}}: '{_options.Predictors[predictor]}' has no value for unit '{units[unit]}'. Leave the predictor or the unit out, "
                        + "widen its window, or complete the data.",
                    "Predictors");
            }

            if (_options.Predictors[predictor].Statistic == PredictorStatistic.Mean)
            {
                foreach (int column in columns)
                {
                    made[unit, column] = values[unit, column];
                }
            }
            else
            {
                made[unit, columns[^1]] = Of(_options.Predictors[predictor].Statistic, window);
            }
        }

        return made;
    }

    private static double Of(PredictorStatistic statistic, double[] values)
    {
        switch (statistic)
        {
            case PredictorStatistic.Sum:
                return values.Sum();
            case PredictorStatistic.Min:
                return values.Min();
            case PredictorStatistic.Max:
                return values.Max();
            case PredictorStatistic.First:
                return values[0];
            case PredictorStatistic.Last:
                return values[^1];
            case PredictorStatistic.Median:
                double[] sorted = [.. values.Order()];
                int half = sorted.Length / 2;
                return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            default:
                return values.Average();
        }
    }

    private (int From, int To) Window(PanelPredictor predictor)
    {
        int last = (_firstTreatment ?? _axis.Times.Length) - 1;
        int from = predictor.From is { } first ? _axis.Find(first) ?? throw Outside(predictor, first) : 0;
        int to = predictor.To is { } end ? _axis.FindLast(end) ?? throw Outside(predictor, end) : last;
        if (to > last)
        {
            throw new InvalidInputException(
                "PredictorAfterTreatment",
                $"{{Predictors}}: the window of '{predictor}' reaches {_axis.Times[to]}, but units are "
                    + $"treated from {_axis.Times[last + 1]} on. "
                    + "A predictor ends before the treatment.",
                "Predictors");
        }

        return from <= to
            ? (from, to)
            : throw new InvalidInputException(
                "PredictorWindowEmpty",
                $"{{Predictors}}: no time of the panel lies in the window of '{predictor}'; it goes "
                    + $"from {predictor.From ?? _axis.Times[0]} to "
                    + $"{predictor.To ?? _axis.Times[Math.Max(0, last)]}.",
                "Predictors");
    }

    private InvalidInputException Outside(PanelPredictor predictor, string time) => new(
        "PredictorOutsidePanel",
        $"{{Predictors}}: '{predictor}' names {time}, which is not among the panel's times, {_axis.Times[0]} to {_axis.Times[^1]}.",
        "Predictors");
}
