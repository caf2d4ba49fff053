using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Plan;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Plans of any number of tasks, each of which takes next to no time.</summary>
internal static class TinyPlan
{
    private const int Units = 24;

    /// <summary>A plan of <paramref name="folds"/> × <paramref name="penalties"/> tasks in a folder of its own below <paramref name="folder"/>.</summary>
    public static BatchPlan Create(string folder, int folds = 2, int penalties = 4, int seed = 1) =>
        BatchPlan.Create(Data(seed), Options(folds, penalties), Path.Combine(folder, $"plan-{folds}x{penalties}-{seed}"));

    public static FitData Data(int seed = 1)
    {
        Random random = new(seed);
        FeatureMatrix Matrix(int columns) => new([.. Enumerable.Range(0, Units * columns).Select(_ => random.NextDouble())], Units, columns);
        return new FitData(Matrix(3), Matrix(2), [0]);
    }

    public static FitOptions Options(int folds, int penalties) => new()
    {
        ModelType = ModelType.Retrospective,
        CvFolds = FoldSpecification.Shuffled(folds),
        GradientFolds = FoldSpecification.Shuffled(2),
        GridLength = penalties,
        Constraint = WeightConstraint.Orthant,
        StoppingRule = 1,
        MaxDegreeOfParallelism = 1,
    };
}
