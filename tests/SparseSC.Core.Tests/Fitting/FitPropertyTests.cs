using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Objectives;
using SparseSC.Core.Tests.Reference;
using SparseSC.Core.Units;
using SparseSC.Numerics.Optimization;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>What must hold on any data: symmetries, scale, and independence of threads.</summary>
public class FitPropertyTests
{
    public static TheoryData<ModelType> ModelTypes => [ModelType.Retrospective, ModelType.Prospective, ModelType.ProspectiveRestricted, ModelType.Full];

    [Theory]
    [MemberData(nameof(ModelTypes))]
    public void Any_number_of_threads_gives_the_same_bits(ModelType type)
    {
        FitData data = Data(type, 5);
        SyntheticControlFit one = JointFit.Run(data, Options(type, 1));
        FitsEqual.Assert(one, JointFit.Run(data, Options(type, 2)));
        FitsEqual.Assert(one, JointFit.Run(data, Options(type, 4)));
    }

    /// <summary>Replayed: a search amplifies the rounding that another order brings, by how much depends on the panel.</summary>
    [Property(MaxTest = 16, Replay = "7,11", Arbitrary = [typeof(FittedPanels)])]
    public void Permuting_units_with_their_folds_permutes_the_results(FittedPanel fitted)
    {
        (ModelType type, int folds, PanelShape shape) = fitted;
        FitData data = shape.Panel();
        int units = shape.Units;
        int treated = shape.Treated;

        // Treated and controls are permuted among themselves, so that positions within each group are known.
        System.Random random = new(shape.Seed);
        int[] order =
        [
            .. Enumerable.Range(0, treated).OrderBy(_ => random.Next()),
            .. Enumerable.Range(treated, units - treated).OrderBy(_ => random.Next()),
        ];
        FitData permuted = new(PermuteRows(data.Features, order), PermuteRows(data.Targets, order), data.TreatedUnits);
        SyntheticControlFit expected = JointFit.Run(data, WithExplicitFolds(type, units, treated, null, folds));
        SyntheticControlFit actual = JointFit.Run(permuted, WithExplicitFolds(type, units, treated, order, folds));
        Assert.Equal(expected.SelectedIndex, actual.SelectedIndex);
        Close.Equal(expected.Scores, actual.Scores, 1e-7, $"{type} scores");
        Close.Equal(expected.V, actual.V, 1e-7, $"{type} V");
        for (int i = 0; i < units; i++)
        {
            Span<double> moved = MatrixRows.Row(actual.Predictions, i);
            Close.Equal(MatrixRows.Row(expected.Predictions, order[i]), moved, 1e-7, $"{type} prediction {i}");
        }
    }

    /// <summary>Replayed for the same reason.</summary>
    [Property(MaxTest = 8, Replay = "7,11", Arbitrary = [typeof(FittedPanels)])]
    public void Permuting_features_permutes_their_weights(FittedPanel fitted)
    {
        (ModelType type, _, PanelShape shape) = fitted;
        FitData data = shape.Panel();
        int[] order = [.. Enumerable.Range(0, shape.Features).Reverse()];
        FitData permuted = new(PermuteColumns(data.Features, order), data.Targets, data.TreatedUnits);
        SyntheticControlFit expected = JointFit.Run(data, Options(type, 0));
        SyntheticControlFit actual = JointFit.Run(permuted, Options(type, 0));
        Close.Equal(order.Select(k => expected.V[k]).ToArray(), actual.V, 1e-7, "V");
        Close.Equal([.. expected.Predictions.Cast<double>()], [.. actual.Predictions.Cast<double>()], 1e-7, "predictions");
    }

    [Fact]
    public void The_order_of_folds_does_not_matter()
    {
        FitData data = Data(ModelType.Retrospective, 3);
        FitOptions options = WithExplicitFolds(ModelType.Retrospective, data.Targets.Rows, data.TreatedUnits.Length, null);
        SyntheticControlFit expected = JointFit.Run(data, options);
        options.CvFolds = FoldSpecification.From([.. options.CvFolds.Explicit!.Reverse()]);
        options.GradientFolds = FoldSpecification.From([.. options.GradientFolds.Explicit!.Reverse()]);
        SyntheticControlFit actual = JointFit.Run(data, options);
        Close.Equal(expected.Scores, actual.Scores, 1e-8, "scores");
        Close.Equal(expected.V, actual.V, 1e-8, "V");
    }

