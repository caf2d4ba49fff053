using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>The units of one treatment time and the data of their fit. Immutable.</summary>
internal sealed class PeriodSample
{
    private readonly FeatureMatrix _targets;
    private readonly double[] _means;

    private PeriodSample(EffectData data, EffectWindows windows, SamplePreparation preparation, int fitPeriod, int[] units, int[] controls, int[] treated)
    {
        FitPeriod = fitPeriod;
        TreatmentPeriod = fitPeriod + windows.Lead;
        Units = units;
        Controls = controls;
        Treated = treated;
        Outcomes = Rows(data, 0, data.Outcomes.Columns);
        WindowStart = fitPeriod - windows.PrePeriods;
        Window = windows.Length;
        _targets = Rows(data, fitPeriod, windows.PostPeriods);
        _means = preparation.Demean
            ? DifferenceInDifferences.PreMeans(Outcomes, WindowStart, windows.PrePeriods)
            : new double[units.Length];
        Matched = Deviations(Outcomes, 0);

        FitData fit = new(Deviations(Features(data, windows), data.CovariateCount), Deviations(_targets, 0), treated, data.CovariateCount);
        Fit = CovariateScaling.Apply(fit, preparation.Scale, preparation.ModelType);
    }

    /// <summary>Column of the treatment.</summary>
    public int TreatmentPeriod { get; }

    /// <summary>Column at which the fit takes the treatment to be.</summary>
    public int FitPeriod { get; }

    /// <summary>Rows of the data that take part, ascending.</summary>
    public int[] Units { get; }

    /// <summary>Positions of the controls within <see cref="Units"/>.</summary>
    public int[] Controls { get; }

    /// <summary>Positions of the treated within <see cref="Units"/>.</summary>
    public int[] Treated { get; }

    /// <summary>Outcomes of <see cref="Units"/> at all times.</summary>
    public FeatureMatrix Outcomes { get; }

    /// <summary>The same as they are predicted: less each unit's mean where it has a fixed effect.</summary>
    public FeatureMatrix Matched { get; }

    /// <summary>First column of the window of matching, fitting and evaluation.</summary>
    public int WindowStart { get; }

    /// <summary>Length of that window.</summary>
    public int Window { get; }

    /// <summary>Features and targets of <see cref="Units"/> as they are fitted.</summary>
    public FitData Fit { get; }

    /// <summary>One sample per treatment time that the windows allow, ascending.</summary>
    /// <exception cref="InvalidInputException">A sample has too few controls, or no treatment time fits the windows.</exception>
    public static PeriodSample[] Create(EffectData data, EffectWindows windows, SamplePreparation preparation, List<string> warnings)
    {
        if (Array.TrueForAll(data.TreatmentPeriods, period => period is not null))
        {
            throw new InvalidInputException(
                "AllUnitsTreated",
                $"All {data.TreatmentPeriods.Length} units are treated at some time; at least 2 must never be, to serve as donors.",
                "TreatmentPeriods");
        }

        int[] periods = [.. data.TreatmentPeriods.OfType<int>().Distinct().Order()];
        List<PeriodSample> samples = [];
        foreach (int period in periods)
        {
            int fitPeriod = period - windows.Lead;
            if (fitPeriod >= windows.PrePeriods && fitPeriod <= data.Outcomes.Columns - windows.After)
            {
                samples.Add(Create(data, windows, preparation, fitPeriod));
            }
            else
            {
                warnings.Add($"Units treated from {data.TimeName(period)} on are left out: fewer than {windows.EvaluationPeriods} periods follow.");
            }
        }

        return samples.Count > 0
            ? [.. samples]
            : throw new InvalidInputException(
                "WindowTooLong",
                $"{{EvaluationPeriods}} {windows.EvaluationPeriods} is longer than what follows any treatment. Give a smaller number.",
                "EvaluationPeriods");
    }

