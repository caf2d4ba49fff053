using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Effects.Estimators;

/// <summary>Effects by the joint fit. Cross-fits run one cross-validation over the penalties of the main fit's last one.</summary>
/// <remarks>
/// They live under the main fit's own constraint. Both their penalties are given, which alone would mean the orthant, and the placebos
/// would come from another estimator than the effect. Folds given as lists name units of the main fit and cannot apply to them; they use
/// 10 shuffled ones. Never more folds than units.
/// </remarks>
internal sealed class JointModel(EffectOptions options) : PenalisedModel
{
    private const int UsualFolds = 10;

    public override bool HoldOutReadsFit => true;

    public override SyntheticControlFit Fit(FitData data, int threads, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        FitOptions joint = Options(threads);
        joint.KeepWeights = options.Weights != KeptUnits.None;
        joint.TreatedWeightsOnly = options.Weights == KeptUnits.Treated;
        return JointFit.Run(data, joint, progress, cancellationToken);
    }

    protected override DonorModel Refit(FitData data, SyntheticControlFit? main, CancellationToken cancellationToken)
    {
        FitOptions joint = Options(threads: 1);
        joint.KeepWeights = false;
        joint.Constraint = main!.Constraint;

        // A main fit whose match space kept nothing has searched no penalty.
        if (main.Iterations.Length > 0)
        {
            joint.VPen = main.Iterations[^1].VPen;
            joint.WPen = main.Iterations[^1].WPen;
        }

        joint.CvFolds = Folds(joint.CvFolds);
        joint.GradientFolds = joint.GradientFolds.IsNone ? joint.GradientFolds : Folds(joint.GradientFolds);
        return DonorModel.Of(JointFit.Run(data, joint, null, cancellationToken));
    }

    private static FoldSpecification Folds(FoldSpecification main) => FoldSpecification.UpTo(main.Count ?? UsualFolds);

    private FitOptions Options(int threads)
    {
        FitOptions joint = options.Joint.Copy();
        joint.ModelType = options.ModelType;

        // The sample has seen to it: its folds keep the centre and the scale of the main fit.
        joint.Scale = CovariateScale.None;
        joint.MaxDegreeOfParallelism = threads;
        return joint;
    }
}
