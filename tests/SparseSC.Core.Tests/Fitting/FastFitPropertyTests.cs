using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>What must hold of fast fits on any data.</summary>
public class FastFitPropertyTests
{
    public static TheoryData<ModelType> ModelTypes => [ModelType.Retrospective, ModelType.Prospective, ModelType.ProspectiveRestricted, ModelType.Full];

    [Theory]
    [MemberData(nameof(ModelTypes))]
    public void Any_number_of_threads_gives_the_same_bits(ModelType type)
    {
        FitData data = Data(1, type);
        SyntheticControlFit one = FastFit.Run(data, new FastFitOptions { ModelType = type, MaxDegreeOfParallelism = 1 });
        FitsEqual.Assert(one, FastFit.Run(data, new FastFitOptions { ModelType = type, MaxDegreeOfParallelism = 4 }));
    }

    [Theory]
    [MemberData(nameof(ModelTypes))]
    public void Weights_times_donors_are_the_predictions_and_the_score_is_theirs(ModelType type)
    {
        FitData data = Data(2, type);
        SyntheticControlFit fit = FastFit.Run(data, new FastFitOptions { ModelType = type });
        Assert.False(fit.Weights!.Cast<double>().All(w => w == 0));
        double[,] predictions = Prediction.FromWeights(fit, data.Targets);
        Close.Equal(predictions.Cast<double>().ToArray(), fit.Predictions.Cast<double>().ToArray(), 1e-10, "predictions");
        int[] rows = type switch
        {
            ModelType.Retrospective => fit.ControlUnits,
            ModelType.ProspectiveRestricted => fit.TreatedUnits,
            _ => [.. Enumerable.Range(0, data.Targets.Rows)],
        };
        double score = rows.Sum(i => Enumerable.Range(0, data.Targets.Columns).Sum(t => Math.Pow(data.Targets[i, t] - predictions[i, t], 2)));
        Close.Equal(score, fit.Score, 1e-10, "score");
        SyntheticControlFit lean = FastFit.Run(data, new FastFitOptions { ModelType = type, KeepWeights = false });
        Assert.Null(lean.Weights);
        Assert.Equal(fit.Predictions, lean.Predictions);
    }

    [Fact]
    public void Permuting_features_permutes_their_weights()
    {
        FitData data = Data(3);
        int[] order = [.. Enumerable.Range(0, 12).Select(k => (k * 5) % 12)];
        FeatureMatrix permuted = Columns(data.Features, order, _ => 1);
        SyntheticControlFit fit = FastFit.Run(data, new FastFitOptions());
        SyntheticControlFit other = FastFit.Run(new FitData(permuted, data.Targets, data.TreatedUnits), new FastFitOptions());
        Close.Equal([.. order.Select(k => fit.V[k])], other.V, 1e-5, "v");
        Close.Equal(fit.WPen, other.WPen, 1e-5, "w");
    }

