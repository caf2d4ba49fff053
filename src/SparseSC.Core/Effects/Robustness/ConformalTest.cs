using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>Conformal inference: the counterfactual is fitted to all periods under a hypothesis, whose residuals after the treatment must then look like those before.</summary>
/// <remarks>
/// Source: Chernozhukov, Wüthrich, Zhu (2021), "An exact and robust conformal inference method for counterfactual and synthetic
/// controls", JASA 116(536). The counterfactual is classic synthetic control (simplex weights, all outcomes alike, optionally demeaned),
/// which treats all periods alike, as the method needs. The joint test compares Σ|u|^q of the post-periods, that of the average |Σu|. Intervals
/// invert their test: of one period by leaving out the other post-periods, of the average by supposing a constant effect. The fit is made
/// anew for every supposed effect, so those not rejected may have gaps; 0 outside the outermost ends means p ≤ 1 − level, and not the reverse.
/// Several treated units are averaged.
/// </remarks>
public sealed class ConformalTest : ISpellable
{
    /// <summary>The method of every p-value and interval here.</summary>
    public string Method { get; set; } = "";

    /// <summary>The unit tested.</summary>
    public string Unit { get; set; } = "";

    /// <summary>The treatment time.</summary>
    public string TreatmentTime { get; set; } = "";

    /// <summary>Effect of each post-period, with the p-value of no effect in it and the interval of effects not rejected.</summary>
    public EffectValue[] PerPeriod { get; set; } = [];

    /// <summary>The p-value of no effect in any post-period.</summary>
    public double JointPValue { get; set; }

    /// <summary>
    /// The average effect, with the p-value of an average of zero and the interval of averages not rejected. Ends may be infinite when there are
    /// too few periods to reject anything.
    /// </summary>
    public EffectValue Average { get; set; } = new();

    /// <summary>The number of rearrangements behind <see cref="JointPValue"/> and <see cref="Average"/>, the actual order included.</summary>
    public int PermutationCount { get; set; }

    /// <summary>Level of the intervals.</summary>
    public double Level { get; set; }

    /// <summary>Seed of random permutations; it has no influence on cyclic shifts.</summary>
    public uint Seed { get; set; }

    /// <summary>Root mean squared difference over the pre-periods of the counterfactual fitted to them alone.</summary>
    public double PreRmspe { get; set; }

    /// <summary>Correlation of each residual with the next, supposing the average effect; <c>NaN</c> when residuals do not vary.</summary>
    public double ResidualAutocorrelation { get; set; }

    /// <summary>Warnings raised on the way, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Runs the test.</summary>
    /// <param name="data">Outcomes and one treatment time; covariates are not used.</param>
    /// <param name="options">Settings.</param>
    /// <param name="progress">Told after every interval.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <exception cref="InvalidInputException">Data or options cannot be used.</exception>
    public static ConformalTest Run(EffectData data, ConformalOptions options, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(data, options, hasEqualWeights: false, progress, cancellationToken);

    /// <summary>Runs the test, on request with the counterfactual of difference in differences.</summary>
    internal static ConformalTest Run(EffectData data, ConformalOptions options, bool hasEqualWeights, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        PlaceboDistribution.CheckLevel(options.Level);
        Check(options);
        int treatment = SingleTreatment.Period(data, "conformal");
        EffectWindows windows = EffectWindows.Resolve(data, new EffectOptions { PrePeriods = options.PrePeriods, PostPeriods = options.PostPeriods });
        EffectData averaged = data.AverageTreated();
        PeriodSample sample = PeriodSample.Create(averaged, windows, SamplePreparation.None, [])[0];
        ConformalResiduals residuals = new(sample, windows, options.Demean || hasEqualWeights, hasEqualWeights);
        double[] effects = residuals.Effects(out double preRmspe);
        double alpha = 1 - options.Level;
        EffectValue[] values = new EffectValue[windows.PostPeriods + 1];
        int done = 0;
        progress?.Report(new FitProgress("Inverting the conformal test", 0, 0, values.Length));
        int[] allPost = [.. Enumerable.Range(0, windows.PostPeriods)];
        PermutationTest joint = new(windows.Length, windows.PostPeriods, options, ofAverage: false);
        OrderedWork.Run(values.Length, ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken), () => 0, (i, _) =>
        {
            bool isAverage = i == windows.PostPeriods;
            int[] post = isAverage ? allPost : [i];
            PermutationTest test = new(windows.PrePeriods + post.Length, post.Length, options, isAverage);
            double effect = isAverage ? effects.Average() : effects[i];
            double PValue(double hypothesis)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return test.PValue(residuals.Under(hypothesis, post));
            }

            values[i] = options.NullGrid is int count
                ? NullGrid.Judge(count, effect, effects, alpha, PValue)
                : TestInversion.Judge(effect, preRmspe, residuals.Reach(post), alpha, PValue);
            values[i].Time = isAverage ? null : averaged.TimeName(treatment + i);
            progress?.Report(new FitProgress("Inverting the conformal test", 0, Interlocked.Increment(ref done), values.Length));
        });
        double autocorrelation = Autocorrelation.AtLagOne(residuals.Under(effects.Average(), allPost));
        return new ConformalTest
        {
            ResidualAutocorrelation = autocorrelation,
            Warnings = Autocorrelation.Warning(autocorrelation, windows.Length) is string warning ? [warning] : [],
            Method = options.Permutations == ConformalPermutations.Block ? "conformal, cyclic shifts" : "conformal, random permutations",
            Unit = averaged.UnitName(sample.Units[sample.Treated[0]]),
            TreatmentTime = averaged.TimeName(treatment),
            PerPeriod = values[..^1],
            JointPValue = joint.PValue(residuals.Under(0, allPost)),
            Average = values[^1],
            PermutationCount = joint.Count,
            Level = options.Level,
            Seed = options.Seed,
            PreRmspe = preRmspe,
        };
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Warnings = [.. Warnings.Select(spell)];

    private static void Check(ConformalOptions options)
    {
        if (options.Draws < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Draws}} {options.Draws} must be at least 1.", "Draws");
        }

        NullGrid.Check(options.NullGrid);
        if (!(options.Norm >= 1) || double.IsInfinity(options.Norm))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Norm}} {options.Norm:R} must be a finite number, at least 1.", "Norm");
        }
    }
}
