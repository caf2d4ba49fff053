using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>Conformal inference for an estimator of the mean: weights are made anew under every supposed effect, with the penalties of the estimate.</summary>
/// <remarks>
/// Source: Chernozhukov, Wüthrich, Zhu (2021), JASA 116(536), as Ben-Michael, Feller, Rothstein (2021) take it. One period after the treatment at a time joins
/// those before it; the average supposes a constant effect in all of them, and the root mean square has the joint test of no effect.
/// </remarks>
internal sealed class MeanConformal(MeanEstimator estimator, EffectOptions options, ParallelOptions parallel)
{
    // Far out every residual grows with the supposed effect, and the test decides as it does there.
    private const double Far = 50;

    /// <summary>Judges the one treatment time.</summary>
    /// <exception cref="InvalidInputException">Treatment times differ, or there are covariates.</exception>
    public PlaceboInference Judge(IReadOnlyList<MeanCohort> cohorts, IReadOnlyList<MeanFit> fits, MeanPath path, string[] times)
    {
        if (cohorts.Count > 1)
        {
            throw new InvalidInputException(
                "StaggeredTreatment", "{Inference} {Inference:Conformal} needs one treatment time. Estimate the units of one time alone.", "TreatmentTimeColumn");
        }

        MeanCohort cohort = cohorts[0];
        if (cohort.Mean.Covariates.Length > 0)
        {
            throw new InvalidInputException(
                "ConformalWithCovariates",
                "{Inference} {Inference:Conformal} needs a fit that treats all periods alike, which one on covariates does not. Leave {Covariates} out.",
                "Inference");
        }

        NullGrid.Check(options.Conformal.NullGrid);
        EffectValue[] values = new EffectValue[cohort.Post + 1];
        int[] all = [.. Enumerable.Range(0, cohort.Post)];
        OrderedWork.Run(values.Length, parallel, () => 0, (i, _) =>
        {
            bool isAverage = i == cohort.Post;
            values[i] = Invert(cohort, fits[0], isAverage ? all : [i], isAverage ? path.Average : path.Periods[i], isAverage);
            values[i].Time = isAverage ? null : times[i];
        });
        PermutationTest joint = new(cohort.Length, cohort.Post, options.Conformal, ofAverage: false);
        return new PlaceboInference
        {
            Method = options.Conformal.Permutations == ConformalPermutations.Block ? "conformal, cyclic shifts" : "conformal, random permutations",
            PerPeriod = values[..^1],
            Average = values[^1],
            Rms = new EffectValue
            {
                Effect = path.Rms,
                PValue = joint.PValue(estimator.Residuals(cohort.Joined(all), fits[0])(0, cohort.Post)),
                CiLow = double.NegativeInfinity,
                CiHigh = double.PositiveInfinity,
            },
            PlaceboCount = joint.Count,
            Exhaustive = options.Conformal.Permutations == ConformalPermutations.Block,
            Seed = options.Seed,
            Level = options.Level,
        };
    }

    private EffectValue Invert(MeanCohort cohort, MeanFit fit, int[] post, double effect, bool isAverage)
    {
        Func<double, int, double[]> residuals = estimator.Residuals(cohort.Joined(post), fit);
        PermutationTest test = new(cohort.Pre + post.Length, post.Length, options.Conformal, isAverage);
        double PValue(double supposed)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            return test.PValue(residuals(supposed, post.Length));
        }

        if (options.Conformal.NullGrid is int count)
        {
            return NullGrid.Judge(count, effect, fit.Differences[cohort.Pre..], 1 - options.Level, PValue);
        }

        double[] before = fit.Differences[..cohort.Pre];
        double scale = Math.Sqrt(before.Average(difference => difference * difference));
        double[] plain = cohort.Gaps([.. Enumerable.Repeat(1.0 / cohort.Controls.Length, cohort.Controls.Length)]);
        double reach = Far * (Math.Abs(effect) + plain.Max(Math.Abs));
        return TestInversion.Judge(effect, scale, reach, 1 - options.Level, PValue);
    }
}
