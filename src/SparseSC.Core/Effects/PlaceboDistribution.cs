using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects;

/// <summary>Judges differences of treated units against those of controls that were treated as if they were.</summary>
/// <remarks>
/// With N1 treated rows a placebo is the mean of N1 control rows; p-value and interval are those of <see cref="RankTest"/>. Source:
/// microsoft/SparseSC, <c>_gen_placebo_stats_from_diffs</c>; Abadie, Diamond, Hainmueller (2010). One column (a time, the average, the root mean square) is worked on at a time, so memory holds one number per
/// placebo and thread, and columns run in parallel.
/// </remarks>
public static class PlaceboDistribution
{
    /// <summary>Computes p-values and intervals.</summary>
    /// <param name="controls">N0×T differences (observed − synthetic) of controls.</param>
    /// <param name="treated">N1×T differences of treated units, N1 at least 1.</param>
    /// <param name="options">How placebos are made.</param>
    /// <param name="times">Names of the T columns, or <c>null</c>.</param>
    /// <param name="cancellationToken">Stops between two columns.</param>
    /// <exception cref="InvalidInputException">Shapes, numbers or options cannot be used.</exception>
    public static PlaceboInference Compute(
        double[,] controls,
        double[,] treated,
        PlaceboOptions options,
        IReadOnlyList<string>? times = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(options);
        Check(controls, treated, options, times);
        PlaceboCombinations combinations = PlaceboCombinations.Create(controls.GetLength(0), treated.GetLength(0), options);
        return Compute(controls, treated, options, combinations, null, times, cancellationToken);
    }

    /// <summary>Computes p-values and intervals from sets of controls that are chosen already.</summary>
    /// <param name="controls">Differences of controls.</param>
    /// <param name="treated">N1×T differences of treated units.</param>
    /// <param name="options">How placebos are judged.</param>
    /// <param name="combinations">The sets.</param>
    /// <param name="factors">What signed placebos are multiplied by; <c>null</c> for 1. Sizes are compared as they are.</param>
    /// <param name="times">Names of the T columns, or <c>null</c>.</param>
    /// <param name="cancellationToken">Stops between two columns.</param>
    internal static PlaceboInference Compute(
        double[,] controls,
        double[,] treated,
        PlaceboOptions options,
        PlaceboCombinations combinations,
        PlaceboFactors? factors,
        IReadOnlyList<string>? times,
        CancellationToken cancellationToken)
    {
        Check(controls, treated, options, times);
        int columns = treated.GetLength(1);
        EffectValue[] values = new EffectValue[columns + 2];
        ParallelOptions parallel = ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken);
        OrderedWork.Run(values.Length, parallel, () => new double[combinations.Count], (column, placebos) =>
        {
            combinations.Means(Column(controls, column), areSizes: column > columns, placebos);
            Multiply(placebos, column < columns ? factors?.PerPeriod : column == columns ? factors?.Average : null);
            values[column] = Judge(Column(treated, column), placebos, options, column > columns);
        });
        for (int t = 0; t < columns; t++)
        {
            values[t].Time = times?[t];
        }

        return new PlaceboInference
        {
            PerPeriod = values[..columns],
            Average = values[columns],
            Rms = values[columns + 1],
            PlaceboCount = combinations.Count,
            Exhaustive = combinations.IsExhaustive,
            Seed = options.Seed,
            Level = options.Level,
            Asymmetric = options.Asymmetric,
            Interval = options.Interval,
            PlaceboScale = options.Scale,
        };
    }

    /// <summary>The half-width of an interval around 0, of absolute differences, which come back in another order.</summary>
    internal static double HalfWidth(Span<double> absolute, double level, IntervalRule rule = IntervalRule.Test) =>
        rule == IntervalRule.Test ? RankTest.HalfWidth(absolute, level) : ReferenceRankTest.HalfWidth(absolute, level);

    private static EffectValue Judge(double[] treated, double[] placebos, PlaceboOptions options, bool isSize) =>
        Judge(treated.Sum() / treated.Length, placebos, options, isSize);

    /// <summary>Judges one estimate by placebos, which come back in another order, or as absolute values.</summary>
    internal static EffectValue Judge(double effect, double[] placebos, PlaceboOptions options, bool isSize)
    {
        // Both tests bring placebos into another order, or lose their signs.
        double? standardError = isSize ? null : StandardError(placebos);
        EffectValue value = Test(effect, placebos, options, isSize);
        value.StandardError = standardError;
        return value;
    }

    private static EffectValue Test(double effect, double[] placebos, PlaceboOptions options, bool isSize)
    {
        if (options.Interval == IntervalRule.Reference)
        {
            return ReferenceRankTest.Judge(effect, placebos, options.Level, options.Asymmetric, isSize);
        }

        for (int i = 0; i < placebos.Length; i++)
        {
            placebos[i] = RoundingNoise.Clean(placebos[i], options.Negligible);
        }

        return RankTest.Judge(RoundingNoise.Clean(effect, options.Negligible), placebos, options.Level, options.Asymmetric, isSize);
    }

    /// <summary>√((n − 1)/n) times the standard deviation of n resampled estimates, <c>null</c> for fewer than two.</summary>
    internal static double? StandardError(ReadOnlySpan<double> estimates)
    {
        double mean = 0;
        foreach (double estimate in estimates)
        {
            mean += estimate / estimates.Length;
        }

        double squares = 0;
        foreach (double estimate in estimates)
        {
            squares += (estimate - mean) * (estimate - mean);
        }

        return estimates.Length < 2 ? null : Math.Sqrt(squares / estimates.Length);
    }

    private static void Multiply(double[] placebos, double[]? factors)
    {
        for (int i = 0; i < factors?.Length; i++)
        {
            placebos[i] *= factors[i];
        }
    }

    // The columns after the last time are the average and the root mean square over the times.
    private static double[] Column(double[,] differences, int column)
    {
        int times = differences.GetLength(1);
        double[] result = new double[differences.GetLength(0)];
        for (int row = 0; row < result.Length; row++)
        {
            if (column < times)
            {
                result[row] = differences[row, column];
                continue;
            }

            double sum = 0;
            for (int t = 0; t < times; t++)
            {
                double difference = differences[row, t];
                sum += column == times ? difference : difference * difference;
            }

            result[row] = column == times ? sum / times : Math.Sqrt(sum / times);
        }

        return result;
    }

    private static void Check(double[,] controls, double[,] treated, PlaceboOptions options, IReadOnlyList<string>? times)
    {
        int columns = treated.GetLength(1);
        if (treated.GetLength(0) == 0 || controls.GetLength(0) == 0 || columns == 0 || controls.GetLength(1) != columns || (times is not null && times.Count != columns))
        {
            throw new InvalidInputException(
                "PlaceboShapes",
                $"Differences of {treated.GetLength(0)}×{columns} for the treated and {controls.GetLength(0)}×{controls.GetLength(1)} for the controls cannot be "
                    + "compared; both need at least one row and the same times.");
        }

        if (!controls.Cast<double>().Concat(treated.Cast<double>()).All(double.IsFinite))
        {
            throw new InvalidInputException("DifferenceNotFinite", "A difference between observed and synthetic is not a finite number.");
        }

        if (options.MaxPlacebos < 0)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{MaxPlacebos}} {options.MaxPlacebos} must be 0 (all) or more.", "MaxPlacebos");
        }

        CheckLevel(options.Level);
    }

    internal static void CheckLevel(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Level}} {level:R} must lie between 0 and 1, such as 0.95.", "Level");
        }
    }
}
