namespace SparseSC.BatchServer.Tests;

public class QueryTests : ServerTest
{
    private static readonly string[] Versions = ["2022-10-01.16.0", "2025-06-01"];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AddPoolAsync(nodes: 1);
        await AddJobAsync();
        await AddTaskAsync("t", "true");
        await CompletedAsync("t");
    }

    [Theory]
    [InlineData("/pools", "$select=id,colour")]
    [InlineData("/pools/p1", "$select=colour")]
    [InlineData("/pools/p1/nodes", "$select=id,colour")]
    [InlineData("/jobs", "$select=executionInfo/poolId")]
    [InlineData("/jobs/j1", "$select=ids")]
    [InlineData("/jobs/j1/tasks", "$select=id,exitCode")]
    [InlineData("/jobs/j1/tasks/t", "$select=exitCode")]
    [InlineData("/jobs/j1/tasks", "$expand=executionInfo")]
    [InlineData("/pools", "$expand=stats,nodes")]
    [InlineData("/jobs/j1/tasks", "$filter=exitCode eq 0")]
    [InlineData("/jobs/j1/tasks", "$filter=executionInfo/code eq 0")]
    [InlineData("/jobs/j1/tasks", "$filter=state eq 'finished'")]
    [InlineData("/jobs/j1/tasks", "$filter=executionInfo/exitCode eq 'none'")]
    [InlineData("/jobs/j1/tasks", "$filter=creationTime gt '2020-01-01'")]
    [InlineData("/jobs/j1/tasks", "$filter=startswith(executionInfo/exitCode,'1')")]
    [InlineData("/jobs", "$filter=startswith(colour,'r')")]
    [InlineData("/pools/p1/nodes", "$filter=status eq 'idle'")]
    [InlineData("/jobs/j1/tasks/t/files", "$filter=size gt 1")]
    [InlineData("/supportedimages", "$filter=offer eq 'x'")]
    public async Task Names_and_values_that_do_not_exist_are_refused(string path, string query)
    {
        foreach (string version in Versions)
        {
            Answer answer = await Client.GetAsync($"{path}?{Escaped(query)}&api-version={version}");

            Assert.Equal((400, "InvalidQueryParameterValue"), ((int)answer.Status, answer.Code));
            Assert.Equal(query[..query.IndexOf('=')], answer.Json["values"]![0]!["value"]!.ToString());
        }
    }

    [Theory]
    [InlineData("/pools", "$select=id,state,currentDedicatedNodes&$expand=stats")]
    [InlineData("/pools/p1", "$select=*&$expand=stats")]
    [InlineData("/jobs", "$filter=state eq 'active' and executionInfo/poolId eq 'p1'")]
    [InlineData("/jobs/j1/tasks", "$select=id,executionInfo&$filter=executionInfo/exitCode eq 0 and executionInfo/result eq 'success'")]
    [InlineData("/jobs/j1/tasks", "$filter=executionInfo/endTime gt datetime'2020-01-01T00:00:00Z' and not (nodeInfo/nodeId eq null)")]
    [InlineData("/jobs/j1/tasks/t/files", "$filter=startswith(name,'std')")]
    [InlineData("/pools/p1/nodes", "$filter=state eq 'idle' or state eq 'running'")]
    [InlineData("/supportedimages", "$filter=verificationType eq 'verified'")]
    public async Task Names_and_values_that_exist_are_taken(string path, string query)
    {
        foreach (string version in Versions)
        {
            Answer answer = await Client.GetAsync($"{path}?{Escaped(query)}&api-version={version}");

            Assert.True((int)answer.Status == 200, answer.Text);
            Assert.NotEqual("[]", answer.Json["value"]?.ToJsonString());
        }
    }

    private static string Escaped(string query) => string.Join('&', query.Split('&').Select(part => part.Split('=', 2)).Select(part => $"{part[0]}={Uri.EscapeDataString(part[1])}"));
}
