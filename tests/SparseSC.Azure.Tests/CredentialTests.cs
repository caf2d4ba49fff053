using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using SparseSC.Azure.Batch;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests;

public class CredentialTests
{
    [Theory]
    [InlineData(null, "https://batch.core.windows.net//.default")]
    [InlineData("https://batch.core.chinacloudapi.cn//.default", "https://batch.core.chinacloudapi.cn//.default")]
    public async Task A_token_is_asked_for_and_sent(string? scope, string expected)
    {
        RecordedToken credential = new();
        RecordedTransport transport = new();
        BatchClientOptions options = new() { Transport = new HttpClientTransport(transport) };
        options.Scope = scope ?? options.Scope;

        BatchPool pool = await new BatchClient(new Uri("https://contoso.westeurope.batch.azure.com"), credential, options).Pools.GetAsync("p");

        Assert.Equal("p", pool.Id);
        Assert.Equal([expected], credential.Scopes);
        Assert.Equal("Bearer a-token", transport.Authorization);
    }

    [Fact]
    public void A_token_does_not_travel_in_the_clear() => Assert.Equal(
        "BatchEndpointNotHttps",
        Assert.Throws<InvalidInputException>(() => new BatchClient(new Uri("http://127.0.0.1:1"), new RecordedToken())).ErrorId);

    [Theory]
    [InlineData("contoso.westeurope.batch.azure.com")]
    [InlineData("ftp://contoso")]
    [InlineData("https://contoso.westeurope.batch.azure.com/?sv=1")]
    public void What_is_no_endpoint_is_refused(string endpoint) => Assert.Equal(
        "BatchEndpointInvalid",
        Assert.Throws<InvalidInputException>(
            () => new BatchClient(new Uri(endpoint, UriKind.RelativeOrAbsolute), new BatchSharedKeyCredential("contoso", "AAAA"))).ErrorId);

    private sealed class RecordedToken : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("a-token", DateTimeOffset.UtcNow.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class RecordedTransport : HttpMessageHandler
    {
        public string? Authorization { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorization = request.Headers.Authorization?.ToString();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{\"id\":\"p\"}", Encoding.UTF8, "application/json") });
        }
    }
}