    /// <summary>Puts each unit's mean back on what was predicted without it, in place.</summary>
    /// <param name="predicted">One row per entry of <paramref name="units"/>.</param>
    /// <param name="units">Positions within <see cref="Units"/>.</param>
    public double[,] Restore(double[,] predicted, IReadOnlyList<int> units)
    {
        for (int i = 0; i < units.Count; i++)
        {
            Span<double> row = MatrixRows.Row(predicted, i);
            for (int t = 0; t < row.Length; t++)
            {
                row[t] += _means[units[i]];
            }
        }

        return predicted;
    }

    /// <summary>Brings a fit of <see cref="Fit"/> back to the outcomes as they were given.</summary>
    public SyntheticControlFit Restore(SyntheticControlFit fit)
    {
        Restore(fit.Predictions, [.. Enumerable.Range(0, Units.Length)]);
        fit.Targets = _targets.ToArray();
        return fit;
    }

    private static PeriodSample Create(EffectData data, EffectWindows windows, SamplePreparation preparation, int fitPeriod)
    {
        List<int> units = [];
        List<int> controls = [];
        List<int> treated = [];
        for (int row = 0; row < data.Outcomes.Rows; row++)
        {
            int? start = data.TreatmentPeriods[row] - windows.Lead;
            if (start == fitPeriod)
            {
                treated.Add(units.Count);
                units.Add(row);
            }
            else if (start is null || start > fitPeriod + windows.After)
            {
                controls.Add(units.Count);
                units.Add(row);
            }
        }

        return controls.Count >= 2
            ? new PeriodSample(data, windows, preparation, fitPeriod, [.. units], [.. controls], [.. treated])
            : throw new InvalidInputException(
                "TooFewControls",
                $"{(controls.Count == 0 ? "No control" : "Only 1 control")} remains for the units treated from {data.SayTime(fitPeriod + windows.Lead)} on; at least 2 are needed.",
                "TreatedUnit");
    }

    private FeatureMatrix Features(EffectData data, EffectWindows windows)
    {
        int covariates = data.CovariateCount;
        int columns = covariates + windows.PrePeriods;
        double[] values = new double[Units.Length * columns];
        for (int i = 0; i < Units.Length; i++)
        {
            Span<double> row = values.AsSpan(i * columns, columns);
            data.WriteCovariates(Units[i], FitPeriod, row[..covariates]);
            data.Outcomes.Row(Units[i]).Slice(FitPeriod - windows.PrePeriods, windows.PrePeriods).CopyTo(row[covariates..]);
        }

        string[] names = [.. data.CovariateNames, .. Enumerable.Range(FitPeriod - windows.PrePeriods, windows.PrePeriods).Select(data.TimeName)];
        return new FeatureMatrix(values, Units.Length, columns, Names(data), names);
    }

    private FeatureMatrix Rows(EffectData data, int start, int length)
    {
        double[] values = new double[Units.Length * length];
        for (int i = 0; i < Units.Length; i++)
        {
            data.Outcomes.Row(Units[i]).Slice(start, length).CopyTo(values.AsSpan(i * length));
        }

        return new FeatureMatrix(values, Units.Length, length, Names(data), [.. Enumerable.Range(start, length).Select(data.TimeName)]);
    }

    // Columns before the first outcome are covariates, which have no mean of their own to take off.
    private FeatureMatrix Deviations(FeatureMatrix matrix, int firstOutcome)
    {
        double[] values = [.. matrix.Values];
        for (int unit = 0; unit < matrix.Rows; unit++)
        {
            for (int k = firstOutcome; k < matrix.Columns; k++)
            {
                values[(unit * matrix.Columns) + k] -= _means[unit];
            }
        }

        return new FeatureMatrix(values, matrix.Rows, matrix.Columns, matrix.RowNames, matrix.ColumnNames);
    }

    private string[] Names(EffectData data) => [.. Units.Select(data.UnitName)];
}
