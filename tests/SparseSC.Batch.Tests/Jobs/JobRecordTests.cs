using SparseSC.Batch.Jobs.Local;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Tests.Jobs;

public class JobRecordTests
{
    [Fact]
    public void A_record_comes_back_as_it_was_written()
    {
        using TempFolder folder = new();
        JobRecord record = new()
        {
            Id = "a-1",
            BatchDirectory = "/some/where \"else\"",
            PlanHash = "abc",
            Tasks = 200,
            Created = new DateTimeOffset(2026, 11, 22, 7, 31, 0, TimeSpan.FromHours(1)),
            Stopped = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero),
            Detached = true,
            Machine = "here",
            Launcher = new ProcessIdentity(16, "w"),
            Workers = [new ProcessIdentity(17, "x"), new ProcessIdentity(18, "y")],
        };

        JobRecordFile.Write(folder.Path("job.json"), record);

        Assert.Equivalent(record, JobRecordFile.Read(folder.Path("job.json")), strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":1,\"id\":null}")]
    public void A_damaged_record_is_refused_with_its_path(string text)
    {
        using TempFolder folder = new();
        string path = folder.Write("job.json", text);

        BatchJobException error = Assert.Throws<BatchJobException>(() => JobRecordFile.Read(path));

        Assert.Equal("JobRecordUnreadable", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    public void An_id_cannot_leave_the_folder_of_jobs(string id) =>
        Assert.Equal("InvalidJobId", Assert.Throws<BatchJobException>(() => JobStore.RequireValidId(id)).ErrorId);

    [Theory]
    [InlineData("/data/prop99/", "prop99-")]
    [InlineData("/data/my plan.v2", "my-plan-v2-")]
    [InlineData("/", "job-")]
    [InlineData("/données", "donn-es-")]
    public void An_id_is_made_of_the_folders_name(string directory, string beginning)
    {
        string id = JobName.Make(directory);

        Assert.StartsWith(beginning, id, StringComparison.Ordinal);
        JobStore.RequireValidId(id);
    }

    [Fact]
    public async Task Only_one_session_at_a_time_starts_jobs()
    {
        using TempFolder folder = new();
        JobStore store = new(folder.Root);
        IDisposable first = await store.LockAsync(CancellationToken.None);
        Task<IDisposable> second = store.LockAsync(CancellationToken.None);
        await Task.Delay(200);

        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second.WaitAsync(HangGuard.Limit)).Dispose();
    }
}
