using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>What must hold for synthetic difference in differences whatever the data.</summary>
public class SdidPropertyTests
{
    private const int Units = 14;
    private const int Times = 12;
    private const int Treatment = 8;

    [Fact]
    public void Levels_of_units_do_not_matter_and_scale_is_the_effects()
    {
        double[,] outcomes = Outcomes(effect: 1);
        EffectValue plain = Run(outcomes).Effect.Average;
        double[,] moved = (double[,])outcomes.Clone();
        double[,] scaled = (double[,])outcomes.Clone();
        for (int i = 0; i < Units; i++)
        {
            for (int t = 0; t < Times; t++)
            {
                moved[i, t] += 5 * i;
                scaled[i, t] *= 3;
            }
        }

        Assert.Equal(plain.Effect, Run(moved).Effect.Average.Effect, 1e-9);
        Assert.Equal(plain.StandardError!.Value, Run(moved).Effect.Average.StandardError!.Value, 1e-9);
        Assert.Equal(3 * plain.Effect, Run(scaled).Effect.Average.Effect, 1e-9);
        Assert.Equal(3 * plain.StandardError!.Value, Run(scaled).Effect.Average.StandardError!.Value, 1e-9);
    }

    [Fact]
    public void The_order_of_units_does_not_matter()
    {
        double[,] outcomes = Outcomes(effect: 1);
        double[,] turned = new double[Units, Times];
        for (int i = 0; i < Units; i++)
        {
            for (int t = 0; t < Times; t++)
            {
                turned[Units - 1 - i, t] = outcomes[i, t];
            }
        }

        EffectEstimate estimate = EffectEstimator.Run(Data(turned, treated: 0), new EffectOptions { Method = EffectMethod.Sdid });
        Assert.Equal(Run(outcomes).Effect.Average.Effect, estimate.Effect.Average.Effect, 1e-9);
        Assert.Equal(Run(outcomes).Effect.Average.PValue, estimate.Effect.Average.PValue);
    }

    [Theory]
    [InlineData(CovariateUse.Projected, 1e-9)]
    [InlineData(CovariateUse.Optimized, 0.35)]
    public void Covariates_are_allowed_for(CovariateUse use, double tolerance)
    {
        // Effects of units and times, twice a covariate, and an effect of 1.
        double[,] covariate = new double[Units, Times];
        double[,] outcomes = new double[Units, Times];
        for (int i = 0; i < Units; i++)
        {
            for (int t = 0; t < Times; t++)
            {
                covariate[i, t] = Noise(i, t) + (i == Units - 1 && t >= Treatment ? 2 : 0);
                outcomes[i, t] = i + (0.5 * t) + (2 * covariate[i, t]) + (i == Units - 1 && t >= Treatment ? 1 : 0);
            }
        }

        EffectData data = EffectData.WithVarying(Data(outcomes, Units - 1).Outcomes, Data(outcomes, Units - 1).TreatmentPeriods, [covariate], ["x"]);
        EffectOptions options = new() { Method = EffectMethod.Sdid };
        options.Sdid.Covariates = use;
        EffectEstimate estimate = EffectEstimator.Run(data, options);
        Assert.Equal(1, estimate.Effect.Average.Effect, tolerance);
        Assert.True(Math.Abs(Run(outcomes).Effect.Average.Effect - 1) > 1);
    }

    [Fact]
    public void A_covariate_that_does_not_vary_over_time_is_refused()
    {
        double[,] constant = new double[Units, Times];
        for (int i = 0; i < Units; i++)
        {
            for (int t = 0; t < Times; t++)
            {
                constant[i, t] = i;
            }
        }

        EffectData data = Data(Outcomes(1), Units - 1);
        EffectData with = EffectData.WithVarying(data.Outcomes, data.TreatmentPeriods, [constant], ["area"]);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => EffectEstimator.Run(with, new EffectOptions { Method = EffectMethod.Sdid }));
        Assert.Equal("CovariateExplained", error.ErrorId);
        Assert.Contains("'area'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constant_outcomes_have_no_effect_and_few_controls_a_warning()
    {
        EffectEstimate estimate = Run(new double[Units, Times]);
        Assert.Equal(0, estimate.Effect.Average.Effect);
        Assert.Equal(1, estimate.Effect.Average.PValue);
        Assert.Contains(estimate.Warnings, warning => warning.Contains("placebos from 13 controls", StringComparison.Ordinal));
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        EffectData data = new RivalCase("sdid-sim-factor").Data;
        EffectEstimate[] estimates = [.. new[] { 1, 3 }.Select(threads =>
            EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Sdid, Inference = EffectInference.Bootstrap, MaxDegreeOfParallelism = threads }))];
        Assert.Equal(200, estimates[0].Effect.PlaceboCount);
        Assert.Equal(estimates[0].Effect.PerPeriod.Select(value => value.StandardError), estimates[1].Effect.PerPeriod.Select(value => value.StandardError));
    }

    [Fact]
    public void An_estimate_comes_back_from_its_file()
    {
        EffectEstimate estimate = EffectEstimator.Run(new RivalCase("sdid-staggered").Data, new EffectOptions { Method = EffectMethod.Sdid, Inference = EffectInference.Jackknife });
        using TempFolder folder = new();
        EffectFile.Write(folder.Path("sdid.json"), estimate);
        EffectEstimate back = EffectFile.Read(folder.Path("sdid.json"));
        Assert.Equal(EffectInference.Jackknife, back.Inference);
        Assert.Equal(estimate.Effect.Average.StandardError, back.Effect.Average.StandardError);
        Assert.Equal(estimate.Periods[1].TimeWeights, back.Periods[1].TimeWeights);
        Assert.Equal(estimate.Effect.Cumulative!.Effect, back.Effect.Cumulative!.Effect);
    }

    private static EffectEstimate Run(double[,] outcomes) => EffectEstimator.Run(Data(outcomes, Units - 1), new EffectOptions { Method = EffectMethod.Sdid });

    private static EffectData Data(double[,] outcomes, int treated) =>
        new(FeatureMatrix.FromArray(outcomes), [.. Enumerable.Range(0, Units).Select(i => i == treated ? Treatment : (int?)null)]);

    private static double[,] Outcomes(double effect)
    {
        double[,] outcomes = new double[Units, Times];
        for (int i = 0; i < Units; i++)
        {
            for (int t = 0; t < Times; t++)
            {
                outcomes[i, t] = i + Math.Sin(t) + (0.3 * i * t / Times) + (0.4 * Noise(i, t)) + (i == Units - 1 && t >= Treatment ? effect : 0);
            }
        }

        return outcomes;
    }

    // Looks like noise, and is the same everywhere.
    private static double Noise(int i, int t) => (((i * 7919) + (t * 104729) + (i * t * 31)) % 1000 / 500.0) - 1;
}
