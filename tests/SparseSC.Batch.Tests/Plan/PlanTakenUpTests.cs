using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>A script that is run again finds its plan with the results so far; another plan is replaced only when asked.</summary>
public sealed class PlanTakenUpTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_plan_is_taken_up_with_its_results_even_with_force(bool force)
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunTasks([3], fixture.ResultFile(3));
        BatchPlan again = BatchPlans.Create(fixture.Data, fixture.Options, fixture.Folder, force);
        Assert.True(again.WasThere);
        Assert.False(fixture.Plan.WasThere);
        Assert.Equal(fixture.Plan.Hash, again.Hash);
        Assert.Equal([3], again.GetStatus().Done);
        Assert.Equal(["features.npy", "manifest.json", "plan.json", "results", "targets.npy"], Entries(fixture.Folder));
    }

    [Fact]
    public void Another_plan_is_refused_and_nothing_is_lost()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunMissing();
        fixture.Options.GridMin = 1e-5;
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => BatchPlans.Create(fixture.Data, fixture.Options, fixture.Folder));
        Assert.Equal("BatchDirectoryInUse", error.ErrorId);
        Assert.True(fixture.Plan.GetStatus().IsComplete);
        Assert.Equal(["claims", "features.npy", "manifest.json", "plan.json", "results", "targets.npy"], Entries(fixture.Folder));
        BatchPlan other = BatchPlans.Create(fixture.Data, fixture.Options, fixture.Folder, overwrite: true);
        Assert.False(other.WasThere);
        Assert.NotEqual(fixture.Plan.Hash, other.Hash);
        Assert.Empty(other.GetStatus().Done);
    }

    [Fact]
    public void Other_data_make_another_plan()
    {
        using PlanFixture fixture = new();
        double[] values = [.. fixture.Data.Targets.Values];
        values[^1] += 1;
        FeatureMatrix targets = new(values, fixture.Data.Targets.Rows, fixture.Data.Targets.Columns, fixture.Data.UnitNames);
        FitData data = new(fixture.Data.Features, targets, fixture.Data.TreatedUnits);
        Assert.Equal("BatchDirectoryInUse", Assert.Throws<InvalidInputException>(() => BatchPlans.Create(data, fixture.Options, fixture.Folder)).ErrorId);
    }

    [Theory]
    [InlineData("targets.npy")]
    [InlineData("manifest.json")]
    public void A_damaged_copy_of_the_same_plan_is_mended_and_keeps_its_results(string damaged)
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunTasks([3], fixture.ResultFile(3));
        File.Delete(Path.Combine(fixture.Folder, damaged));
        BatchPlan again = BatchPlans.Create(fixture.Data, fixture.Options, fixture.Folder);
        Assert.Equal(fixture.Plan.Hash, again.Hash);
        Assert.Equal([3], again.GetStatus().Done);
    }

    [Fact]
    public void Fits_that_were_made_with_a_plan_of_effects_are_not_made_again()
    {
        EffectData data = EffectPlanTests.Data(staggered: true);
        EffectOptions options = EffectPlanTests.Options(EffectMethod.Joint, 3);
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("plan"));
        plan.RunTasks([0], Path.Combine(plan.ResultsDirectory, "task-000000.json"));
        int steps = 0;
        BatchPlan again = BatchPlans.CreateEffects(data, options, _folder.Path("plan"), progress: new Counter(() => steps++));
        Assert.True(again.WasThere);
        Assert.Equal(0, steps);
        Assert.Equal([0], again.GetStatus().Done);

        // Elsewhere it is the same plan, although its fits took another time.
        Assert.Equal(plan.Hash, BatchPlans.CreateEffects(data, options, _folder.Path("other"), progress: new Counter(() => steps++)).Hash);
        Assert.NotEqual(0, steps);
        options.Level = 0.9;
        Assert.Equal("BatchDirectoryInUse", Assert.Throws<InvalidInputException>(() => BatchPlans.CreateEffects(data, options, _folder.Path("plan"))).ErrorId);
    }

    [Fact]
    public void A_missing_folder_is_named_and_not_the_one_it_would_stand_in()
    {
        string missing = _folder.Path("nothing");
        Assert.StartsWith($"'{missing}' does not exist.", Assert.Throws<BatchPlanException>(() => BatchPlans.Load(missing)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"'{_folder.Root}' holds no plan", Assert.Throws<BatchPlanException>(() => BatchPlans.Load(_folder.Root)).Message, StringComparison.Ordinal);
    }

    private static string[] Entries(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private sealed class Counter(Action count) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => count();
    }
}
