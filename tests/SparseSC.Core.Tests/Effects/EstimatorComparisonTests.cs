using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Backtests;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Backtests of estimators where there is no effect.</summary>
public class EstimatorComparisonTests
{
    private static readonly EffectMethod[] Quick = [EffectMethod.Simplex, EffectMethod.DifferenceInDifferences, EffectMethod.Sdid, EffectMethod.Ridge];

    [Fact]
    public void A_backtest_is_the_estimate_of_a_treatment_that_never_was()
    {
        EffectData data = SimulatedPanel.Create(5, 9, 12, 4, treated: 1, effect: 7);
        EstimatorScore score = Only(data, new ComparisonOptions { Estimators = [EffectMethod.Simplex], Level = 0.8 });

        // Unit 3 of ten, of which unit 0 is treated and left out.
        Backtest space = score.Backtests.Single(backtest => backtest.Kind == BacktestKind.Space && backtest.Unit == "3");
        EffectData controls = Rows(data, [.. Enumerable.Range(1, 9)], 16, row => row == 3 ? 12 : null);
        EffectValue expected = EffectEstimator.Run(controls, new EffectOptions { Method = EffectMethod.Simplex, Level = 0.8 }).Effect.Average;
        Assert.Equal((expected.Effect, expected.CiLow, expected.CiHigh), (space.Error, space.CiLow, space.CiHigh));
        Assert.Equal(("12", 12, 4), (space.TreatmentTime, space.PrePeriods, space.PostPeriods));

        // A quarter of the 12 periods before the treatment is predicted, from at least half of them.
        Backtest[] time = [.. score.Backtests.Where(backtest => backtest.Kind == BacktestKind.Time)];
        Assert.Equal(["6", "7", "8", "9"], time.Select(backtest => backtest.TreatmentTime));
        EffectData before = Rows(data, [.. Enumerable.Range(0, 10)], 10, row => row == 0 ? 7 : null);
        Assert.Equal(EffectEstimator.Run(before, new EffectOptions { Method = EffectMethod.Simplex }).Effect.Average.Effect, time[1].Error);
    }

    [Fact]
    public void Summaries_are_means_over_backtests()
    {
        EstimatorScore score = Only(SimulatedPanel.Create(6, 8, 12, 3), new ComparisonOptions { Estimators = [EffectMethod.DifferenceInDifferences], Level = 0.7 });
        double[] errors = [.. score.Backtests.Select(backtest => backtest.Error)];
        Assert.Equal(errors.Length, score.All.Count);
        Assert.Equal(errors.Average(), score.All.MeanError, 1e-14);
        Assert.Equal(Math.Sqrt(errors.Average(error => error * error)), score.All.Rmse, 1e-14);
        Assert.Equal(score.All.Count, score.Space.Count + score.Time.Count);
        Assert.Equal(score.Backtests.Average(backtest => backtest.CiLow <= 0 && backtest.CiHigh >= 0 ? 1.0 : 0), score.All.Coverage, 1e-14);
        Assert.Equal(score.Backtests.Average(backtest => backtest.CiHigh - backtest.CiLow), score.All.MeanWidth, 1e-12);
        Assert.InRange(score.All.Coverage, 0.1, 0.99);
    }

    [Fact]
    public void Intervals_without_ends_count_neither_as_right_nor_as_wide()
    {
        EstimatorComparison comparison = EstimatorComparison.Run(SimulatedPanel.Create(6, 8, 12, 3), new ComparisonOptions { Estimators = [EffectMethod.Simplex] });
        BacktestSummary all = comparison.Scores[0].All;
        Assert.Equal(0, all.Intervals);
        Assert.True(double.IsNaN(all.Coverage) && double.IsNaN(all.MeanWidth));
        Assert.Contains(comparison.Warnings, warning => warning.StartsWith("Some intervals have no ends", StringComparison.Ordinal));
    }

    /// <summary>Effects on the treated must not reach any backtest.</summary>
    [Fact]
    public void Nothing_from_a_treatment_on_is_used()
    {
        ComparisonOptions options = new() { Estimators = Quick, Level = 0.7 };
        string without = Bits(EstimatorComparison.Run(SimulatedPanel.Create(7, 8, 12, 3, treated: 2), options));
        Assert.Equal(without, Bits(EstimatorComparison.Run(SimulatedPanel.Create(7, 8, 12, 3, treated: 2, effect: 50), options)));
    }

    [Fact]
    public void Later_treated_units_are_donors_until_they_are_treated()
    {
        // Units 0 and 1 are treated at 8 and 14 of 18 times.
        EffectData data = Staggered(SimulatedPanel.Create(8, 6, 12, 6, treated: 2));
        EstimatorScore score = Only(data, new ComparisonOptions { Estimators = [EffectMethod.Simplex], Kinds = [BacktestKind.Time], MaxBacktests = 100 });
        Backtest early = score.Backtests.Single(backtest => backtest.Unit == "0" && backtest.TreatmentTime == "6");
        EffectData all = Rows(data, [.. Enumerable.Range(0, 8)], 8, row => row == 0 ? 6 : null);
        Assert.Equal(Simplex(all), early.Error);
        Backtest late = score.Backtests.Single(backtest => backtest.Unit == "1" && backtest.TreatmentTime == "11");
        EffectData others = Rows(data, [.. Enumerable.Range(1, 7)], 14, row => row == 1 ? 11 : null);
        Assert.Equal(Simplex(others), late.Error);
    }

