using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Effects;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>What is said about the data is said of a plan, of the plan when it is read again, and of what it merges to.</summary>
public class PlanWarningTests
{
    // Two names that look alike, and what the panel's reader had to make up.
    private static Panel Panel(string madeUp)
    {
        Panel panel = PublishedPanels.CaliforniaPanel();
        panel.Units[1] = panel.Units[0] + " ";
        panel.Warnings = [madeUp];
        return panel;
    }

    [Fact]
    public void A_merged_fit_has_the_warnings_of_the_direct_one()
    {
        using TempFolder folder = new();
        FitData data = Panel("2 values of Nevada were interpolated.").ToFitData();
        FitOptions options = new() { VPen = [10, 100], WPen = [1], CvFolds = FoldSpecification.Shuffled(3), GradientFolds = FoldSpecification.Shuffled(3) };
        BatchPlan plan = BatchPlans.Create(data, options, folder.Path("plan"));
        plan.RunMissing();
        SyntheticControlFit whole = JointFit.Run(data, options);
        Assert.Equal("2 values of Nevada were interpolated.", whole.Warnings[0]);
        Assert.Equal(whole.Warnings, BatchPlans.Load(plan.Directory).Merge().Warnings);
        Assert.Equal(whole.Warnings[..2], plan.Warnings[..2]);
        Assert.Equal(plan.Warnings, BatchPlans.Load(plan.Directory).Warnings);
    }

    [Fact]
    public void Merged_effects_have_the_warnings_of_the_direct_ones()
    {
        using TempFolder folder = new();
        EffectData data = EffectData.FromPanel(Panel("Units treated from the start were left out: Utah."));
        EffectOptions options = new() { Method = EffectMethod.Simplex, CrossFitFolds = 3 };
        BatchPlan plan = BatchPlans.CreateEffects(data, options, folder.Path("plan"));
        plan.RunMissing();
        EffectEstimate whole = EffectEstimator.Run(data, options);
        Assert.Equal("Units treated from the start were left out: Utah.", whole.Warnings[0]);
        Assert.Equal(whole.Warnings, BatchPlans.Load(plan.Directory).MergeEffects().Warnings);
        Assert.Equal(["Units treated from the start were left out: Utah."], plan.Warnings);
    }

    [Fact]
    public void A_plan_without_warnings_is_written_as_before()
    {
        using TempFolder folder = new();
        FitOptions options = new() { VPen = [10], WPen = [1], CvFolds = FoldSpecification.Shuffled(3), GradientFolds = FoldSpecification.Shuffled(3) };
        BatchPlan plan = BatchPlans.Create(PublishedPanels.CaliforniaPanel().ToFitData(), options, folder.Path("plan"));
        Assert.DoesNotContain("dataWarnings", File.ReadAllText(plan.PlanFile), StringComparison.Ordinal);
    }
}
