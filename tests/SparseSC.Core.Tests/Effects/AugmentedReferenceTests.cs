using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators.Augmented;
using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Ridge-augmented synthetic control against the package augsynth 0.2.0, whose simplex weights stop at 1e-8.</summary>
public class AugmentedReferenceTests
{
    private const double Solver = 1e-5;

    public static TheoryData<string, string> Specifications
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string name in Names)
            {
                foreach (string specification in new[] { "ridge", "ridge_min", "ridge_fe" })
                {
                    all.Add(name, specification);
                }
            }

            return all;
        }
    }

    public static TheoryData<string> Cases => [.. Names];

    // Of the shortest panel, 27 donors and 6 periods, simplex weights are not unique.
    public static TheoryData<string> Determined => [.. Names.Where(name => name != "augsynth-sim-short")];

    private static string[] Names => ["augsynth-california", "augsynth-kansas", "augsynth-geolift", "augsynth-sim-factor", "augsynth-sim-short", "augsynth-sim-small"];

    [Theory]
    [MemberData(nameof(Specifications))]
    public void Lambda_and_effects_are_the_packages(string name, string specification)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty(specification);
        (MeanCohort cohort, MeanFit fit) = Fit(rival, Options(specification));
        Near([Number(expected, "lambda")], [fit.Penalties[0]], 1e-12);
        double scale = cohort.Mean.Outcomes.Max(Math.Abs);
        Assert.All(Numbers(expected, "att").Zip(fit.Differences), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Solver * scale));
        if (name != "augsynth-sim-short")
        {
            Assert.All(Numbers(expected, "weights").Zip(fit.DonorWeights), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-4));
        }
    }

    [Theory]
    [MemberData(nameof(Determined))]
    public void Cross_validation_is_the_packages(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("ridge");
        (MeanCohort cohort, _) = Fit(rival, Options("ridge"));
        AugmentedCohort matched = new(cohort, CovariateUse.Match);
        LambdaSearch search = LambdaSearch.Run(
            matched, new RidgePath(matched.Controls), PenaltyChoice.Min, t => AugmentedEstimator.Simplex(matched, t));
        Near(Numbers(expected, "lambdas"), search.Lambdas, 1e-12);

        // The package's simplex weights stop at an absolute 1e-8, which is little in outcomes of thousands.
        double tolerance = name == "augsynth-geolift" ? 5e-3 : 1e-4;
        Near(Numbers(expected, "lambdaErrors"), search.Errors, tolerance);
        Near(Numbers(expected, "lambdaErrorsSe"), search.StandardErrors, tolerance);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ridge_alone_is_the_packages_to_rounding(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("ridge_only");
        (MeanCohort cohort, _) = Fit(rival, Options("ridge"));
        AugmentedCohort matched = new(cohort, CovariateUse.Match);
        RidgePath ridge = new(matched.Controls);
        double[] equal = [.. Enumerable.Repeat(1.0 / matched.Controls.Length, matched.Controls.Length)];
        LambdaSearch search = LambdaSearch.Run(matched, ridge, PenaltyChoice.OneStandardError, _ => equal);
        Near(Numbers(expected, "lambdaErrors"), search.Errors, 1e-8);
        Near([Number(expected, "lambda")], [search.Lambda], 1e-12);
        double[] correction = ridge.Correction(matched.Imbalance(equal), search.Lambda);
        Near(Numbers(expected, "weights"), [.. equal.Select((weight, j) => weight + correction[j])], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Simplex_weights_alone_are_the_packages(string name)
    {
        RivalCase rival = new(name);
        foreach (bool demean in new[] { false, true })
        {
            EffectOptions options = new() { Method = EffectMethod.Simplex, AverageTreated = true, CrossFitFolds = 1, Demean = demean };
            EffectEstimate estimate = EffectEstimator.Run(rival.Data, options);
            double scale = rival.Data.Outcomes.Values.Max(Math.Abs);
            double expected = Number(rival.Outputs.GetProperty(demean ? "scm_fe" : "scm"), "averageAtt");
            Assert.InRange(Math.Abs(expected - estimate.Effect.Average.Effect), 0, Solver * scale);
        }
    }

    [Theory]
    [MemberData(nameof(Determined))]
    public void The_jackknife_over_units_is_the_packages(string name)
    {
        RivalCase rival = new(name);
        double[] expected = Numbers(rival.Outputs.GetProperty("ridge"), "jackknifeSe");
        EffectOptions options = Options("ridge");
        options.Inference = EffectInference.Jackknife;
        EffectEstimate estimate = EffectEstimator.Run(rival.Data, options);
        int pre = rival.Data.TreatmentPeriods.OfType<int>().First();
        Near(expected[pre..^1], [.. estimate.Effect.PerPeriod.Select(value => value.StandardError!.Value)], 1e-3);
        Near([expected[^1]], [estimate.Effect.Average.StandardError!.Value], 1e-3);
    }

    [Theory]
    [MemberData(nameof(Determined))]
    public void The_jackknife_over_periods_is_the_packages(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("ridge").GetProperty("jackknifePlus");
        EffectOptions options = Options("ridge");
        options.Inference = EffectInference.JackknifePlus;
        EffectEstimate estimate = EffectEstimator.Run(rival.Data, options);
        int pre = rival.Data.TreatmentPeriods.OfType<int>().First();
        EffectValue[] values = [.. estimate.Effect.PerPeriod, estimate.Effect.Average];
        double scale = rival.Data.Outcomes.Values.Max(Math.Abs);
        Assert.All(Numbers(expected, "lb")[pre..].Zip(values), pair => Assert.InRange(Math.Abs(pair.First - pair.Second.CiLow), 0, Solver * scale));
        Assert.All(Numbers(expected, "ub")[pre..].Zip(values), pair => Assert.InRange(Math.Abs(pair.First - pair.Second.CiHigh), 0, Solver * scale));
    }

    [Theory]
    [MemberData(nameof(Determined))]
    public void Conformal_p_values_are_the_packages(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("ridge").GetProperty("conformalBlockGrid25");
        EffectOptions options = Options("ridge");
        options.Inference = EffectInference.Conformal;
        EffectEstimate estimate = EffectEstimator.Run(rival.Data, options);
        int pre = rival.Data.TreatmentPeriods.OfType<int>().First();
        double[] values = [.. estimate.Effect.PerPeriod.Select(value => value.PValue), estimate.Effect.Rms.PValue];
        Assert.All(Numbers(expected, "p")[pre..].Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        
        // No effect outside of an interval is a rejected one.
        Assert.All(estimate.Effect.PerPeriod, value => Assert.True((value.CiLow <= 0 && value.CiHigh >= 0) || value.PValue <= 0.05 + 1e-12));
    }

    [Theory]
    [MemberData(nameof(Determined))]
    public void Conformal_intervals_on_a_grid_are_the_packages(string name)
    {
        RivalCase rival = new(name);
        JsonElement expected = rival.Outputs.GetProperty("ridge").GetProperty("conformalBlockGrid25");
        EffectOptions options = Options("ridge");
        options.Inference = EffectInference.Conformal;
        options.Conformal.NullGrid = 25;
        EffectEstimate estimate = EffectEstimator.Run(rival.Data, options);
        int pre = rival.Data.TreatmentPeriods.OfType<int>().First();
        double scale = rival.Data.Outcomes.Values.Max(Math.Abs);
        Assert.All(Numbers(expected, "lb")[pre..^1].Zip(estimate.Effect.PerPeriod), pair => Assert.InRange(Math.Abs(pair.First - pair.Second.CiLow), 0, Solver * scale));
        Assert.All(Numbers(expected, "ub")[pre..^1].Zip(estimate.Effect.PerPeriod), pair => Assert.InRange(Math.Abs(pair.First - pair.Second.CiHigh), 0, Solver * scale));
    }

    [Fact]
    public void Levels_of_periods_do_not_matter_and_scale_is_the_effects()
    {
        RivalCase rival = new("augsynth-sim-small");
        double[,] outcomes = rival.Data.Outcomes.ToArray();
        EffectEstimate plain = EffectEstimator.Run(rival.Data, Options("ridge"));
        for (int i = 0; i < outcomes.GetLength(0); i++)
        {
            for (int t = 0; t < outcomes.GetLength(1); t++)
            {
                outcomes[i, t] = (3 * outcomes[i, t]) + t;
            }
        }

        EffectEstimate moved = EffectEstimator.Run(new EffectData(Core.Data.FeatureMatrix.FromArray(outcomes), rival.Data.TreatmentPeriods), Options("ridge"));
        Assert.Equal(3 * plain.Effect.Average.Effect, moved.Effect.Average.Effect, 1e-6);
        Assert.Equal(plain.Effect.Average.PValue, moved.Effect.Average.PValue);
    }

    [Theory]
    [InlineData(CovariateUse.Match)]
    [InlineData(CovariateUse.Residualize)]
    public void Covariates_are_matched(CovariateUse use)
    {
        RivalCase rival = new("augsynth-sim-factor");
        double[,] covariate = new double[rival.Data.Outcomes.Rows, rival.Data.Outcomes.Columns];
        for (int i = 0; i < covariate.GetLength(0); i++)
        {
            for (int t = 0; t < covariate.GetLength(1); t++)
            {
                covariate[i, t] = ((i * 37) % 11) + (0.1 * t);
            }
        }

        EffectData data = EffectData.WithVarying(rival.Data.Outcomes, rival.Data.TreatmentPeriods, [covariate], ["x"]);
        EffectOptions options = Options("ridge");
        options.Augmented.Covariates = use;
        options.Augmented.Lambda = 1e-6;
        EffectEstimate estimate = EffectEstimator.Run(data, options);
        double[] weights = [.. Enumerable.Range(0, 35).Select(donor => estimate.Periods[0].Fit.Weights![0, donor])];
        double treated = Enumerable.Range(35, 5).Average(i => (i * 37) % 11);
        Assert.Equal(1, weights.Sum(), 1e-6);
        Assert.Equal(treated, weights.Select((weight, i) => weight * ((i * 37) % 11)).Sum(), 1e-4);
    }

    private static EffectOptions Options(string specification)
    {
        EffectOptions options = new() { Method = EffectMethod.Augmented, Demean = specification == "ridge_fe" };
        options.Augmented.LambdaChoice = specification == "ridge_min" ? PenaltyChoice.Min : PenaltyChoice.OneStandardError;
        return options;
    }

    private static (MeanCohort Cohort, MeanFit Fit) Fit(RivalCase rival, EffectOptions options)
    {
        MeanPanel panel = MeanPanel.Create(rival.Data, options);
        MeanCohort cohort = panel.Cohort(0, panel.Controls, panel.Groups[0].Treated);
        return (cohort, new AugmentedEstimator(options).Fit(cohort));
    }
}