    /// <summary>With normalised features the lasso does not see their units, so v·unit stays; targets scale it and the penalty.</summary>
    [Fact]
    public void Scaling_features_and_targets_scales_their_weights()
    {
        FitData data = Data(4);
        SyntheticControlFit fit = FastFit.Run(data, new FastFitOptions());
        FeatureMatrix scaled = Columns(data.Features, [.. Enumerable.Range(0, 12)], k => Math.Pow(4, k - 6));
        SyntheticControlFit other = FastFit.Run(new FitData(scaled, data.Targets, data.TreatedUnits), new FastFitOptions());
        Close.Equal(fit.V, [.. other.V.Select((v, k) => v * Math.Pow(4, k - 6))], 1e-9, "v");
        Close.Equal(fit.VPen, other.VPen, 1e-12, "penalty");
        FeatureMatrix targets = Columns(data.Targets, [0, 1, 2, 3], _ => 8);
        SyntheticControlFit eight = FastFit.Run(new FitData(data.Features, targets, data.TreatedUnits), new FastFitOptions());
        Close.Equal([.. fit.V.Select(v => 8 * v)], eight.V, 1e-9, "v of scaled targets");
        Close.Equal(8 * fit.VPen, eight.VPen, 1e-12, "penalty of scaled targets");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0)]
    [InlineData(1)]
    public void D_lasso_mixes_both_lassos_by_its_share(double share)
    {
        FitData data = Treated(5);
        FastFitOptions options = new() { MatchSpace = { Kind = MatchSpaceKind.DLasso, TreatmentShare = share } };
        SyntheticControlFit fit = FastFit.Run(data, options);
        SyntheticControlFit outcome = FastFit.Run(data, new FastFitOptions());

        // The lasso of the treatment is that of a full model whose only target is the treatment.
        double[] indicator = [.. Enumerable.Range(0, data.Targets.Rows).Select(i => data.TreatedUnits.Contains(i) ? 1.0 : 0)];
        SyntheticControlFit treatment = FastFit.Run(new FitData(data.Features, new FeatureMatrix(indicator, indicator.Length, 1)), new FastFitOptions());
        Assert.True(treatment.V[7] / treatment.V.Sum() > 0.5 && outcome.V[7] / outcome.V.Sum() < 0.2, "Feature 7 decides the treatment, not the outcome.");
        double[] expected = [.. outcome.V.Zip(treatment.V, (y, d) => (share * y / outcome.V.Sum()) + ((1 - share) * d / treatment.V.Sum()))];
        Close.Equal(expected, fit.V, 1e-9, "v");
        Close.Equal(1, fit.V.Sum(), 1e-12, "Σv");
        Assert.Equal((outcome.VPen, treatment.VPen), (fit.VPen, fit.TreatmentVPen));
    }

    [Fact]
    public void Mixed_lasso_takes_the_penalty_of_the_best_matching_score()
    {
        FitData data = Data(6);
        SyntheticControlFit fit = FastFit.Run(data, new FastFitOptions { MatchSpace = { Kind = MatchSpaceKind.LassoMixed } });
        double[] penalties = fit.Iterations[0].VPen;
        Assert.Equal(fit.Scores.Min(), fit.Score, fit.Score * 1e-9);
        Assert.Equal(penalties[fit.SelectedIndex!.Value], fit.VPen);
        foreach (int i in new[] { 10, 40, 90 })
        {
            SyntheticControlFit one = FastFit.Run(data, new FastFitOptions { MatchSpace = { VPens = [penalties[i]] } });
            Close.Equal(one.Score, fit.Scores[i], 1e-6, $"score {i}");
        }
    }

    [Fact]
    public void Penalty_by_score_is_the_one_that_predicts_the_fitted_units_best()
    {
        FitData data = Data(7);
        double[] penalties = [0.1, 1, 10, 100];
        double[] scores = [.. penalties.Select(w => FastFit.Run(data, new FastFitOptions { WPens = [w] }).Score)];
        SyntheticControlFit fit = FastFit.Run(data, new FastFitOptions { WPens = penalties, WPenBy = WPenRule.Score });
        Assert.Equal(penalties[Array.IndexOf(scores, scores.Min())], fit.WPen);
        Assert.Equal(scores.Min(), fit.Score);
    }

    /// <summary>The draw is numpy's: permutation(n)[:size] after seed, so that runs of the reference can be repeated.</summary>
    [Fact]
    public void Sample_is_the_lasso_of_the_units_drawn()
    {
        FitData data = Data(8);
        SyntheticControlFit fit = FastFit.Run(data, new FastFitOptions { MatchSpace = { SampleFraction = 0.5, Seed = 7 } });
        int[] controls = [.. Enumerable.Range(0, data.Targets.Rows).Except(data.TreatedUnits)];
        int[] order = [.. Enumerable.Range(0, controls.Length)];
        new MersenneTwister(7).Shuffle(order);
        int[] drawn = [.. order.Take(controls.Length / 2).Select(i => controls[i])];
        SyntheticControlFit alone = FastFit.Run(new FitData(Rows(data.Features, drawn), Rows(data.Targets, drawn)), new FastFitOptions());
        Close.Equal(alone.V, fit.V, 1e-9, "v");
        Assert.Equal(data.Targets.Rows, fit.Predictions.GetLength(0));
        int[] tested = [.. fit.Folds.SelectMany(fold => fold.Test)];
        Assert.Equal(order.Take(controls.Length / 2), tested);
        Assert.NotEqual(fit.V, FastFit.Run(data, new FastFitOptions { MatchSpace = { SampleFraction = 0.5, Seed = 8 } }).V);
    }

    [Fact]
    public void Target_blocks_are_the_lasso_of_averaged_targets()
    {
        FitData data = Data(9);
        double[] means = [.. Enumerable.Range(0, data.Targets.Rows * 2).Select(i => (data.Targets[i / 2, 2 * (i % 2)] + data.Targets[i / 2, (2 * (i % 2)) + 1]) / 2)];
        SyntheticControlFit averaged = FastFit.Run(new FitData(data.Features, new FeatureMatrix(means, data.Targets.Rows, 2), data.TreatedUnits), new FastFitOptions());
        SyntheticControlFit fit = FastFit.Run(data, new FastFitOptions { MatchSpace = { TargetBlock = 2 } });
        Close.Equal(averaged.V, fit.V, 1e-12, "v");
        Assert.Equal(4, fit.Predictions.GetLength(1));
    }

    /// <summary>Targets that features explain exactly: errors by moments would be rounding.</summary>
    [Fact]
    public void Errors_of_a_perfect_fit_are_not_rounding()
    {
        FitData data = Data(10);
        double[] exact = [.. Enumerable.Range(0, data.Targets.Rows).Select(i => 1e6 + data.Features[i, 0] - data.Features[i, 1])];
        SyntheticControlFit fit = FastFit.Run(new FitData(data.Features, new FeatureMatrix(exact, exact.Length, 1)), new FastFitOptions { MatchSpace = { VPens = [1e-9, 1e-10], LassoTol = 1e-20 } });
        Assert.All(fit.Scores, score => Assert.InRange(score, 0, 1e-15));
    }

    [Fact]
    public void Pools_bar_donors_and_all_of_them_is_no_pool()
    {
        FitData data = Data(11);
        int controls = data.Targets.Rows - data.TreatedUnits.Length;
        bool[,] pool = new bool[data.Targets.Rows, controls];
        for (int i = 0; i < pool.Length; i++)
        {
            pool[i / controls, i % controls] = true;
        }

        SyntheticControlFit all = FastFit.Run(data, new FastFitOptions { DonorPool = pool });
        Close.Equal(FastFit.Run(data, new FastFitOptions()).Weights!.Cast<double>().ToArray(), all.Weights!.Cast<double>().ToArray(), 1e-8, "weights");
        bool[,] kept = (bool[,])pool.Clone();
        pool[0, 3] = false;
        SyntheticControlFit barred = FastFit.Run(data, new FastFitOptions { DonorPool = pool });
        Assert.Equal(0, barred.Weights![0, 3]);
        Assert.NotEqual(0, barred.Weights[1, 3]);
        Assert.Equal(kept[1, 3], pool[1, 3]);
    }

    [Fact]
    public void Constant_outcomes_leave_nothing_to_match_on()
    {
        FitData data = Data(12);
        FeatureMatrix constant = new([.. Enumerable.Repeat(3.0, data.Targets.Rows)], data.Targets.Rows, 1);
        SyntheticControlFit fit = FastFit.Run(new FitData(data.Features, constant, data.TreatedUnits), new FastFitOptions());
        Assert.All(fit.V, v => Assert.Equal(0, v));
        Assert.True(double.IsNaN(fit.VPen) && double.IsNaN(fit.WPen));
        Assert.All(fit.Predictions.Cast<double>(), y => Assert.Equal(3, y, 1e-12));
        Assert.Contains(fit.Warnings, w => w.StartsWith("No feature is matched", StringComparison.Ordinal));
        Assert.Equal(Prediction.FromWeights(fit, data.Targets)[9, 2], Prediction.FromFeatures(fit, data.Features, data.Targets)[9, 2], 1e-12);
    }

    [Fact]
    public void No_features_no_match_space_and_zero_units()
    {
        FitData data = Data(13);
        SyntheticControlFit empty = FastFit.Run(new FitData(new FeatureMatrix([], data.Targets.Rows, 0), data.Targets, data.TreatedUnits), new FastFitOptions());
        Assert.Empty(empty.V);
        Assert.Equal(1.0 / empty.ControlUnits.Length, empty.Weights![0, 0], 1e-15);
        double[] x = [.. data.Features.Values];
        double[] y = [.. data.Targets.Values];
        x.AsSpan(10 * 12, 12).Clear();
        y.AsSpan(10 * 4, 4).Clear();
        SyntheticControlFit zero = FastFit.Run(new FitData(new FeatureMatrix(x, data.Targets.Rows, 12), new FeatureMatrix(y, data.Targets.Rows, 4), data.TreatedUnits), new FastFitOptions());
        Assert.Equal([10], zero.TrivialUnits);
    }

    [Fact]
    public void Full_models_with_treated_units_say_what_they_do()
    {
        FitData data = Data(14);
        SyntheticControlFit fit = FastFit.Run(data, new FastFitOptions { ModelType = ModelType.Full });
        Assert.Contains(fit.Warnings, w => w.Contains("also fits the treated units", StringComparison.Ordinal));
        Assert.Equal(data.Targets.Rows - data.TreatedUnits.Length, fit.ControlUnits.Length);
    }

    [Fact]
    public void One_control_is_too_few()
    {
        FitData data = Data(15);
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => FastFit.Run(new FitData(data.Features, data.Targets, [.. Enumerable.Range(1, data.Targets.Rows - 1)]), new FastFitOptions()));
        Assert.Equal("TooFewControls", error.ErrorId);
    }

    [Fact]
    public void A_cancelled_fit_stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => FastFit.Run(Data(16), new FastFitOptions(), null, source.Token));
    }

    private static FitData Data(int seed, ModelType type = ModelType.Retrospective)
        => GeneratedPanel.Create(seed, 60, 12, 4, treated: type == ModelType.Full ? 0 : 8, offset: 5);

    /// <summary>Units with a high feature 7 are treated; outcomes know nothing of it.</summary>
    private static FitData Treated(int seed)
    {
        FitData data = GeneratedPanel.Create(seed, 120, 12, 4);
        double[] x = [.. data.Features.Values];
        System.Random random = new(seed);
        for (int i = 0; i < 120; i++)
        {
            x[(i * 12) + 7] = random.NextDouble();
        }

        int[] treated = [.. Enumerable.Range(0, 120).Where(i => x[(i * 12) + 7] > 0.8)];
        return new FitData(new FeatureMatrix(x, 120, 12), data.Targets, treated);
    }

    private static FeatureMatrix Columns(FeatureMatrix matrix, int[] order, Func<int, double> scale)
        => new([.. Enumerable.Range(0, matrix.Rows).SelectMany(i => order.Select(k => matrix[i, k] * scale(k)))], matrix.Rows, order.Length);

    private static FeatureMatrix Rows(FeatureMatrix matrix, int[] rows)
        => new([.. rows.SelectMany(i => matrix.Row(i).ToArray())], rows.Length, matrix.Columns);
}
