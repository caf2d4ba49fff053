using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Effects.Estimators.Penalized;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Penalized synthetic control against pysyncon, and what must hold whatever the data.</summary>
public class PenalizedTests
{
    private const int Treatment = 8;

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(1)]
    public void Weights_are_the_packages(double penalty)
    {
        BasqueCase basque = new();
        JsonElement expected = basque.Outputs.GetProperty(FormattableString.Invariant($"penalized_lambda{penalty:0.0#}"));
        int units = basque.Predictors.Rows;
        FitData data = new(basque.Predictors, basque.Outcomes, [units - 1]);
        double[] weights = PenalizedModel.Solve(
            data, units - 1, [.. Enumerable.Range(0, units - 1)], InverseVariances.Of(basque.Predictors, basque.Predictors.Columns), penalty, null);
        Assert.All(Numbers(expected, "w").Zip(weights), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-4));

        // The package's variances have n − 1; its loss is halved and lacks the squared length of the treated unit's predictors.
        double share = (units - 1.0) / units;
        double loss = (Loss(basque.Predictors, weights, penalty) * share / 2) - (Loss(basque.Predictors, null, 0) * share / 2);
        Assert.InRange(loss, double.NegativeInfinity, Number(expected, "lossW") + 1e-9);
        Assert.Equal(Number(expected, "lossW"), loss, 1e-5);
    }

    [Fact]
    public void A_penalty_of_0_is_the_simplex()
    {
        EffectData data = Data(Outcomes());
        EffectEstimate simplex = EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex });
        Assert.Equal(simplex.Effect.Average.Effect, Run(data, 0).Effect.Average.Effect, 1e-9);
        Assert.Equal(simplex.Effect.Average.PValue, Run(data, 0).Effect.Average.PValue);
    }

    [Fact]
    public void A_large_penalty_is_the_nearest_neighbour()
    {
        EffectEstimate estimate = Run(Data(Outcomes()), 1e6);
        Assert.Equal(1, estimate.Periods[0].Fit.EffectiveDonors, 1e-9);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.3)]
    public void Shift_scale_order_and_duplicates_do_not_matter(double? penalty)
    {
        double[,] outcomes = Outcomes();
        EffectValue plain = Run(Data(outcomes), penalty).Effect.Average;
        EffectValue moved = Run(Data(Change(outcomes, x => x + 100)), penalty).Effect.Average;
        EffectValue scaled = Run(Data(Change(outcomes, x => 1000 * x)), penalty).Effect.Average;
        Assert.Equal(plain.Effect, moved.Effect, 1e-9);
        Assert.Equal(1000 * plain.Effect, scaled.Effect, 1e-6);
        Assert.Equal(plain.PValue, scaled.PValue);
        int last = outcomes.GetLength(0) - 1;
        EffectValue turned = Run(Data(Rows(outcomes, [.. Enumerable.Range(0, last + 1).Reverse()]), treated: 0), penalty).Effect.Average;
        Assert.Equal(plain.Effect, turned.Effect, 1e-9);
        Assert.Equal(plain.PValue, turned.PValue);
        if (penalty is not null)
        {
            EffectEstimate twice = Run(Data(Rows(outcomes, [0, .. Enumerable.Range(0, last + 1)])), penalty);
            Assert.Equal(plain.Effect, twice.Effect.Average.Effect, 1e-9);
        }
    }

    [Fact]
    public void The_penalty_chosen_predicts_controls_best()
    {
        EffectEstimate estimate = Run(Data(Outcomes()), null);
        SyntheticControlFit fit = estimate.Periods[0].Fit;
        Assert.Equal(13, fit.Scores.Length);
        Assert.Equal(fit.Scores.Min(), fit.Score);
        Assert.Equal(ChosenPenaltyModel.Penalties[fit.SelectedIndex!.Value], fit.WPen);
        Assert.Equal(fit.ControlUnits, fit.Folds.Select(fold => fold.Test[0]));

        // A control's error is that of an estimate with it as the treated unit.
        FoldScores fold = fit.Folds[2];
        double[,] controls = Rows(Outcomes(), [.. Enumerable.Range(0, 12).Where(i => i != 2), 2]);
        EffectEstimate own = Run(Data(controls), ChosenPenaltyModel.Penalties[5]);
        Assert.Equal(fold.Scores[5], own.Effect.PerPeriod.Sum(value => value.Effect * value.Effect), 1e-9);
    }

    [Fact]
    public void Constant_outcomes_have_no_effect()
    {
        EffectEstimate estimate = Run(Data(new double[13, 12]), null);
        Assert.Equal(0, estimate.Effect.Average.Effect);
        Assert.Equal(1, estimate.Effect.Average.PValue);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        EffectData data = new RivalCase("sdid-sim-factor").Data;
        EffectEstimate[] estimates = [.. new[] { 1, 3 }.Select(threads =>
            EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Penalized, MaxDegreeOfParallelism = threads }))];
        Assert.Equal(estimates[0].Effect.PerPeriod.Select(value => value.CiLow), estimates[1].Effect.PerPeriod.Select(value => value.CiLow));
        Assert.Equal(5, estimates[0].Periods[0].TreatedUnits.Length);
    }

    [Fact]
    public void What_cannot_be_used_is_said()
    {
        Assert.Equal("OptionOutOfRange", Assert.Throws<InvalidInputException>(() => Run(Data(Outcomes()), -1)).ErrorId);
        EffectData oneControl = Data(Rows(Outcomes(), [0, 12]));
        Assert.Equal("TooFewControls", Assert.Throws<InvalidInputException>(() => Run(oneControl, 0.1)).ErrorId);

        // One period before the treatment is matched exactly where donors lie on both sides.
        EffectData shortest = new(FeatureMatrix.FromArray(Outcomes()), [.. Enumerable.Range(0, 13).Select(i => i == 12 ? 1 : (int?)null)]);
        Assert.True(double.IsFinite(Run(shortest, 0.1).Effect.Average.Effect));
    }

    private static double Loss(FeatureMatrix predictors, double[]? weights, double penalty)
    {
        double[] v = InverseVariances.Of(predictors, predictors.Columns);
        int treated = predictors.Rows - 1;
        double loss = 0;
        for (int k = 0; k < v.Length; k++)
        {
            double gap = predictors[treated, k];
            for (int j = 0; j < treated && weights is not null; j++)
            {
                gap -= weights[j] * predictors[j, k];
                loss += penalty * weights[j] * v[k] * Math.Pow(predictors[treated, k] - predictors[j, k], 2);
            }

            loss += v[k] * gap * gap;
        }

        return loss;
    }

    private static EffectEstimate Run(EffectData data, double? penalty)
    {
        EffectOptions options = new() { Method = EffectMethod.Penalized };
        options.Penalized.Penalty = penalty;
        return EffectEstimator.Run(data, options);
    }

    private static EffectData Data(double[,] outcomes, int treated = -1)
    {
        int units = outcomes.GetLength(0);
        int row = treated < 0 ? units - 1 : treated;
        return new(FeatureMatrix.FromArray(outcomes), [.. Enumerable.Range(0, units).Select(i => i == row ? Treatment : (int?)null)]);
    }

    private static double[,] Rows(double[,] outcomes, int[] rows) => MatrixRows.Rows(outcomes, rows);

    private static double[,] Change(double[,] outcomes, Func<double, double> change)
    {
        double[,] result = (double[,])outcomes.Clone();
        for (int i = 0; i < result.GetLength(0); i++)
        {
            for (int t = 0; t < result.GetLength(1); t++)
            {
                result[i, t] = change(result[i, t]);
            }
        }

        return result;
    }

    private static double[,] Outcomes()
    {
        double[,] outcomes = new double[13, 12];
        for (int i = 0; i < 13; i++)
        {
            for (int t = 0; t < 12; t++)
            {
                outcomes[i, t] = (i % 5) + Math.Sin(t + (i % 3)) + (0.3 * i * t / 12) + (((i * 7919) + (t * 104729) + (i * t * 31)) % 1000 / 1500.0);
            }
        }

        return outcomes;
    }
}
