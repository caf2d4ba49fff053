using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>Results that cannot be trusted are refused by name and count as missing; the next run does only what is missing.</summary>
public class PlanFaultTests
{
    [Fact]
    public void A_truncated_result_is_refused_and_only_it_runs_again()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunMissing();
        string file = fixture.ResultFile(5);
        string whole = File.ReadAllText(file);
        DateTime untouched = File.GetLastWriteTimeUtc(fixture.ResultFile(6));
        File.WriteAllText(file, whole[..(whole.Length / 2)]);

        PlanStatus status = fixture.Plan.GetStatus();
        Assert.Equal([5], status.Missing);
        InvalidResult invalid = Assert.Single(status.Invalid);
        Assert.Equal(file, invalid.File);
        Assert.Contains("truncated", invalid.Reason, StringComparison.Ordinal);
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => fixture.Plan.Merge());
        Assert.Equal("ResultsMissing", error.ErrorId);
        Assert.Contains("1 of 16 results are missing (fold 1 at penalty 1)", error.Message, StringComparison.Ordinal);
        Assert.Contains("task-000005.json", error.Message, StringComparison.Ordinal);

        fixture.Plan.RunMissing();
        Assert.Equal(whole, File.ReadAllText(file));
        Assert.Equal(untouched, File.GetLastWriteTimeUtc(fixture.ResultFile(6)));
        Assert.True(fixture.Plan.GetStatus().IsComplete);
    }

    [Fact]
    public void A_result_of_another_plan_is_refused()
    {
        using PlanFixture fixture = new();
        using PlanFixture other = new(o => o.GridMin = 1e-5);
        other.Plan.RunTasks([2], fixture.ResultFile(2));
        PlanStatus status = fixture.Plan.GetStatus();
        Assert.Empty(status.Done);
        Assert.Contains("another plan", Assert.Single(status.Invalid).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"task\":3", "\"task\":4")]
    [InlineData("\"fold\":0", "\"fold\":1")]
    [InlineData("\"task\":3", "\"task\":99")]
    [InlineData("\"penalties\":[3]", "\"penalties\":[2]")]
    public void A_result_with_a_wrong_identity_is_refused(string written, string forged)
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunTasks([3], fixture.ResultFile(3));
        string text = File.ReadAllText(fixture.ResultFile(3));
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(fixture.ResultFile(3), text.Replace(written, forged, StringComparison.Ordinal));
        PlanStatus status = fixture.Plan.GetStatus();
        Assert.Empty(status.Done);
        Assert.Single(status.Invalid);
    }

    [Fact]
    public void Of_results_that_contradict_each_other_neither_counts_and_both_are_named()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunTasks([3], fixture.ResultFile(3));
        string other = Path.Combine(fixture.Plan.ResultsDirectory, "again.json");
        File.Copy(fixture.ResultFile(3), other);
        Assert.Empty(fixture.Plan.GetStatus().Invalid);

        Forge(other, "\"scores\":[", "\"scores\":[1");
        PlanStatus status = fixture.Plan.GetStatus();
        Assert.DoesNotContain(3, status.Done);
        Assert.Equal(["again.json", Path.GetFileName(fixture.ResultFile(3))], status.Invalid.Select(invalid => Path.GetFileName(invalid.File)));
        Assert.Contains($"it contradicts '{Path.GetFileName(fixture.ResultFile(3))}' about task 3", status.Invalid[0].Reason, StringComparison.Ordinal);
        Assert.Contains("it contradicts 'again.json' about task 3", status.Invalid[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_file_larger_than_the_plan_can_fill_is_refused_unread()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunTasks([3], fixture.ResultFile(3));
        File.AppendAllText(fixture.ResultFile(3), new string(' ', 64 << 20));

        PlanStatus status = fixture.Plan.GetStatus();

        Assert.Empty(status.Done);
        Assert.Matches("^it has [0-9,]+ bytes, and the results of all [0-9]+ tasks have at most [0-9,]+$", Assert.Single(status.Invalid).Reason);
    }

    [Fact]
    public void A_score_below_zero_is_refused()
    {
        using PlanFixture fixture = new();
        fixture.Plan.RunTasks([3], fixture.ResultFile(3));
        Forge(fixture.ResultFile(3), "\"scores\":[", "\"scores\":[-");
        PlanStatus status = fixture.Plan.GetStatus();
        Assert.Empty(status.Done);
        Assert.Contains("not a number of 0 or more", Assert.Single(status.Invalid).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_cannot_name_files_outside_its_directory()
    {
        using PlanFixture fixture = new();
        File.Delete(Path.Combine(fixture.Folder, "manifest.json"));
        File.Copy(Path.Combine(fixture.Folder, "features.npy"), Path.Combine(fixture.Folder, "..", "features.npy"));
        Forge(fixture.Plan.PlanFile, "\"name\":\"features.npy\"", "\"name\":\"../features.npy\"");
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => BatchPlans.Load(fixture.Folder).RunMissing());
        Assert.Contains("outside its directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_matrix_is_noticed()
    {
        using PlanFixture fixture = new();
        string file = Path.Combine(fixture.Folder, "features.npy");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => BatchPlans.Load(fixture.Folder));
        Assert.Equal("PlanDamaged", error.ErrorId);
        Assert.Contains("features.npy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_plan_says_so()
    {
        using TempFolder folder = new();
        Assert.Equal("PlanNotFound", Assert.Throws<BatchPlanException>(() => BatchPlans.Load(folder.Root)).ErrorId);
    }

    [Fact]
    public void A_failing_task_is_noted_and_the_others_are_done()
    {
        using PlanFixture fixture = new(o => o.MaxIter = 5);
        BatchPlanException error = Assert.Throws<BatchPlanException>(() => fixture.Plan.RunMissing());
        Assert.Equal("TasksFailed", error.ErrorId);
        PlanStatus status = fixture.Plan.GetStatus();
        Assert.NotEmpty(status.Done);
        Assert.NotEmpty(status.Failed);
        Assert.Equal(status.Missing, status.Failed.Select(f => f.Task));
        Assert.All(status.Failed, f => Assert.Equal("SearchDidNotConverge", f.ErrorId));
    }

    [Fact]
    public void Cancelling_keeps_what_is_done()
    {
        using PlanFixture fixture = new();
        using CancellationTokenSource source = new();
        Progress stop = new(p =>
        {
            if (p.Completed >= 4)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => fixture.Plan.RunMissing(1, stop, source.Token));
        PlanStatus status = fixture.Plan.GetStatus();
        Assert.Equal(4, status.Done.Length);
        Assert.Empty(status.Invalid);
        fixture.Plan.RunMissing();
        Assert.True(fixture.Plan.GetStatus().IsComplete);
    }

    [Fact]
    public async Task Two_runners_share_the_work()
    {
        using PlanFixture fixture = new();
        BatchPlan second = BatchPlans.Load(fixture.Folder);
        await Task.WhenAll(Task.Run(() => fixture.Plan.RunMissing(1)), Task.Run(() => second.RunMissing(1)));
        Assert.True(fixture.Plan.GetStatus().IsComplete);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(fixture.Folder, "claims")));
    }

    [Fact]
    public void A_task_that_is_claimed_is_left_to_its_owner()
    {
        using PlanFixture fixture = new();
        using (TaskClaim claim = TaskClaim.TryTake(fixture.Folder, 7)!)
        {
            Assert.Null(TaskClaim.TryTake(fixture.Folder, 7));
            fixture.Plan.RunMissing();
            Assert.Equal([7], fixture.Plan.GetStatus().Missing);
        }

        fixture.Plan.RunMissing();
        Assert.True(fixture.Plan.GetStatus().IsComplete);
    }

    private static void Forge(string file, string written, string forged)
    {
        string text = File.ReadAllText(file);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(written, forged, StringComparison.Ordinal));
    }

    private sealed class Progress(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
