using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Plans of any number of tasks, each of which takes next to no time.</summary>
internal static class TinyPlan
{
    private const int Units = 24;

    /// <summary>A plan of <paramref name="folds"/> × <paramref name="penalties"/> tasks in a folder of its own below <paramref name="folder"/>.</summary>
    public static BatchPlan Create(string folder, int folds = 2, int penalties = 4, int seed = 1, int targets = 2) =>
        BatchPlans.Create(Data(seed, targets), Options(folds, penalties), Path.Combine(folder, $"plan-{folds}x{penalties}-{seed}"));

    public static FitData Data(int seed = 1, int targets = 2)
    {
        Random random = new(seed);
        FeatureMatrix Matrix(int columns) => new([.. Enumerable.Range(0, Units * columns).Select(_ => random.NextDouble())], Units, columns);
        return new FitData(Matrix(3), Matrix(targets), [0]);
    }

    /// <summary>Effects by the joint fit, whose controls are held out in three folds with the penalties of the main fit.</summary>
    public static (EffectData Data, EffectOptions Options) Effects()
    {
        FitData fit = Data();
        EffectData data = new(fit.Features, [.. Enumerable.Range(0, Units).Select(unit => unit == 0 ? 2 : (int?)null)]);
        FitOptions joint = EffectOptions.JointDefaults();
        joint.CvFolds = FoldSpecification.Shuffled(2);
        joint.GradientFolds = FoldSpecification.Shuffled(2);
        joint.GridLength = 3;
        return (data, new EffectOptions { Method = EffectMethod.Joint, CrossFitFolds = 3, Joint = joint });
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
