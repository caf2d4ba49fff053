using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>What an estimator finds where there is nothing to find: all units of a full model, effect zero.</summary>
/// <remarks>Source: microsoft/SparseSC, <c>AA_results</c>.</remarks>
public sealed class AaTest
{
    /// <summary>The distribution of differences in the periods matched on.</summary>
    public PlaceboInference PreFit { get; set; } = new();

    /// <summary>The distribution of differences in the periods after: what an effect must exceed to be noticed.</summary>
    public PlaceboInference Effect { get; set; } = new();

    /// <summary>Root mean squared difference of all units after the split.</summary>
    public double Rmspe { get; set; }

    /// <summary>The model, when it was fitted here.</summary>
    public SyntheticControlFit? Fit { get; set; }

    /// <summary>Summarises differences of a model that is fitted already.</summary>
    /// <param name="before">N×T0 differences (observed − synthetic).</param>
    /// <param name="after">N×T1 differences.</param>
    /// <param name="level">Level of the intervals.</param>
    /// <param name="asymmetric">Intervals from the two tails, around the mean of the differences instead of around 0.</param>
    /// <param name="interval">Which placebo an interval ends at.</param>
    /// <exception cref="InvalidInputException">Shapes, numbers or the level cannot be used.</exception>
    public static AaTest FromDifferences(double[,] before, double[,] after, double level = 0.95, bool asymmetric = false, IntervalRule interval = IntervalRule.Test)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        double squares = after.Cast<double>().Sum(difference => difference * difference);
        return new AaTest
        {
            PreFit = Judge(before, level, asymmetric, interval),
            Effect = Judge(after, level, asymmetric, interval),
            Rmspe = Math.Sqrt(squares / after.Length),
        };
    }

    /// <summary>Fits a full model by the fast fit to the units that are never treated and summarises its differences.</summary>
    /// <param name="data">Outcomes; treated units are left out.</param>
    /// <param name="prePeriods">The columns before this one are matched on, those from it on are the targets.</param>
    /// <param name="options">Options of the fit, fixed effects, level and asymmetry.</param>
    /// <param name="progress">Told after every fold of the fit.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="InvalidInputException">Data or options cannot be used.</exception>
    public static AaTest Run(
        EffectData data, int prePeriods, EffectOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        int times = data.Outcomes.Columns;
        if (prePeriods < 1 || prePeriods >= times)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{PrePeriods}} {prePeriods} must lie between 1 and {times - 1}, so that periods remain on both sides.", "PrePeriods");
        }

        int[] never = [.. Enumerable.Range(0, data.Outcomes.Rows).Where(row => data.TreatmentPeriods[row] is null)];
        EffectData controls = data.Select(never);
        FastFitOptions fast = options.Fast.Copy();
        fast.ModelType = ModelType.Full;
        fast.MaxDegreeOfParallelism = options.MaxDegreeOfParallelism;
        PeriodSample sample = PeriodSample.Split(controls, prePeriods, options);
        fast.Scale = null;
        SyntheticControlFit fit = sample.Restore(FastFit.Run(sample.Fit, fast, progress, cancellationToken));
        double[,] synthetic = sample.Restore(
            new FastModel(options).Predict(sample.Fit, fit, sample.Matched, options.MaxDegreeOfParallelism, cancellationToken), sample.Units);
        double[,] before = new double[never.Length, prePeriods];
        double[,] after = new double[never.Length, times - prePeriods];
        for (int unit = 0; unit < never.Length; unit++)
        {
            for (int t = 0; t < times; t++)
            {
                double difference = controls.Outcomes[unit, t] - synthetic[unit, t];
                (t < prePeriods ? ref before[unit, t] : ref after[unit, t - prePeriods]) = difference;
            }
        }

        AaTest result = FromDifferences(before, after, options.Level, options.Asymmetric, options.Interval);
        result.Fit = fit;
        Name(result.PreFit, data, 0);
        Name(result.Effect, data, prePeriods);
        return result;
    }

    private static void Name(PlaceboInference inference, EffectData data, int start)
    {
        for (int t = 0; t < inference.PerPeriod.Length; t++)
        {
            inference.PerPeriod[t].Time = data.TimeName(start + t);
        }
    }

    private static PlaceboInference Judge(double[,] differences, double level, bool asymmetric, IntervalRule interval)
    {
        int columns = differences.GetLength(1);
        double[,] effect = new double[1, columns];
        for (int t = 0; t < columns && asymmetric; t++)
        {
            double sum = 0;
            for (int unit = 0; unit < differences.GetLength(0); unit++)
            {
                sum += differences[unit, t];
            }

            effect[0, t] = sum / differences.GetLength(0);
        }

        return PlaceboDistribution.Compute(differences, effect, new PlaceboOptions { MaxPlacebos = 0, Level = level, Asymmetric = asymmetric, Interval = interval });
    }
}
