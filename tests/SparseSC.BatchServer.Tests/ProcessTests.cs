using System.Net;

namespace SparseSC.BatchServer.Tests;

/// <summary>The server as a program of its own, as other tests start it.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task It_says_when_it_is_ready_and_logs_what_was_asked(string scheme)
    {
        await using BatchProcess server = await BatchProcess.StartAsync(scheme);
        using SignedClient client = new(server.Url, BatchProcess.Account, Convert.FromBase64String(server.Key), server.CreateHandler());

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/jobs?$select=id")).Status);
        Assert.Equal(scheme, server.Url.Scheme);
        Assert.Equal(["GET /jobs 200"], server.Requests);
        Assert.Equal(scheme == "https", File.Exists(server.CertificateFile));
        Assert.True(scheme == "http" || !File.ReadAllText(server.CertificateFile).Contains("PRIVATE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_that_cannot_be_used_end_it_at_once()
    {
        InvalidOperationException problem = await Assert.ThrowsAsync<InvalidOperationException>(() => BatchProcess.StartAsync("http", "--faults", "/no/such/file"));
        (int code, _) = Commands.Run("dotnet", null, Path.Combine(AppContext.BaseDirectory, "SparseSC.BatchServer.dll"), "--urls", "http://127.0.0.1:0");

        Assert.StartsWith("FaultFileNotFound: --faults", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, code);
    }
}
