using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators.Bounded;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Weights of lasso, ridge and least squares against those of the package scpi 4.0.1.</summary>
public class BoundedReferenceTests
{
    public static TheoryData<string, string> Cases => ScpiCase.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_and_bounds_are_the_packages(string name, string constraint)
    {
        ScpiCase scpi = new(name);
        JsonElement expected = scpi.Rival.Outputs.GetProperty(constraint);
        BoundedFit fit = BoundedFit.Of(ScpiCase.Method(constraint), [.. scpi.Donors.Select(row => row[..scpi.Pre])], scpi.Treated[..scpi.Pre]);
        if (expected.GetProperty("Q").ValueKind == JsonValueKind.Number)
        {
            Assert.Equal(Number(expected, "Q"), fit.Bound, 1e-7);
        }

        // With more donors than periods ridge weights inside their bound fit exactly and are not unique; ours are the shortest.
        double[] theirs = scpi.Ordered(Numbers(expected, "w"));
        if (constraint == "ridge" && name == "scpi-california")
        {
            Assert.True(fit.Weights.Sum(w => w * w) <= theirs.Sum(w => w * w) + 1e-9);
        }
        else
        {
            Assert.All(theirs.Zip(fit.Weights), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-6));
        }

        double[] synthetic = [.. scpi.Treated.Select((_, t) => scpi.Donors.Select((row, j) => fit.Weights[j] * row[t]).Sum())];
        Near(Numbers(expected, "yPreFit"), synthetic[..scpi.Pre], 1e-6);
    }

    [Theory]
    [InlineData(EffectMethod.Lasso)]
    [InlineData(EffectMethod.Ridge)]
    [InlineData(EffectMethod.LeastSquares)]
    public void Scale_is_the_effects_and_the_order_of_units_does_not_matter(EffectMethod method)
    {
        RivalCase rival = new("scpi-germany");
        EffectEstimate plain = EffectEstimator.Run(rival.Data, new EffectOptions { Method = method });
        int[] turned = [.. Enumerable.Range(0, rival.Data.Outcomes.Rows).Reverse()];
        EffectEstimate other = EffectEstimator.Run(rival.Data.Select(turned), new EffectOptions { Method = method });
        Assert.Equal(plain.Effect.Average.Effect, other.Effect.Average.Effect, 1e-9);
        Assert.Equal(plain.Effect.Average.PValue, other.Effect.Average.PValue);
        if (method == EffectMethod.Ridge)
        {
            // The rule of thumb for its bound compares a variance of outcomes with 1, as the package does.
            return;
        }

        double[,] outcomes = rival.Data.Outcomes.ToArray();
        for (int i = 0; i < outcomes.GetLength(0); i++)
        {
            for (int t = 0; t < outcomes.GetLength(1); t++)
            {
                outcomes[i, t] *= 1000;
            }
        }

        EffectData scaled = new(Core.Data.FeatureMatrix.FromArray(outcomes), rival.Data.TreatmentPeriods);
        Assert.Equal(1000 * plain.Effect.Average.Effect, EffectEstimator.Run(scaled, new EffectOptions { Method = method }).Effect.Average.Effect, 1e-6);
    }

    [Fact]
    public void Every_control_is_a_placebo()
    {
        EffectEstimate estimate = EffectEstimator.Run(new RivalCase("scpi-germany").Data, new EffectOptions { Method = EffectMethod.Ridge });
        Assert.Equal(16, estimate.Effect.PlaceboCount);
        Assert.NotNull(estimate.Effect.Average.StandardError);
        double[] synthetic = Numbers(new RivalCase("scpi-germany").Outputs.GetProperty("ridge"), "yPostFit");
        Near(synthetic, [.. Enumerable.Range(31, 13).Select(t => estimate.Synthetic[16, t])], 1e-6);
    }

    [Fact]
    public void Deviations_from_means_fit_where_levels_do_not()
    {
        EffectData data = new RivalCase("scpi-california").Data;
        EffectOptions options = new() { Method = EffectMethod.Lasso, Demean = true };
        double[,] raised = data.Outcomes.ToArray();
        for (int t = 0; t < raised.GetLength(1); t++)
        {
            raised[38, t] += 1000;
        }

        EffectEstimate plain = EffectEstimator.Run(data, options);
        EffectEstimate other = EffectEstimator.Run(new EffectData(Core.Data.FeatureMatrix.FromArray(raised), data.TreatmentPeriods), options);
        Assert.Equal(plain.Effect.Average.Effect, other.Effect.Average.Effect, 1e-8);
    }

    [Fact]
    public void Least_squares_without_enough_periods_and_covariates_are_refused()
    {
        EffectData data = new RivalCase("scpi-california").Data;
        InvalidInputException few = Assert.Throws<InvalidInputException>(() => EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.LeastSquares }));
        Assert.Equal("LeastSquaresUndetermined", few.ErrorId);
        Assert.Contains("19 outcomes before the treatment on 3", few.Message, StringComparison.Ordinal);
        EffectData with = new(data.Outcomes, data.TreatmentPeriods, new Core.Data.FeatureMatrix(new double[39], 39, 1));
        Assert.Equal(
            "CovariatesNotUsed",
            Assert.Throws<InvalidInputException>(() => EffectEstimator.Run(with, new EffectOptions { Method = EffectMethod.Lasso })).ErrorId);
    }
}
