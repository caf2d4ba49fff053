using SparseSC.Batch.Jobs;

namespace SparseSC.Batch.Tests.Jobs;

/// <summary>The reason why nothing runs is said once, and again when it is another one.</summary>
public sealed class JobNewsTests
{
    [Fact]
    public void A_reason_is_told_once_per_change()
    {
        JobNews news = new();
        Assert.Null(news.Of(Running("")));
        Assert.Equal("No machine has come up (quota).", news.Of(Running("No machine has come up (quota).")));
        Assert.Null(news.Of(Running("No machine has come up (quota).")));
        Assert.Equal("2 machines are starting for 3 minutes.", news.Of(Running("2 machines are starting for 3 minutes.")));
        Assert.Null(news.Of(Running("1 machines are starting for 4 minutes.")));
        Assert.Null(news.Of(Running("No machine has come up (quota).")));
        Assert.Null(news.Of(Running("", done: 3)));
        Assert.Equal("No machine has come up (quota).", news.Of(Running("No machine has come up (quota).", done: 3)));
        Assert.Null(news.Of(Running("", done: 3)));
        Assert.Null(news.Of(Running("No machine has come up (quota).", done: 3)));
    }

    [Fact]
    public void A_job_that_is_over_tells_it_by_itself() =>
        Assert.Null(new JobNews().Of(new BatchJob { State = BatchJobState.Failed, Message = "It failed." }));

    private static BatchJob Running(string message, int done = 0) => new() { State = BatchJobState.Running, Message = message, Done = done };
}