    [Fact]
    public void Threads_change_no_bit_and_the_seed_draws_the_backtests()
    {
        EffectData data = SimulatedPanel.Create(9, 12, 12, 3);
        ComparisonOptions one = new() { Estimators = [.. Quick, EffectMethod.Fast], MaxBacktests = 3, MaxDegreeOfParallelism = 1, Level = 0.8 };
        ComparisonOptions three = new() { Estimators = one.Estimators, MaxBacktests = 3, MaxDegreeOfParallelism = 3, Level = 0.8 };
        EstimatorComparison comparison = EstimatorComparison.Run(data, one);
        Assert.Equal(Bits(comparison), Bits(EstimatorComparison.Run(data, three)));
        Assert.All(comparison.Scores, score => Assert.Equal((3, 3), (score.Space.Count, score.Time.Count)));
        Assert.Contains(comparison.Warnings, warning => warning.StartsWith("Of 12 backtests on untreated units, 3 are made, drawn by {Seed} 110011.", StringComparison.Ordinal));
        three.Seed = 1;
        Assert.NotEqual(
            comparison.Scores[0].Backtests.Select(backtest => backtest.Unit), EstimatorComparison.Run(data, three).Scores[0].Backtests.Select(backtest => backtest.Unit));
    }

    [Fact]
    public void An_estimator_that_cannot_is_a_row_with_the_reason()
    {
        EffectData plain = SimulatedPanel.Create(10, 8, 10, 2);
        FeatureMatrix covariate = FeatureMatrix.FromArray(new double[,] { { 1 }, { 3 }, { 2 }, { 5 }, { 4 }, { 7 }, { 6 }, { 9 }, { 8 } });
        EffectData data = new(plain.Outcomes, plain.TreatmentPeriods, covariate);
        EstimatorScore[] scores = EstimatorComparison.Run(data, new ComparisonOptions { Estimators = [EffectMethod.Lasso, EffectMethod.Simplex], MaxBacktests = 2 }).Scores;
        Assert.Equal((EffectMethod.Simplex, 1, null), (scores[0].Estimator, scores[0].Rank, scores[0].Reason));
        Assert.Equal((EffectMethod.Lasso, null, 4), (scores[1].Estimator, scores[1].Rank, scores[1].Failed));
        Assert.Contains("regresses outcomes on outcomes alone", scores[1].Reason, StringComparison.Ordinal);
        Assert.True(double.IsNaN(scores[1].All.Rmse));
    }

    [Fact]
    public void The_usual_estimators_all_run()
    {
        EstimatorComparison comparison = EstimatorComparison.Run(SimulatedPanel.Create(11, 8, 10, 2), new ComparisonOptions { MaxBacktests = 1 });
        Assert.Equal(Enum.GetValues<EffectMethod>().Length - 2, comparison.Scores.Length);
        Assert.All(comparison.Scores, score => Assert.Null(score.Reason));
        Assert.Equal(Enumerable.Range(1, comparison.Scores.Length), comparison.Scores.Select(score => score.Rank!.Value));
        Assert.Equal(comparison.Scores.Select(score => score.All.Rmse).Order(), comparison.Scores.Select(score => score.All.Rmse));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        EffectData data = SimulatedPanel.Create(12, 6, 8, 2);
        Assert.Equal("OptionOutOfRange", Fault(data, new ComparisonOptions { MaxBacktests = 0 }));
        Assert.Equal("OptionOutOfRange", Fault(data, new ComparisonOptions { PostPeriods = 0 }));
        Assert.Equal("NoBacktest", Fault(data, new ComparisonOptions { PrePeriods = 8, PostPeriods = 3 }));
        Assert.Equal("NoTreatedUnit", Fault(new EffectData(data.Outcomes, new int?[7]), new ComparisonOptions()));
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => EstimatorComparison.Run(data, new ComparisonOptions { Estimators = Quick }, null, stop.Token));
    }

    private static string Fault(EffectData data, ComparisonOptions options) =>
        Assert.Throws<InvalidInputException>(() => EstimatorComparison.Run(data, options)).ErrorId;

    private static EstimatorScore Only(EffectData data, ComparisonOptions options) => Assert.Single(EstimatorComparison.Run(data, options).Scores);

    private static double Simplex(EffectData data) => EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex }).Effect.Average.Effect;

    private static EffectData Staggered(EffectData data) => new(data.Outcomes, [8, 14, .. new int?[6]]);

    private static EffectData Rows(EffectData data, int[] rows, int columns, Func<int, int?> treatment)
    {
        double[] values = [.. rows.SelectMany(row => data.Outcomes.Row(row)[..columns].ToArray())];
        FeatureMatrix outcomes = new(values, rows.Length, columns, [.. rows.Select(data.UnitName)], [.. Enumerable.Range(0, columns).Select(data.TimeName)]);
        return new EffectData(outcomes, [.. rows.Select(treatment)]);
    }

    private static string Bits(EstimatorComparison comparison) => string.Join('\n', comparison.Scores.Select(score =>
        $"{score.Rank} {score.Estimator} {score.All.Rmse:R} {score.All.Coverage:R} "
            + string.Join(' ', score.Backtests.Select(backtest => $"{backtest.Unit}@{backtest.TreatmentTime}:{backtest.Error:R}:{backtest.CiLow:R}:{backtest.CiHigh:R}:{backtest.Reason}"))));
}
