using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>The effect without one of the donors.</summary>
public sealed class LeaveOneOutRow
{
    /// <summary>The donor left out.</summary>
    public string Donor { get; set; } = "";

    /// <summary>Its weight in the full estimate, averaged over the treated units.</summary>
    public double Weight { get; set; }

    /// <summary>The average effect without it.</summary>
    public double AverageEffect { get; set; }

    /// <summary>That minus the average effect with all donors.</summary>
    public double Change { get; set; }

    /// <summary>The effect per period without it.</summary>
    public double[] PerPeriod { get; set; } = [];
}

/// <summary>Leave-one-donor-out: how far the effect moves when a donor is missing.</summary>
/// <remarks>Source: Abadie, Diamond, Hainmueller (2015), section 4. Everything is fitted again without the donor, penalties included.</remarks>
public sealed class LeaveOneOutTest
{
    /// <summary>The average effect with all donors.</summary>
    public double AverageEffect { get; set; }

    /// <summary>The effect per period with all donors.</summary>
    public EffectValue[] PerPeriod { get; set; } = [];

    /// <summary>The lowest average effect without a donor.</summary>
    public double Lowest { get; set; }

    /// <summary>The highest average effect without a donor.</summary>
    public double Highest { get; set; }

    /// <summary>One row per donor with a weight, by how far the effect moves.</summary>
    public LeaveOneOutRow[] Rows { get; set; } = [];

    /// <summary>Runs the test.</summary>
    /// <param name="data">Outcomes and one treatment time.</param>
    /// <param name="options">Options of the estimate; nothing is cross-fitted here.</param>
    /// <param name="progress">Told after every donor.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <exception cref="InvalidInputException">Fewer than three controls, several treatment times, or an estimate cannot be made.</exception>
    public static LeaveOneOutTest Run(EffectData data, EffectOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        SingleTreatment.Period(data, "leave-one-out");
        if (data.TreatmentPeriods.Count(period => period is null) < 3)
        {
            throw new InvalidInputException("TooFewControls", "Leaving a donor out needs at least 3 controls.", "TreatedUnit");
        }

        if (options.AverageTreated)
        {
            data = data.AverageTreated();
        }

        EffectOptions all = Options(options, options.MaxDegreeOfParallelism);
        EffectEstimate full = EffectEstimator.Run(data, all, progress, cancellationToken);
        (int Row, double Weight)[] donors = Donors(full.Periods[0]);
        LeaveOneOutRow[] rows = new LeaveOneOutRow[donors.Length];
        EffectOptions single = Options(options, threads: 1);
        int done = 0;
        progress?.Report(new FitProgress("Leaving donors out", 0, 0, donors.Length));
        OrderedWork.Run(donors.Length, ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken), () => 0, (i, _) =>
        {
            rows[i] = Without(data, single, donors[i], full, cancellationToken);
            progress?.Report(new FitProgress("Leaving donors out", 0, Interlocked.Increment(ref done), donors.Length));
        });
        return new LeaveOneOutTest
        {
            AverageEffect = full.Effect.Average.Effect,
            PerPeriod = full.Effect.PerPeriod,
            Lowest = rows.Select(row => row.AverageEffect).DefaultIfEmpty(full.Effect.Average.Effect).Min(),
            Highest = rows.Select(row => row.AverageEffect).DefaultIfEmpty(full.Effect.Average.Effect).Max(),
            Rows = [.. rows.OrderByDescending(row => Math.Abs(row.Change))],
        };
    }

    private static LeaveOneOutRow Without(EffectData data, EffectOptions options, (int Row, double Weight) donor, EffectEstimate full, CancellationToken cancellationToken)
    {
        int[] rest = [.. Enumerable.Range(0, data.Outcomes.Rows).Where(row => row != donor.Row)];
        EffectOptions own = options;
        if (options.Doses is double[] doses)
        {
            own = options.Copy();
            own.Doses = [.. rest.Select(row => doses[row])];
        }

        EffectEstimate estimate = EffectEstimator.Run(data.Select(rest), own, null, cancellationToken);
        return new LeaveOneOutRow
        {
            Donor = data.UnitName(donor.Row),
            Weight = donor.Weight,
            AverageEffect = estimate.Effect.Average.Effect,
            Change = estimate.Effect.Average.Effect - full.Effect.Average.Effect,
            PerPeriod = [.. estimate.Effect.PerPeriod.Select(value => value.Effect)],
        };
    }

    // A donor nobody uses changes nothing where weights are all there is to fit; penalised fits give every donor some weight.
    private static (int Row, double Weight)[] Donors(PeriodEffect period)
    {
        double[,] weights = period.Fit.Weights!;
        int[] treated = [.. period.Fit.TreatedUnits.Select(period.Fit.WeightRow)];
        return
        [
            .. period.ControlUnits
                .Select((row, j) => (row, treated.Average(unit => weights[unit, j]), treated.Any(unit => weights[unit, j] != 0)))
                .Where(donor => donor.Item3)
                .Select(donor => (donor.row, donor.Item2)),
        ];
    }

    private static EffectOptions Options(EffectOptions options, int threads)
    {
        EffectOptions own = options.Copy();
        own.CrossFitFolds = 1;
        own.AverageTreated = false;
        own.MaxDegreeOfParallelism = threads;
        own.Weights = KeptUnits.Treated;
        return own;
    }
}
