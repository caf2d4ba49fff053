using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Sdid;

/// <summary>Synthetic difference in differences.</summary>
/// <remarks>
/// τ = (−ω, 1/N1)' Y (−λ, 1/T1): donors weighted by ω, pre-periods by λ. The synthetic outcome is ω'Y0 shifted by the λ-weighted
/// difference before the treatment. Source: Arkhangelsky, Athey, Hirshberg, Imbens, Wager (2021), American Economic Review 111(12);
/// several treatment times by Clarke, Pailañir, Athey, Imbens (2023).
/// </remarks>
internal sealed class SdidEstimator(EffectOptions options) : MeanEstimator
{
    private readonly SdidOptions _options = options.Sdid;

    /// <inheritdoc/>
    public override EffectMethod Method => EffectMethod.Sdid;

    /// <inheritdoc/>
    public override EffectData Prepare(EffectData data)
    {
        if (data.CovariateCount == 0)
        {
            return data;
        }

        if (data.FixedCovariates is not null)
        {
            throw new InvalidInputException(
                "CovariateExplained",
                "{Covariates} that do not vary over time change nothing beside the fixed effects of {Estimator} {Estimator:Sdid}. Leave them out.",
                "Covariates");
        }

        foreach ((double[,] values, string name) in data.VaryingCovariates.Zip(data.CovariateNames))
        {
            if (values.Cast<double>().Any(double.IsNaN))
            {
                throw new InvalidInputException(
                    "CovariateHasGaps",
                    $"{{Covariates}}: '{name}' is missing for some units and times, and {{Estimator}} {{Estimator:Sdid}} needs all of them. "
                        + "Complete it, or leave it out.",
                    "Covariates");
            }
        }

        return _options.Covariates switch
        {
            CovariateUse.Match or CovariateUse.Residualize => throw new InvalidInputException(
                "CovariateUseUnlike",
                $"{{CovariatesBy}} {{CovariatesBy:{_options.Covariates}}} belongs to {{Estimator}} {{Estimator:Augmented}}. "
                    + "Give {CovariatesBy:Projected} or {CovariatesBy:Optimized}.",
                "CovariatesBy"),
            CovariateUse.Optimized => _options.Solver == SdidSolver.Exact ? CovariateStandard.Apply(data) : data,
            _ => TwoWayProjection.Apply(data),
        };
    }

    /// <inheritdoc/>
    public override MeanFit Fit(MeanCohort cohort) => Fit(cohort, SdidPenalties.Of(cohort), null, null);

    /// <inheritdoc/>
    public override MeanFit Refit(MeanCohort cohort, MeanFit main, int[] controls) =>
        Fit(cohort, SdidPenalties.Of(main), [.. controls.Select(control => main.DonorWeights[control])], main.TimeWeights);

    /// <inheritdoc/>
    public override IReadOnlyList<MeanReplicate> WithoutEach(MeanPanel panel, IReadOnlyList<MeanFit> fits, ParallelOptions parallel)
    {
        if (panel.Groups.Any(group => group.Treated.Length < 2))
        {
            throw new InvalidInputException(
                "InferenceNeedsTreated",
                "{Inference} {Inference:Jackknife} leaves every unit out in turn, and a treatment time has only one treated unit. "
                    + "Give {Inference} {Inference:Placebo}.",
                "Inference");
        }

        if (fits.Any(fit => fit.DonorWeights.Count(weight => weight != 0) < 2))
        {
            throw new InvalidInputException(
                "InferenceNeedsDonors",
                "{Inference} {Inference:Jackknife} leaves every unit out in turn, and a treatment time has only one donor with a weight. "
                    + "Give {Inference} {Inference:Placebo}.",
                "Inference");
        }

        int[] units = [.. panel.Controls, .. panel.Treated.Select(unit => unit.Row)];
        MeanReplicate[] replicates = new MeanReplicate[units.Length];
        OrderedWork.Run(units.Length, parallel, () => 0, (i, _) =>
        {
            List<(MeanCohort, double[])> parts = [];
            for (int g = 0; g < fits.Count; g++)
            {
                int[] kept = [.. Enumerable.Range(0, panel.Controls.Length).Where(control => panel.Controls[control] != units[i])];
                int[] treated = [.. panel.Groups[g].Treated.Where(row => row != units[i])];
                MeanCohort cohort = fits[g].Adjust(panel.Cohort(g, [.. kept.Select(control => panel.Controls[control])], treated));
                double[] weights = SdidWeights.Normalised([.. kept.Select(control => fits[g].DonorWeights[control])], kept.Length);
                parts.Add((cohort, Differences(cohort, weights, fits[g].TimeWeights)));
            }

            replicates[i] = MeanReplicate.Of(parts, negligible: 0);
        });
        return replicates;
    }

    private MeanFit Fit(MeanCohort cohort, SdidPenalties penalties, double[]? unitStart, double[]? timeStart)
    {
        double[] coefficients = [];
        (double[] Units, double[] Times)? descended = null;
        if (cohort.Mean.Covariates.Length > 0)
        {
            SdidDescent descent = new(cohort, penalties, unitStart, timeStart);
            descent.Run();
            coefficients = descent.Coefficients;
            cohort = MeanFit.Adjust(cohort, coefficients);
            descended = _options.Solver == SdidSolver.FrankWolfe ? (descent.UnitWeights, descent.TimeWeights) : null;
        }

        (double[] units, double[] times) = descended ?? Weights(cohort, penalties, unitStart, timeStart);
        return new MeanFit(units, times, Differences(cohort, units, times), penalties.ToArray()) { Coefficients = coefficients };
    }

    private (double[] Units, double[] Times) Weights(MeanCohort cohort, SdidPenalties penalties, double[]? unitStart, double[]? timeStart)
    {
        double[][] controls = [.. cohort.Controls.Select(control => control.Outcomes)];
        double[][] timeRows = SdidWeights.TimeRows(controls, cohort.Pre);
        double[][] unitRows = SdidWeights.UnitRows(controls, cohort.Mean.Outcomes, cohort.Pre);
        (double[] times, _) = SdidWeights.Solve(timeRows, penalties.Times, _options.Solver, penalties.MinDecrease, timeStart);
        (double[] units, _) = SdidWeights.Solve(unitRows, penalties.Units, _options.Solver, penalties.MinDecrease, unitStart);
        return (units, times);
    }

    private static double[] Differences(MeanCohort cohort, double[] units, double[] times)
    {
        double[] gaps = cohort.Gaps(units);
        double before = 0;
        for (int t = 0; t < times.Length; t++)
        {
            before += times[t] * gaps[t];
        }

        return [.. gaps.Select(gap => gap - before)];
    }
}
