using SparseSC.Core.Fitting;

namespace SparseSC.Core.Effects;

/// <summary>Effects by the joint fit. Cross-fits run one cross-validation over the penalties of the main fit's last one.</summary>
/// <remarks>
/// They have both penalties and so live on the orthant unless a constraint was asked for, and they cross-validate over 10 folds whatever
/// the main fit does (fewer where there are fewer units), both as in the reference. Folds given as lists cannot apply to them at all:
/// they name units of the main fit.
/// </remarks>
internal sealed class JointModel(EffectOptions options) : PenalisedModel
{
    private const int CrossFitCvFolds = 10;

    public override SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        FitOptions joint = Options(threads);
        joint.KeepWeights = options.Joint.KeepWeights;
        return JointFit.Run(data, joint, progress, cancellationToken);
    }

    protected override SyntheticControlFit Refit(FitData data, SyntheticControlFit main, CancellationToken cancellationToken)
    {
        FitOptions joint = Options(threads: 1);
        joint.KeepWeights = false;
        joint.VPen = main.Iterations[^1].VPen;
        joint.WPen = main.Iterations[^1].WPen;
        joint.CvFolds = FoldSpecification.Shuffled(Math.Min(CrossFitCvFolds, FittedUnits(data)));
        if (joint.GradientFolds.Explicit is not null)
        {
            joint.GradientFolds = FoldSpecification.Shuffled(Math.Min(CrossFitCvFolds, FittedUnits(data)));
        }

        return JointFit.Run(data, joint, null, cancellationToken);
    }

    private int FittedUnits(FitData data) => options.ModelType switch
    {
        ModelType.Retrospective => data.Features.Rows - data.TreatedUnits.Length,
        ModelType.ProspectiveRestricted => data.TreatedUnits.Length,
        _ => data.Features.Rows,
    };

    private FitOptions Options(int threads)
    {
        FitOptions joint = options.Joint.Copy();
        joint.ModelType = options.ModelType;
        joint.MaxDegreeOfParallelism = threads;
        return joint;
    }
}
