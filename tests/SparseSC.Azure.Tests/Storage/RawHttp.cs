using System.Net;
using SparseSC.Azure.Storage;

namespace SparseSC.Azure.Tests.Storage;

/// <summary>What a compute node does with a signed address: plain requests, without any library of Azure.</summary>
internal sealed class RawHttp(HttpMessageHandler? handler = null) : IDisposable
{
    private readonly HttpClient _http = new(handler ?? new SocketsHttpHandler());

    /// <summary>Another place of the same account with the same signature.</summary>
    public static Uri At(SignedAddress address, string path, string query = "")
    {
        Uri uri = address.ToSecretUri();
        return new Uri($"{uri.GetLeftPart(UriPartial.Authority)}/{AzuriteServer.Account}{path}{uri.Query}{(query.Length == 0 ? "" : "&" + query)}");
    }

    public Task<byte[]> GetBytesAsync(Uri uri) => _http.GetByteArrayAsync(uri);

    public Task<HttpStatusCode> GetAsync(Uri uri) => SendAsync(new HttpRequestMessage(HttpMethod.Get, uri));

    public Task<HttpStatusCode> DeleteAsync(Uri uri) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, uri));

    public Task<HttpStatusCode> PutAsync(Uri uri) => SendAsync(new HttpRequestMessage(HttpMethod.Put, uri)
    {
        Content = new ByteArrayContent([1, 2, 3]),
        Headers = { { "x-ms-blob-type", "BlockBlob" } },
    });

    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using HttpRequestMessage sent = request;
        using HttpResponseMessage response = await _http.SendAsync(request);
        return response.StatusCode;
    }
}