    /// <summary>On the orthant Γ(cY, c²λ) = c²Γ(Y, λ): the same v, and predictions that scale with Y.</summary>
    [Fact]
    public void Scaling_the_targets_scales_the_predictions()
    {
        FitData data = Data(ModelType.Retrospective, 4);
        FitData scaled = new(data.Features, new FeatureMatrix([.. data.Targets.Values.Select(y => 8 * y)], data.Targets.Rows, data.Targets.Columns), data.TreatedUnits);
        FitOptions options = Options(ModelType.Retrospective, 0);
        SyntheticControlFit expected = JointFit.Run(data, options);
        SyntheticControlFit actual = JointFit.Run(scaled, options);
        Close.Equal(expected.VPen * 64, actual.VPen, 1e-9, "penalty");
        Close.Equal(expected.V, actual.V, 1e-7, "V");
        Close.Equal([.. expected.Predictions.Cast<double>().Select(y => 8 * y)], [.. actual.Predictions.Cast<double>()], 1e-7, "predictions");
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(SmallPanels)])]
    public void Leave_one_out_equals_as_many_folds_as_units(PanelShape shape)
    {
        FitData source = shape.Panel();
        UnitData data = new(source.Features, source.Targets);
        int[] all = [.. Enumerable.Range(0, shape.Units)];
        LeaveOneOutObjective loo = new();
        loo.Bind(new LeaveOneOutData(data, all), 0.2, 0.5);
        FoldObjective folds = new();
        folds.Bind(FoldObjectiveData.KFold(data, all, [.. all.Select(i => new[] { i })]), 0.2, 0.5);
        double[] v = shape.Weights();
        double[] one = new double[shape.Features];
        double[] other = new double[shape.Features];
        Close.Equal(folds.Value(v), loo.Value(v), 1e-10, "value");
        folds.Gradient(v, one);
        loo.Gradient(v, other);
        Close.Equal(one, other, 1e-9, "gradient");
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(SmallPanels)])]
    public void Units_in_no_fold_count_as_predicted_by_zero(PanelShape shape)
    {
        FitData source = shape.Panel();
        UnitData data = new(source.Features, source.Targets);
        FoldObjective partial = new();
        partial.Bind(FoldObjectiveData.KFold(data, [.. Enumerable.Range(0, shape.Units)], [[0, 1, 2]]), 0.2, 0);
        FoldObjective covered = new();
        covered.Bind(FoldObjectiveData.CrossTrain(data, [.. Enumerable.Range(3, shape.Units - 3)], [0, 1, 2]), 0.2, 0);
        double[] v = shape.Weights();
        double rest = source.Targets.Values.Skip(3 * shape.Targets).Sum(y => y * y);
        Close.Equal(covered.Value(v) + rest, partial.Value(v), 1e-12, "value");
    }

    [Fact]
    public void Evaluations_allocate_nothing_after_warm_up()
    {
        foreach (string kind in new[] { "fold", "cross-train", "leave-one-out" })
        {
            foreach (int features in new[] { 8, 30 })
            {
                ITwiceDifferentiable objective = DerivativeTests.Create(kind, GeneratedPanel.Create(1, 24, features, 4), 0.5, 1);
                double[] v = [.. Enumerable.Repeat(1.0 / features, features)];
                double[] gradient = new double[features];
                Evaluate(objective, v, gradient, 3);

                // The runtime itself allocates now and then while it recompiles what is hot; an evaluation that did would every time.
                long least = long.MaxValue;
                for (int round = 0; round < 5; round++)
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    Evaluate(objective, v, gradient, 50);
                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }

                Assert.Equal(0, least);
            }
        }
    }

    [Fact]
    public void A_fit_reports_progress_and_stops_when_cancelled()
    {
        FitData data = Data(ModelType.Retrospective, 1);
        List<FitProgress> reports = [];
        JointFit.Run(data, Options(ModelType.Retrospective, 1), new Progress(reports.Add));
        Assert.Equal(reports[0].Total, reports.First(r => r.Completed == r.Total).Completed);
        Assert.Contains(reports, r => r.Iteration == 1);
        using CancellationTokenSource source = new();
        Progress stop = new(p =>
        {
            if (p.Completed == 3)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => JointFit.Run(data, Options(ModelType.Retrospective, 2), stop, source.Token));
    }

    private static void Evaluate(ITwiceDifferentiable objective, double[] v, double[] gradient, int times)
    {
        for (int i = 0; i < times; i++)
        {
            v[0] += 1e-6;
            objective.Value(v);
            objective.Gradient(v, gradient);
        }
    }

    private static FitData Data(ModelType type, int seed) => GeneratedPanel.Create(seed, 32, 6, 4, type == ModelType.Full ? 0 : 8);

    private static FitOptions Options(ModelType type, int threads) => new()
    {
        ModelType = type,
        MaxDegreeOfParallelism = threads,
        GridLength = 6,
        GridMin = 1e-3,
        CvFolds = FoldSpecification.Shuffled(4),
        GradientFolds = FoldSpecification.Shuffled(4),
        Constraint = WeightConstraint.Orthant,

        // Long searches amplify rounding; symmetry is a matter of the objective and of what is done with its searches.
        Tol = 1e-2,
    };

    private static FitOptions WithExplicitFolds(ModelType type, int units, int treated, int[]? order, int folds = 4)
    {
        FitOptions options = Options(type, 0);
        options.StoppingRule = 1;
        int[] rows = type switch
        {
            ModelType.Retrospective => [.. Enumerable.Range(treated, units - treated)],
            ModelType.ProspectiveRestricted => [.. Enumerable.Range(0, treated)],
            _ => [.. Enumerable.Range(0, units)],
        };
        options.CvFolds = FoldSpecification.From(Folds(rows, folds, 1, order));

        // Gradient folds go by control rows for prospective-restricted, where only the maximum penalty uses them.
        int[] gradientRows = type == ModelType.ProspectiveRestricted ? [.. Enumerable.Range(treated, units - treated)] : rows;
        options.GradientFolds = FoldSpecification.From(Folds(gradientRows, folds, 2, order));
        return options;
    }

    private static Fold[] Folds(int[] rows, int count, uint seed, int[]? order)
    {
        int[][] tests = ShuffledKFold.TestFolds(rows.Length, count, seed);
        return [.. tests.Select(test => new Fold(Map(FoldMaker.Complement(rows.Length, test)), Map(test)))];

        int[] Map(int[] positions)
        {
            if (order is null)
            {
                return positions;
            }

            // Position of a unit in the permuted group: where the order puts it, relative to the group's first row.
            return [.. positions.Select(p => Array.IndexOf(order, rows[p]) - rows[0]).Order()];
        }
    }

    private static FeatureMatrix PermuteRows(FeatureMatrix matrix, int[] order)
        => new([.. order.SelectMany(i => matrix.Row(i).ToArray())], matrix.Rows, matrix.Columns);

    private static FeatureMatrix PermuteColumns(FeatureMatrix matrix, int[] order)
        => new([.. Enumerable.Range(0, matrix.Rows).SelectMany(i => order.Select(k => matrix[i, k]))], matrix.Rows, matrix.Columns);

    private sealed class Progress(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }

    /// <summary>A kind of model, a number of folds, and the panel it is fitted to.</summary>
    public sealed record FittedPanel(ModelType Type, int Folds, PanelShape Shape);

    private static class FittedPanels
    {
        public static Arbitrary<FittedPanel> Any() => Arb.From(
            from type in Gen.Elements(ModelType.Retrospective, ModelType.Prospective, ModelType.ProspectiveRestricted, ModelType.Full)
            from folds in Gen.Choose(3, 5)
            from shape in PanelShape.Of(Gen.Choose(24, 34), Gen.Choose(3, 7), treated: type == ModelType.Full ? 0 : 8)
            select new FittedPanel(type, folds, shape),
            fitted => PanelShape.Shrink(fitted.Shape, 16).Select(shape => fitted with { Shape = shape }));
    }

    private static class SmallPanels
    {
        public static Arbitrary<PanelShape> Any() => Arb.From(
            PanelShape.Of(Gen.Choose(6, 24), Gen.Choose(1, 12), offset: Gen.Elements(0.0, 5)),
            shape => PanelShape.Shrink(shape, 6));
    }
}
