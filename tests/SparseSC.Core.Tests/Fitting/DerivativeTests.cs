using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Objectives;
using SparseSC.Core.Tests.Reference;
using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>First and second derivatives against differences, for every kind of objective, more and fewer donors than features.</summary>
public class DerivativeTests
{
    public static TheoryData<string, int, int, int, double> Problems
    {
        get
        {
            TheoryData<string, int, int, int, double> problems = [];
            foreach (string kind in new[] { "fold", "cross-train", "leave-one-out" })
            {
                problems.Add(kind, 30, 6, 4, 0);
                problems.Add(kind, 40, 9, 1, 20);
                problems.Add(kind, 14, 20, 3, 0);
                problems.Add(kind, 12, 9, 5, 5);
                problems.Add(kind, 60, 400, 2, 0);
            }

            return problems;
        }
    }

    /// <summary>Replayed: a difference of two values is no derivative, and how far it is off depends on the panel.</summary>
    [Property(MaxTest = 60, Replay = "7,11", Arbitrary = [typeof(Searches)])]
    public void Gradient_equals_central_differences(Search search)
    {
        (string kind, PanelShape shape, double w, double lambda) = search;
        int features = shape.Features;
        ITwiceDifferentiable objective = Create(kind, shape.Panel(), w, lambda);
        double[] v = [.. shape.Weights().Select(x => x + 0.01)];
        double[] gradient = new double[features];
        objective.Gradient(v, gradient);
        int[] checkedOnes = [.. Enumerable.Range(0, features).Where(k => k % (1 + (features / 20)) == 0)];
        double[] expected = Differences(v, point => [objective.Value(point)], 1e-4, checkedOnes).Select(d => d[0]).ToArray();
        Close.Equal(expected, checkedOnes.Select(k => gradient[k]).ToArray(), 2e-5, $"{kind} gradient");
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Hessian_equals_central_differences_of_the_gradient(string kind, int units, int features, int targets, double offset)
    {
        ITwiceDifferentiable objective = Create(kind, GeneratedPanel.Create(7, units, features, targets, 0, offset), 0.7, 1.5);
        int[] coordinates = [.. Enumerable.Range(0, features).Where(k => k % 5 != 3).Take(40)];
        double[] v = [.. GeneratedPanel.Weights(7, features).Select((x, k) => coordinates.Contains(k) ? x + 0.01 : 0)];
        AlignedMatrix hessian = new(0, 0);
        objective.Hessian(v, coordinates, hessian);
        double[][] expected = Differences(v, Gradient, 1e-6, coordinates);
        double scale = expected.Max(row => coordinates.Max(k => Math.Abs(row[k])));
        for (int a = 0; a < coordinates.Length; a++)
        {
            for (int b = 0; b < coordinates.Length; b++)
            {
                Close.Equal(expected[a][coordinates[b]], hessian[a, b], 1e-5, $"{kind} H[{a},{b}]", scale);
            }
        }

        double[] Gradient(double[] point)
        {
            double[] gradient = new double[features];
            objective.Gradient(point, gradient);
            return gradient;
        }
    }

    [Fact]
    public void Hessian_at_zero_equals_differences_to_one_side()
    {
        foreach (string kind in new[] { "fold", "cross-train", "leave-one-out" })
        {
            ITwiceDifferentiable objective = Create(kind, GeneratedPanel.Create(3, 30, 5, 3), 0.7, 0);
            int[] all = [0, 1, 2, 3, 4];
            AlignedMatrix hessian = new(0, 0);
            objective.Hessian(new double[5], all, hessian);
            double[] at0 = new double[5];
            objective.Gradient(new double[5], at0);
            for (int k = 0; k < 5; k++)
            {
                const double Step = 1e-7;
                double[] v = new double[5];
                v[k] = Step;
                double[] moved = new double[5];
                objective.Gradient(v, moved);
                Close.Equal(all.Select(j => (moved[j] - at0[j]) / Step).ToArray(), all.Select(j => hessian[k, j]).ToArray(), 1e-4, $"{kind} row {k}");
            }
        }
    }

    internal static ITwiceDifferentiable Create(string kind, FitData data, double w, double lambda)
    {
        UnitData units = new(data.Features, data.Targets);
        int[] all = [.. Enumerable.Range(0, units.Units)];
        if (kind == "leave-one-out")
        {
            LeaveOneOutObjective loo = new();
            loo.Bind(new LeaveOneOutData(units, all), w, lambda);
            return loo;
        }

        FoldObjective folds = new();
        folds.Bind(
            kind == "fold"
                ? FoldObjectiveData.KFold(units, all, ShuffledKFold.TestFolds(units.Units, 4, 1))
                : FoldObjectiveData.CrossTrain(units, all[5..], all[..5]),
            w,
            lambda);
        return folds;
    }

    private static double[][] Differences(double[] v, Func<double[], double[]> function, double step, int[]? coordinates = null)
    {
        return [.. (coordinates ?? [.. Enumerable.Range(0, v.Length)]).Select(k =>
        {
            double h = step * Math.Max(v[k], 1e-2);
            double[] above = [.. v];
            double[] below = [.. v];
            above[k] += h;
            below[k] -= h;
            double[] high = function(above);
            double[] low = function(below);
            return high.Zip(low, (a, b) => (a - b) / (2 * h)).ToArray();
        })];
    }

    /// <summary>An objective of a panel at its penalties.</summary>
    public sealed record Search(string Kind, PanelShape Shape, double WPen, double VPen);

    private static class Searches
    {
        public static Arbitrary<Search> Any() => Arb.From(
            from kind in Gen.Elements("fold", "cross-train", "leave-one-out")
            from shape in Gen.Frequency(
                (9, PanelShape.Of(Gen.Choose(10, 40), Gen.Choose(1, 24), offset: Gen.Elements(0.0, 0, 5, 20))),
                (1, PanelShape.Of(Gen.Choose(40, 60), Gen.Choose(200, 400))))
            from w in Gen.Elements(0.2, 0.7, 2)
            from lambda in Gen.Elements(0.0, 1.5, 20)
            select new Search(kind, shape, w, lambda),
            search => PanelShape.Shrink(search.Shape, 10).Select(shape => search with { Shape = shape }));
    }
}
