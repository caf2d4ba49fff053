using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Tests;

/// <summary>A client with a signer of its own, written from the protocol and not from the server's code.</summary>
internal sealed class SignedClient(Uri url, string account, byte[] key, SocketsHttpHandler? handler = null) : IDisposable
{
    private readonly HttpClient _http = new(handler ?? new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };

    public string Version { get; set; } = "2025-06-01";

    /// <summary>How wrong this client's clock is.</summary>
    public TimeSpan Clock { get; set; }

    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        string target = path.Contains("api-version=", StringComparison.Ordinal) ? path : path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "api-version=" + Version;
        using HttpRequestMessage request = new(method, target);
        string date = (DateTimeOffset.UtcNow + Clock).ToString("r", CultureInfo.InvariantCulture);
        request.Headers.Add("ocp-date", date);
        string length = "";
        string type = "";
        if (body is not null)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
            type = "application/json; odata=minimalmetadata";
            length = bytes.Length.ToString(CultureInfo.InvariantCulture);
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        else if (method == HttpMethod.Post || method == HttpMethod.Put || method == HttpMethod.Patch)
        {
            length = "0";
            request.Content = new ByteArrayContent([]);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        string Given(string name) => headers.FirstOrDefault(item => item.Name == name).Value ?? "";
        string own = string.Concat(headers.Append(("ocp-date", date)).Where(item => item.Item1.StartsWith("ocp-", StringComparison.Ordinal))
            .OrderBy(item => item.Item1, StringComparer.Ordinal).Select(item => $"{item.Item1}:{item.Item2}\n"));
        string[] parts = target.Split('?', 2);
        string query = string.Concat(parts[1].Split('&').Select(part => part.Split('=', 2))
            .Select(part => (Uri.UnescapeDataString(part[0]), Uri.UnescapeDataString(part[1])))
            .OrderBy(item => item.Item1, StringComparer.Ordinal).Select(item => $"\n{item.Item1}:{item.Item2}"));
        string text = $"{method}\n\n\n{length}\n\n{type}\n\n\n{Given("If-Match")}\n{Given("If-None-Match")}\n\n\n{own}/{account}{parts[0]}{query}";
        string signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{account}:{signature}");
        using HttpResponseMessage response = await _http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.NonValidated.ToDictionary(item => item.Key, item => item.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string? json = null) => SendAsync(HttpMethod.Post, path, json is null ? null : JsonNode.Parse(json));

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public void Dispose() => _http.Dispose();
}

internal sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => Text.Length == 0 ? null : Json["code"]?.ToString();
}
