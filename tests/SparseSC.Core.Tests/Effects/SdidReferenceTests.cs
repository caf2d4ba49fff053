using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Effects.Estimators.Sdid;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Synthetic difference in differences against the package synthdid 0.0.9 and against exact minima.</summary>
public class SdidReferenceTests
{
    private const double Path = 1e-10;
    private const double Exact = 1e-8;

    public static TheoryData<string> Cases => ["sdid-california", "sdid-basque", "sdid-geolift", "sdid-sim-factor", "sdid-sim-short", "sdid-sim-small"];

    public static TheoryData<string> Several => ["sdid-geolift", "sdid-sim-factor", "sdid-sim-short"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Exact_weights_are_the_minima(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("sdidExactQp");
        (MeanFit fit, MeanPath path) = Fit(rival, SdidSolver.Exact);
        double scale = Math.Abs(Number(expected, "estimate"));
        Assert.InRange(Math.Abs(path.Average - Number(expected, "estimate")), 0, Exact * scale);
        Near(Numbers(expected, "omega"), fit.DonorWeights, Exact);
        Near(Numbers(expected, "lambda"), fit.TimeWeights, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Frank_Wolfe_repeats_the_package(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("sdid");
        (MeanFit fit, MeanPath path) = Fit(rival, SdidSolver.FrankWolfe);
        Near([Number(expected, "estimate")], [path.Average], Path);
        Near(Numbers(expected, "omega"), fit.DonorWeights, Path);
        Near(Numbers(expected, "lambda"), fit.TimeWeights, Path);
        Near(Numbers(expected, "curve"), path.Periods, Path);
        Near([Number(expected, "zetaOmega"), Number(expected, "zetaLambda"), Number(expected, "minDecrease")], fit.Penalties, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Placebos_repeat_every_replicate(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("sdid").GetProperty("placebo");
        EffectOptions options = Options(SdidSolver.FrankWolfe, EffectInference.Placebo);
        options.Resampling.Draws = Draws(expected, "permutationsZeroBased");
        EffectEstimate estimate = EffectEstimator.Run(rival.Data, options);
        Near([Number(expected, "se")], [estimate.Effect.Average.StandardError!.Value], Path);
        Near(Numbers(expected, "estimates"), Replicates(rival, options, bootstrap: false), Path);
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void Jackknife_and_bootstrap_repeat_the_package(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("sdid");
        EffectEstimate jackknife = EffectEstimator.Run(rival.Data, Options(SdidSolver.FrankWolfe, EffectInference.Jackknife));
        Near([Number(expected, "jackknifeSe")], [jackknife.Effect.Average.StandardError!.Value], Path);

        EffectOptions options = Options(SdidSolver.FrankWolfe, EffectInference.Bootstrap);
        options.Resampling.Draws = Draws(expected.GetProperty("bootstrap"), "indicesZeroBasedSorted");
        EffectEstimate bootstrap = EffectEstimator.Run(rival.Data, options);
        double error = Number(expected.GetProperty("bootstrap"), "se");
        Near([error], [bootstrap.Effect.Average.StandardError!.Value], Path);
        Near(Numbers(expected.GetProperty("bootstrap"), "estimates"), Replicates(rival, options, bootstrap: true), Path);
        Assert.Equal(bootstrap.Effect.Average.Effect - (1.959963984540054 * error), bootstrap.Effect.Average.CiLow, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Difference_in_differences_is_the_packages(string name)
    {
        RivalCase rival = new(name);
        EffectOptions options = new() { Method = EffectMethod.DifferenceInDifferences, AverageTreated = true, CrossFitFolds = 1 };
        Near([Number(rival.Outputs.GetProperty("did"), "estimate")], [EffectEstimator.Run(rival.Data, options).Effect.Average.Effect], Path);
    }

    [Fact]
    public void Treatment_times_are_weighed_by_treated_cells()
    {
        RivalCase rival = new("sdid-staggered");
        EffectOptions options = Options(SdidSolver.FrankWolfe, EffectInference.Placebo);
        options.Resampling.Replications = 2;
        EffectEstimate estimate = EffectEstimator.Run(rival.Data, options);
        Near([Number(rival.Outputs, "att")], [estimate.Effect.Average.Effect], Path);
        Assert.Equal([15, 18, 22], estimate.Periods.Select(period => period.TreatmentPeriod));
        Assert.All(estimate.Periods, period =>
        {
            JsonElement expected = rival.Outputs.GetProperty($"adopt{period.TreatmentPeriod}");
            Near(Numbers(expected, "lambda"), period.TimeWeights, Path);
            Near(Numbers(expected, "omega"), [.. Enumerable.Range(0, 24).Select(donor => period.Fit.Weights![0, donor])], Path);
            double[] curve = [.. Enumerable.Range(period.TreatmentPeriod, 30 - period.TreatmentPeriod)
                .Select(t => estimate.Observed[period.TreatedUnits[0], t] - estimate.Synthetic[period.TreatedUnits[0], t])];
            Near(Numbers(expected, "curve"), curve, Path);
        });
        Assert.Equal(15, estimate.Effect.PerPeriod.Length);
        Assert.Equal((60 + 48 + 32) / 12.0 * estimate.Effect.Average.Effect, estimate.Effect.Cumulative!.Effect, 1e-9);
    }

    [Fact]
    public void All_placebos_of_California_have_the_known_spread()
    {
        EffectEstimate estimate = EffectEstimator.Run(new RivalCase("sdid-california").Data, Options(SdidSolver.Exact, EffectInference.Placebo));
        Assert.Equal((38, true), (estimate.Effect.PlaceboCount, estimate.Effect.Exhaustive));
        Assert.Equal(9.371, estimate.Effect.Average.StandardError!.Value, 5e-4);
        Assert.Equal(-15.604, estimate.Effect.Average.Effect, 2e-3);
    }

    private static EffectOptions Options(SdidSolver solver, EffectInference inference)
    {
        EffectOptions options = new() { Method = EffectMethod.Sdid, Inference = inference };
        options.Sdid.Solver = solver;
        return options;
    }

    private static (MeanFit Fit, MeanPath Path) Fit(RivalCase rival, SdidSolver solver)
    {
        EffectOptions options = Options(solver, EffectInference.Placebo);
        MeanPanel panel = MeanPanel.Create(rival.Data, options);
        MeanCohort cohort = panel.Cohort(0, panel.Controls, panel.Groups[0].Treated);
        MeanFit fit = new SdidEstimator(options).Fit(cohort);
        return (fit, MeanPath.After([(cohort, fit.Differences)]));
    }

    private static double[] Replicates(RivalCase rival, EffectOptions options, bool bootstrap)
    {
        SdidEstimator estimator = new(options);
        MeanPanel panel = MeanPanel.Create(rival.Data, options);
        MeanFit fit = estimator.Fit(panel.Cohort(0, panel.Controls, panel.Groups[0].Treated));
        MeanResampling resampling = new(estimator, panel, [fit], options, 0, new ParallelOptions());
        MeanReplicate[] replicates = bootstrap ? resampling.Bootstrap(_ => { }) : resampling.Placebos(_ => { });
        return [.. replicates.Select(replicate => replicate.After.Average)];
    }
}
