using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Effects;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>Covariates stay what they are on the way through a plan.</summary>
public class CovariatePlanTests
{
    private const string Noise = "S17-covariate-units";

    [Fact]
    public void A_merged_plan_notes_the_same()
    {
        using TempFolder folder = new();
        FitData data = PublishedPanels.CaliforniaPanel("retprice", "lnincome").ToFitData();
        Assert.Equal(2, data.Covariates);
        FitOptions options = new() { VPen = [10, 100], WPen = [1], CvFolds = FoldSpecification.Shuffled(3), GradientFolds = FoldSpecification.Shuffled(3) };
        BatchPlan plan = BatchPlans.Create(data, options, folder.Path("plan"));
        plan.RunMissing();
        SyntheticControlFit merged = BatchPlans.Load(plan.Directory).Merge();
        SyntheticControlFit whole = JointFit.Run(data, options);
        Assert.Equal((whole.PreRmspe, whole.MeanRmspe, whole.EffectiveDonors), (merged.PreRmspe, merged.MeanRmspe, merged.EffectiveDonors));
        Assert.Equal(whole.Warnings, merged.Warnings);
    }

    [Fact]
    public void A_plan_of_a_fit_scales_covariates_as_the_fit_does()
    {
        FitData data = CasePanels.ReadPanel(Noise, "y", "c_cent").ToFitData();
        FitOptions options = new() { StoppingRule = 1, Constraint = WeightConstraint.Orthant, GridLength = 3, CvFolds = FoldSpecification.Shuffled(3) };
        using TempFolder folder = new();
        BatchPlan plan = BatchPlans.Create(data, options, folder.Root);
        plan.RunMissing();
        SyntheticControlFit merged = BatchPlans.Load(folder.Root).Merge();
        SyntheticControlFit whole = JointFit.Run(data, options);
        FitsEqual.Assert(whole, merged);
        Assert.Equal((whole.FeatureCentre[0], whole.FeatureScale[0]), (merged.FeatureCentre[0], merged.FeatureScale[0]));
    }

    [Theory]
    [InlineData(EffectMethod.Fast)]
    [InlineData(EffectMethod.Joint)]
    [InlineData(EffectMethod.Simplex)]
    public void A_plan_of_effects_scales_covariates_as_the_estimate_does(EffectMethod method)
    {
        EffectOptions options = new() { Method = method, CrossFitFolds = 3, Level = 0.8 };
        options.Joint.GridLength = 3;
        options.Joint.CvFolds = options.Joint.GradientFolds = FoldSpecification.Shuffled(3);
        EffectData data = EffectData.FromPanel(CasePanels.ReadPanel(Noise, "y", "c_cent"));
        using TempFolder folder = new();
        BatchPlan plan = BatchPlans.CreateEffects(data, options, folder.Root);
        plan.RunMissing();

        Assert.Equal(EffectEstimator.Run(data, options).Synthetic.Cast<double>(), plan.MergeEffects().Synthetic.Cast<double>());
    }
}
