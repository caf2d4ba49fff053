using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using SparseSC.Azure.Batch;

namespace SparseSC.BatchServer.Tests;

/// <summary>Our own client over https with tokens, as with the service.</summary>
public class TokenTests : ServerTest
{
    private const string Token = "a-token-that-opens-nothing-else";

    private protected override ServerOptions Options => base.Options with { Url = new Uri("https://127.0.0.1:0"), Token = Token };

    [Fact]
    public async Task Our_client_makes_a_pool_and_runs_tasks_with_a_token()
    {
        BatchClient client = Connect(Token);
        BatchVirtualMachineConfiguration machine = new()
        {
            ImageReference = new BatchImageReference { Publisher = "canonical", Offer = "ubuntu-24_04-lts", Sku = "server", Version = "latest" },
            NodeAgentSkuId = "batch.node.ubuntu 24.04",
        };
        await client.Pools.CreateAsync(new BatchPoolCreateOptions
        {
            Id = "p1", VmSize = "standard_d2s_v3", VirtualMachineConfiguration = machine, TargetDedicatedNodes = 1, TaskSlotsPerNode = 2,
        });
        await client.Jobs.CreateAsync(new BatchJobCreateOptions { Id = "j1", PoolInfo = new BatchPoolInfo { PoolId = "p1" } });
        await client.Tasks.AddCollectionAsync(
            "j1", [.. Enumerable.Range(0, 5).Select(task => new BatchTaskCreateOptions { Id = $"t{task}", CommandLine = $"/bin/sh -c 'echo result {task}'" })]);

        await WhenAsync("/jobs/j1/taskcounts", counts => (int)counts["taskCounts"]!["succeeded"]! == 5);
        await using Stream output = (await client.Files.OpenFromTaskAsync("j1", "t3", "stdout.txt")).Value;

        Assert.Equal("result 3\n", await new StreamReader(output).ReadToEndAsync());
    }

    [Fact]
    public async Task Our_client_works_over_https_with_the_key_too()
    {
        using SocketsHttpHandler handler = Host.CreateHandler();
        BatchClient client = new(Host.Url, new BatchSharedKeyCredential(Account, Key), Settings(handler));

        Assert.False(await client.Pools.ExistsAsync("none"));
    }

    [Fact]
    public async Task Another_token_is_refused_with_a_challenge()
    {
        RequestFailedException refused = await Assert.ThrowsAsync<RequestFailedException>(() => Connect("another").Pools.GetAsync("p1"));

        Assert.Equal(401, refused.Status);
        Assert.Equal("AuthenticationFailed", refused.ErrorCode);
        Assert.StartsWith("Bearer ", refused.GetRawResponse()!.Headers.First(header => header.Name == "WWW-Authenticate").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_trusts_the_certificate_without_being_told_to()
    {
        using HttpClient stranger = new();

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(Host.Url));

        Assert.IsType<AuthenticationException>(refused.InnerException);
    }

    [Fact]
    public async Task An_account_without_keys_says_so()
    {
        await using BatchHost tokensOnly = await BatchHost.StartAsync(Options with { Key = null });
        using SignedClient signed = new(tokensOnly.Url, Account, Convert.FromBase64String(Key), tokensOnly.CreateHandler());
        using HttpClient unsigned = new(tokensOnly.CreateHandler());

        Answer refused = await signed.GetAsync("/pools");
        using HttpResponseMessage challenged = await unsigned.GetAsync(new Uri(tokensOnly.Url, "/pools?api-version=2025-06-01"));
        unsigned.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using HttpResponseMessage admitted = await unsigned.GetAsync(new Uri(tokensOnly.Url, "/pools?api-version=2025-06-01"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("SharedKey is not allowed", refused.Json["values"]![0]!["value"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, challenged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
    }

    private static BatchClientOptions Settings(SocketsHttpHandler handler)
    {
        BatchClientOptions options = new() { Transport = new HttpClientTransport(handler) };
        options.Retry.MaxRetries = 0;
        return options;
    }

    private BatchClient Connect(string token) => new(Host.Url, new FixedToken(token), Settings(Host.CreateHandler()));

    private sealed class FixedToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
