using SparseSC.Batch.Plan;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>Results of effects that cannot be trusted are refused by name and count as missing.</summary>
public sealed class EffectPlanFaultTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly BatchPlan _plan;

    public EffectPlanFaultTests() => _plan = Plan("plan", EffectMethod.Simplex);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_truncated_result_is_refused_and_only_it_runs_again()
    {
        _plan.RunMissing();
        string whole = File.ReadAllText(ResultFile(5));
        DateTime untouched = File.GetLastWriteTimeUtc(ResultFile(4));
        File.WriteAllText(ResultFile(5), whole[..(whole.Length / 2)]);
        Assert.Equal([5], _plan.GetStatus().Missing);
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => _plan.MergeEffects());
        Assert.Equal("ResultsMissing", error.ErrorId);
        Assert.Contains("1 of 8 results are missing (fold 1 of 12)", error.Message, StringComparison.Ordinal);
        Assert.Contains("task-000005.json", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AllowPartial", error.Message, StringComparison.Ordinal);
        _plan.RunMissing();
        Assert.Equal(whole, File.ReadAllText(ResultFile(5)));
        Assert.Equal(untouched, File.GetLastWriteTimeUtc(ResultFile(4)));
    }

    [Fact]
    public void A_result_of_another_plan_is_refused()
    {
        Plan("other", EffectMethod.DifferenceInDifferences).RunTasks([2], ResultFile(2));
        Assert.Empty(_plan.GetStatus().Done);
        Assert.Contains("another plan", Assert.Single(_plan.GetStatus().Invalid).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"task\":3", "\"task\":2")]
    [InlineData("\"task\":3", "\"task\":8")]
    [InlineData("\"task\":3", "\"task\":-1")]
    [InlineData("\"fold\":3", "\"fold\":0")]
    [InlineData("\"treatmentTime\":\"10\"", "\"treatmentTime\":\"12\"")]
    [InlineData("\"units\":[", "\"units\":[0,")]
    [InlineData("\"synthetic\":[[", "\"synthetic\":[[1,")]
    [InlineData("\"synthetic\":[[", "\"synthetic\":[[],[")]
    [InlineData("\"synthetic\":[[", "\"synthetic\":[[null,")]
    [InlineData("\"synthetic\":[[", "\"scores\":[[")]
    public void A_result_that_is_not_the_tasks_is_refused(string written, string forged)
    {
        _plan.RunTasks([3], ResultFile(3));
        Assert.Equal([3], _plan.GetStatus().Done);
        Forge(ResultFile(3), written, forged);
        Assert.Empty(_plan.GetStatus().Done);
        Assert.Single(_plan.GetStatus().Invalid);
    }

    [Fact]
    public void Of_results_that_contradict_each_other_neither_counts_and_both_are_named()
    {
        _plan.RunTasks([3], ResultFile(3));
        string again = Path.Combine(_plan.ResultsDirectory, "again.json");
        File.Copy(ResultFile(3), again);
        Assert.Empty(_plan.GetStatus().Invalid);
        string text = File.ReadAllText(again);
        int number = text.IndexOf("[[", StringComparison.Ordinal) + 2;
        File.WriteAllText(again, text[..number] + "1.5" + text[text.IndexOf(',', number)..]);
        PlanStatus status = _plan.GetStatus();
        Assert.DoesNotContain(3, status.Done);
        Assert.Equal(["again.json", Path.GetFileName(ResultFile(3))], status.Invalid.Select(invalid => Path.GetFileName(invalid.File)));
        Assert.Contains($"it contradicts '{Path.GetFileName(ResultFile(3))}' about task 3", status.Invalid[0].Reason, StringComparison.Ordinal);
        Assert.Contains("it contradicts 'again.json' about task 3", status.Invalid[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_task_is_noted_and_the_others_are_done()
    {
        // The main fit has 16 controls for the lasso, each cross-fit has 12.
        EffectData data = EffectPlanTests.Data(staggered: false);
        EffectOptions options = EffectPlanTests.Options(EffectMethod.Fast, 4);
        options.Fast.MatchSpace.LassoFolds = 13;
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _folder.Path("failing"));
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => plan.RunMissing());
        Assert.Equal("TasksFailed", error.ErrorId);
        Assert.Equal(plan.GetStatus().Missing, plan.GetStatus().Failed.Select(failure => failure.Task));
        Assert.Contains("LassoFolds", plan.GetStatus().Failed[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outcomes.npy")]
    [InlineData("main_fits.json")]
    public void A_changed_file_is_noticed(string name)
    {
        BatchPlan plan = Plan("joint", EffectMethod.Joint);
        string file = Path.Combine(plan.Directory, name);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => BatchPlans.Load(plan.Directory));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);

        // A compute node may have no manifest.
        File.Delete(Path.Combine(plan.Directory, "manifest.json"));
        Assert.Throws<BatchPlanException>(() => BatchPlans.Load(plan.Directory).RunMissing());
    }

    [Fact]
    public void Kinds_are_not_mixed_up()
    {
        Assert.Equal("PlanOfEffects", Assert.Throws<BatchPlanException>(() => _plan.Merge()).ErrorId);
        using PlanFixture fit = new();
        Assert.Equal(PlanKind.Fit, fit.Plan.Kind);
        Assert.Equal("PlanOfFit", Assert.Throws<BatchPlanException>(() => fit.Plan.MergeEffects()).ErrorId);
    }

    [Fact]
    public void What_belongs_to_the_merge_of_a_fit_is_refused()
    {
        _plan.RunMissing();
        Assert.Equal("AllowPartial", Refused(new MergeOptions { AllowPartial = true }));
        Assert.Equal("Choice", Refused(new MergeOptions { Choice = PenaltyChoice.Min }));
        Assert.Equal("Choice", Refused(new MergeOptions { ChoiceCallback = _ => 0 }));
        Assert.Equal("KeepWeights", Refused(new MergeOptions { KeepWeights = true }));
    }

    [Theory]
    [InlineData("\"kind\":\"effects\"", "\"kind\":\"forecasts\"", "PlanVersion")]
    [InlineData("\"version\":2", "\"version\":4", "PlanVersion")]
    [InlineData("\"crossFitSeed\"", "\"crossSeed\"", "PlanDamaged")]
    [InlineData("\"method\":\"Simplex\"", "\"method\":\"Complex\"", "PlanDamaged")]
    public void A_plan_of_another_version_or_a_damaged_one_says_so(string written, string forged, string errorId)
    {
        File.Delete(Path.Combine(_plan.Directory, "manifest.json"));
        Forge(_plan.PlanFile, written, forged);
        Assert.Equal(errorId, Assert.Throws<BatchPlanException>(() => BatchPlans.Load(_plan.Directory)).ErrorId);
    }

    [Fact]
    public void The_plan_of_a_fit_keeps_its_format()
    {
        using PlanFixture fit = new();
        string text = File.ReadAllText(fit.Plan.PlanFile);
        Assert.StartsWith("{\"format\":\"sparsesc-plan\",\"version\":1,\"modelType\":\"Retrospective\",\"treatedUnits\":[", text, StringComparison.Ordinal);
        Assert.Equal(FitPlanHash, fit.Plan.Hash);
    }

    private const string FitPlanHash = "1e3cb6df13348003b690f05197e1cf024862644766647d837025b26683398664";

    private string? Refused(MergeOptions options) => Assert.Throws<InvalidInputException>(() => _plan.MergeEffects(options)).ParameterName;

    private BatchPlan Plan(string name, EffectMethod method) =>
        BatchPlans.CreateEffects(EffectPlanTests.Data(staggered: true), EffectPlanTests.Options(method, 4), _folder.Path(name));

    private string ResultFile(int task) => Path.Combine(_plan.ResultsDirectory, $"task-{task:D6}.json");

    private static void Forge(string file, string written, string forged)
    {
        string text = File.ReadAllText(file);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(written, forged, StringComparison.Ordinal));
    }
}
