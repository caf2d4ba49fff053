using Azure;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Tests.Wire;

namespace SparseSC.Azure.Tests;

public class PagingTests
{
    [Fact]
    public async Task A_list_goes_from_page_to_page()
    {
        await using LoopbackServer server = new(Pages);

        List<BatchJob> jobs = await TestAccount.Client(server).Jobs.ListAsync("state eq 'active'").ToListAsync();

        Assert.Equal(["j0", "j1", "j3"], jobs.Select(job => job.Id));
        Assert.Equal(4, server.Requests.Count);
        Assert.All(server.Requests, TestAccount.AssertSigned);
    }

    [Fact]
    public async Task Pages_are_fetched_when_they_are_needed()
    {
        await using LoopbackServer server = new(Pages);

        BatchJob first = (await TestAccount.Client(server).Jobs.ListAsync().FirstOrDefaultAsync())!;

        Assert.Equal("j0", first.Id);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_list_is_taken_up_where_it_was_left()
    {
        await using LoopbackServer server = new(Pages);
        AsyncPageable<BatchJob> list = TestAccount.Client(server).Jobs.ListAsync();
        string? token = (await list.AsPages().FirstAsync()).ContinuationToken;

        List<Page<BatchJob>> rest = await list.AsPages(token).ToListAsync();

        Assert.Equal(["j1", "j3"], rest.SelectMany(page => page.Values).Select(job => job.Id));
    }

    [Fact]
    public async Task The_credential_never_follows_a_list_to_another_host()
    {
        await using LoopbackServer other = new(_ => new WireReply(200, "{\"value\":[]}"));
        await using LoopbackServer server = new(_ => new WireReply(200, $"{{\"value\":[],\"odata.nextLink\":\"{other.Endpoint}jobs?api-version=2025-06-01\"}}"));

        await Assert.ThrowsAsync<RequestFailedException>(async () => await TestAccount.Client(server).Jobs.ListAsync().ToListAsync());

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_list_can_be_cancelled_between_pages()
    {
        using CancellationTokenSource cancel = new();
        await using LoopbackServer server = new(Pages);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (BatchJob job in TestAccount.Client(server).Jobs.ListAsync(cancellationToken: cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });
        Assert.Single(server.Requests);
    }

    // Four pages; the third is empty, as pages of filtered lists can be.
    private static WireReply Pages(WireRequest request)
    {
        int page = int.Parse(request.Query().FirstOrDefault(pair => pair.Name == "$skiptoken").Value ?? "0");
        string value = page == 2 ? "" : $"{{\"id\":\"j{page}\"}}";
        string next = page == 3 ? "" : $",\"odata.nextLink\":\"http://{request.Header("Host")}/jobs?api-version=2025-06-01&%24skiptoken={page + 1}\"";
        return new WireReply(200, $"{{\"odata.metadata\":\"x\",\"value\":[{value}]{next}}}");
    }
}
