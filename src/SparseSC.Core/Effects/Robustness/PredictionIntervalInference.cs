using SparseSC.Core.Effects.Estimators.Bounded;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>An effect estimate whose intervals are prediction intervals of the synthetic outcome.</summary>
/// <remarks>
/// They have no p-value. The average's interval simulates the mean prediction, and bounds its error as that of one period with mean covariates. Differences before the
/// treatment are still compared with those of controls, by the main fit. Source: Cattaneo, Feng, Titiunik (2021), JASA 116(536).
/// </remarks>
internal static class PredictionIntervalInference
{
    private const int FewestPeriods = 4;

    /// <exception cref="InvalidInputException">Data or options cannot be used.</exception>
    public static EffectEstimate Run(EffectData data, EffectOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        PredictionIntervalOptions settings = options.PredictionInterval;
        EffectOptions shared = options.Copy();
        shared.CrossFitFolds = 1;
        Check(data, options);
        EffectEstimate estimate = new EffectRun(data, shared).Estimate(progress, cancellationToken);
        PeriodEffect period = estimate.Periods[0];
        int columns = estimate.PrePeriods + estimate.PostPeriods;
        double[] Series(int row) => [.. Enumerable.Range(period.WindowStart, columns).Select(t => estimate.Observed[row, t])];
        double[][] donors = [.. period.ControlUnits.Select(Series)];
        double[] target = Series(period.TreatedUnits[0]);
        CheckVariation(estimate, period, donors);
        BoundedFit fit = BoundedFit.Of(options.Method, [.. donors.Select(row => row[..estimate.PrePeriods])], target[..estimate.PrePeriods]);
        IntervalBasis basis = new(options.Method, fit, donors, target, estimate.PrePeriods, settings.Differences);
        PredictionIntervals intervals = new(basis);
        double[][] draws = settings.DrawRows ?? PredictionIntervals.Draw(settings.Draws, donors.Length, options.Seed);
        if (draws[0].Length != donors.Length)
        {
            throw new InvalidInputException(
                "DrawsMalformed", $"{{Draws}} has {draws[0].Length} columns and there are {donors.Length} donors; one column per donor is needed, in their order.", "Draws");
        }

        ParallelOptions parallel = ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken);
        double[][] simulated = intervals.Simulate(draws, parallel);
        Set(estimate, intervals, simulated, settings);
        estimate.Effect.Seed = options.Seed;
        estimate.Warnings = [.. estimate.Warnings, .. Warnings(basis, intervals, estimate.PredictionInterval!)];
        return estimate;
    }

    private static void Set(EffectEstimate estimate, PredictionIntervals intervals, double[][] simulated, PredictionIntervalOptions settings)
    {
        int post = estimate.PostPeriods;
        (double Low, double High)[] inSample = intervals.Intervals(simulated, settings.UAlpha);
        (double Low, double High)[] after = intervals.OutOfSample(settings.Method, settings.EAlpha);
        (double low, double high) = intervals.Joint(simulated, settings.UAlpha);
        double wider = post > 1 ? Math.Sqrt(Math.Log(post + 1)) : 1;
        EffectValue[] values = [.. estimate.Effect.PerPeriod, estimate.Effect.Average];
        for (int t = 0; t < values.Length; t++)
        {
            Judge(values[t], inSample[t].Low + after[t].Low, inSample[t].High + after[t].High);
        }

        estimate.PredictionInterval = new PredictionIntervalParts
        {
            UAlpha = settings.UAlpha,
            EAlpha = settings.EAlpha,
            Method = settings.Method,
            Regularisation = intervals.Rho,
            Draws = simulated.Length,
            Failed = simulated.Sum(row => row.Count(double.IsNaN)),
            InSample = [.. Enumerable.Range(0, post).Select(t => Around(values[t], inSample[t].Low, inSample[t].High))],
            Joint = [.. Enumerable.Range(0, post).Select(t => Around(values[t], low + (wider * after[t].Low), high + (wider * after[t].High)))],
        };
        PlaceboInference effect = estimate.Effect;
        Judge(effect.Rms, double.NegativeInfinity, double.PositiveInfinity);
        (effect.Method, effect.PlaceboCount, effect.Exhaustive) = ("prediction interval", simulated.Length, false);
        effect.Level = Math.Round(1 - settings.UAlpha - settings.EAlpha, 12);
        PeriodEffect period = estimate.Periods[0];
        EffectTotals.Set(
            effect, post, [.. Enumerable.Range(period.TreatmentPeriod, post).Select(t => estimate.Synthetic[period.TreatedUnits[0], t])]);
        estimate.Inference = EffectInference.PredictionInterval;
        estimate.ScaledEffect = null;
    }

    // An error of the prediction lowers the effect by as much.
    private static void Judge(EffectValue value, double low, double high)
    {
        EffectInterval around = Around(value, low, high);
        (value.CiLow, value.CiHigh, value.PValue, value.StandardError) = (around.Low, around.High, double.NaN, null);
    }

    private static EffectInterval Around(EffectValue value, double low, double high) =>
        new() { Low = double.IsNaN(high) ? double.NegativeInfinity : value.Effect - high, High = double.IsNaN(low) ? double.PositiveInfinity : value.Effect - low };

    private static IEnumerable<string> Warnings(IntervalBasis basis, PredictionIntervals intervals, PredictionIntervalParts parts)
    {
        if (intervals.InSample.IsPoint)
        {
            yield return $"The in-sample part of the prediction intervals has width zero: every weight is below ρ = {parts.Regularisation:0.###} and counts as 0, none may fall, and their sum is "
                + "fixed, so that no other weights are possible. Only the error after the treatment is left, and intervals are too narrow.";
        }
        else if (parts.InSample.All(interval => interval.High - interval.Low <= 1e-9 * basis.Synthetic.Max(Math.Abs)))
        {
            yield return "The in-sample part of the prediction intervals has width zero: the weights fit every period before the treatment exactly, so that there is no noise to simulate. "
                + "Intervals are too narrow. Give fewer donors, or more periods.";
        }

        if (parts.Failed > 0)
        {
            yield return $"{parts.Failed} of {parts.Draws * 2 * (parts.InSample.Length + 1)} bounds of the simulation could not be found and are left out.";
        }
    }

    private static void Check(EffectData data, EffectOptions options)
    {
        PredictionIntervalOptions settings = options.PredictionInterval;
        const string Inference = "{Inference} {Inference:PredictionInterval}";
        CheckAlpha("UAlpha", settings.UAlpha);
        CheckAlpha("EAlpha", settings.EAlpha);
        if (settings.UAlpha + settings.EAlpha >= 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{UAlpha}} {settings.UAlpha:R} and {{EAlpha}} {settings.EAlpha:R} must sum to less than 1.", "UAlpha");
        }

        if ((settings.DrawRows?.Length ?? settings.Draws) < 2)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Draws}} {settings.DrawRows?.Length ?? settings.Draws} must be at least 2.", "Draws");
        }

        if (data.CovariateCount > 0)
        {
            throw new InvalidInputException("CovariatesNotUsed", $"{Inference} needs weights of outcomes alone. Leave {{Covariates}} out.", "Covariates");
        }

        if (options.Demean || options.Doses is not null)
        {
            string other = options.Demean ? "Demean" : "Doses";
            throw new InvalidInputException("InferenceNeedsOther", $"{Inference} knows the error of weights on outcomes as they are. Leave {{{other}}} out.", other);
        }

        int treated = options.AverageTreated
            ? data.TreatmentPeriods.OfType<int>().Distinct().Count()
            : data.TreatmentPeriods.Count(treatment => treatment is not null);
        if (treated > 1)
        {
            throw new InvalidInputException(
                "InferenceNeedsOneTreated",
                $"{Inference} needs one treated unit, and there are {treated}. Give {{AverageTreated}} for units of one treatment time, or estimate one after the other.",
                "TreatedUnit");
        }

        if (treated == 1 && EffectWindows.Resolve(data, options).PrePeriods < FewestPeriods)
        {
            throw new InvalidInputException("TooFewPrePeriods", $"{Inference} needs at least {FewestPeriods} periods before the treatment.", "Inference");
        }
    }

    private static void CheckAlpha(string name, double alpha)
    {
        if (!(alpha > 0 && alpha < 1))
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{{name}}} {alpha:R} must be between 0 and 1, such as 0.05.", name);
        }
    }

    // ρ divides by the least variance among donors.
    private static void CheckVariation(EffectEstimate estimate, PeriodEffect period, double[][] donors)
    {
        int still = Array.FindIndex(donors, row => row[..estimate.PrePeriods].Distinct().Count() == 1);
        if (still >= 0)
        {
            throw new InvalidInputException(
                "DonorDoesNotVary",
                $"{{Inference}} {{Inference:PredictionInterval}} needs donors that vary before the treatment; '{estimate.Units[period.ControlUnits[still]]}' does not. Leave it out.",
                "Inference");
        }
    }
}
