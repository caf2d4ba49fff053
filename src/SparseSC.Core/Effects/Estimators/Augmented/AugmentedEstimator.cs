using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Augmented;

/// <summary>Ridge-augmented synthetic control.</summary>
/// <remarks>
/// Simplex weights w of the outcomes before the treatment, centred by the controls, then w + X (X'X + λ)⁻¹ (x₁ − X'w): a ridge regression corrects what they
/// do not match. Source: Ben-Michael, Feller, Rothstein (2021), "The augmented synthetic control method", JASA 116(536).
/// </remarks>
internal sealed class AugmentedEstimator(EffectOptions options) : MeanEstimator
{
    private const double Interpolated = 0.01;

    private readonly AugmentedOptions _options = options.Augmented;

    private CovariateUse Use => _options.Covariates ?? CovariateUse.Match;

    /// <inheritdoc/>
    public override EffectMethod Method => EffectMethod.Augmented;

    /// <inheritdoc/>
    public override MeanFit Fit(MeanCohort cohort)
    {
        cohort = Deviations(cohort);
        AugmentedCohort matched = new(cohort, Use);
        double[] weights = Simplex(matched, without: -1);
        RidgePath ridge = new(matched.Controls);
        double lambda = _options.Lambda ?? LambdaSearch.Run(matched, ridge, _options.LambdaChoice, t => Simplex(matched, t)).Lambda;
        MeanFit fit = Augment(cohort, matched, ridge, weights, lambda);
        return fit with { Warnings = Warnings(matched, fit.DonorWeights) };
    }

    /// <inheritdoc/>
    public override MeanFit Refit(MeanCohort cohort, MeanFit main, int[] controls)
    {
        cohort = Deviations(cohort);
        AugmentedCohort matched = new(cohort, Use);
        return Augment(cohort, matched, new RidgePath(matched.Controls), Simplex(matched, without: -1), main.Penalties[0]);
    }

    /// <inheritdoc/>
    public override EffectData Prepare(EffectData data)
    {
        return Use is CovariateUse.Match or CovariateUse.Residualize
            ? data
            : throw new InvalidInputException(
                "CovariateUseUnlike",
                $"{{CovariatesBy}} {{CovariatesBy:{Use}}} belongs to {{Estimator}} {{Estimator:Sdid}}. Give {{CovariatesBy:Match}} or {{CovariatesBy:Residualize}}.",
                "CovariatesBy");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<MeanReplicate> WithoutEach(MeanPanel panel, IReadOnlyList<MeanFit> fits, ParallelOptions parallel)
    {
        // A control whose weight is 0 changes nothing when it is left out, and a treated unit that is alone cannot be.
        int[] left =
        [
            .. panel.Controls.Where((_, c) => fits.Any(fit => Math.Round(fit.DonorWeights[c], 3) != 0)),
            .. panel.Treated.Where(unit => panel.Groups[unit.Group].Treated.Length > 1).Select(unit => unit.Row),
        ];
        if (left.Length < 2)
        {
            throw new InvalidInputException(
                "InferenceNeedsDonors", "{Inference} {Inference:Jackknife} leaves out one donor after the other, and only one has a weight. Give {Inference} {Inference:Placebo}.", "Inference");
        }

        MeanReplicate[] replicates = new MeanReplicate[left.Length];
        OrderedWork.Run(left.Length, parallel, () => 0, (i, _) =>
        {
            int[] controls = [.. panel.Controls.Where(row => row != left[i])];
            List<(MeanCohort, double[])> parts = [];
            for (int g = 0; g < fits.Count; g++)
            {
                MeanCohort cohort = panel.Cohort(g, controls, [.. panel.Groups[g].Treated.Where(row => row != left[i])]);
                parts.Add((cohort, Refit(cohort, fits[g], []).Differences));
            }

            replicates[i] = MeanReplicate.Of(parts, negligible: 0);
        });
        return replicates;
    }

    /// <inheritdoc/>
    public override Func<double, int, double[]> Residuals(MeanCohort cohort, MeanFit main)
    {
        // The controls do not depend on the supposed effect, and so their decomposition does not either.
        RidgePath ridge = new(new AugmentedCohort(Deviations(cohort), Use).Controls);
        return (effect, last) =>
        {
            MeanCohort supposed = Deviations(cohort.Supposing(effect, last));
            AugmentedCohort matched = new(supposed, Use);
            return Augment(supposed, matched, ridge, Simplex(matched, without: -1), main.Penalties[0]).Differences;
        };
    }

    /// <summary>Simplex weights that match everything but one column.</summary>
    internal static double[] Simplex(AugmentedCohort matched, int without)
    {
        int[] columns = [.. Enumerable.Range(0, matched.Treated.Length).Where(k => k != without)];
        AlignedMatrix points = new(columns.Length, matched.Controls.Length);
        for (int k = 0; k < columns.Length; k++)
        {
            for (int j = 0; j < matched.Controls.Length; j++)
            {
                points[k, j] = matched.Controls[j][columns[k]] - matched.Treated[columns[k]];
            }
        }

        return new SimplexLeastSquares().Solve(points);
    }

    private MeanCohort Deviations(MeanCohort cohort) => options.Demean ? cohort.Deviations() : cohort;

    private static MeanFit Augment(MeanCohort cohort, AugmentedCohort matched, RidgePath ridge, double[] weights, double lambda)
    {
        double[] correction = ridge.Correction(matched.Imbalance(weights), lambda);
        double[] augmented = [.. weights.Select((weight, j) => weight + correction[j])];
        augmented = matched.IsResidual ? matched.MatchCovariates(augmented) : augmented;
        return new MeanFit(augmented, [], cohort.Gaps(augmented), [lambda]);
    }

    private static string[] Warnings(AugmentedCohort matched, double[] weights)
    {
        double[] equal = [.. weights.Select(_ => 1.0 / weights.Length)];
        double left = Math.Sqrt(matched.Imbalance(weights).Sum(x => x * x)) / Math.Sqrt(matched.Imbalance(equal).Sum(x => x * x));
        return left < Interpolated && matched.Treated.Length + 1 >= matched.Controls.Length / 2
            ?
            [
                $"The ridge correction leaves only {left:P2} of the distance of equal weights before the treatment: with {matched.Controls.Length} donors and {matched.Treated.Length} "
                    + "values matched it interpolates, and effects may be noise. Give a larger {Lambda}, or fewer donors.",
            ]
            : [];
    }
}
