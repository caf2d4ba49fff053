using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace SparseSC.BatchServer;

/// <summary>Stands in for the place where a machine in Azure gets tokens of its managed identities.</summary>
/// <remarks>Its tokens are as Entra ID would make them for storage, but for the signature, which Azurite does not check.</remarks>
internal sealed class IdentityEndpoint : IDisposable
{
    private const string Audience = "https://storage.azure.com/";
    private readonly HttpListener _listener = new();
    private readonly HashSet<string> _identities;

    private IdentityEndpoint(IEnumerable<string> identities)
    {
        _identities = new HashSet<string>(identities, StringComparer.OrdinalIgnoreCase);
        for (int port = Random.Shared.Next(20000, 60000); !_listener.IsListening; port++)
        {
            try
            {
                Url = new Uri($"http://127.0.0.1:{port}/metadata/identity/oauth2/token");
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                _listener.Start();
            }
            catch (HttpListenerException)
            {
                // Somebody else has the port.
            }
        }

        _ = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The identities that were asked for so far.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <param name="identities">The identities that machines have, by their resource ids.</param>
    public static IdentityEndpoint Start(params string[] identities) => new(identities);

    public void Dispose() => _listener.Close();

    /// <summary>A token for storage.</summary>
    public static string Token()
    {
        DateTimeOffset issued = DateTimeOffset.UtcNow.AddMinutes(-5);
        JsonObject claims = new()
        {
            ["aud"] = Audience.TrimEnd('/'),
            ["iss"] = "https://sts.windows.net/66666666-7777-8888-9999-000000000000/",
            ["iat"] = issued.ToUnixTimeSeconds(),
            ["nbf"] = issued.ToUnixTimeSeconds(),
            ["exp"] = issued.AddHours(1).ToUnixTimeSeconds(),
            ["oid"] = "11111111-2222-3333-4444-555555555555",
            ["tid"] = "66666666-7777-8888-9999-000000000000",
        };
        return $"{Part("""{"alg":"RS256","typ":"JWT"}""")}.{Part(claims.ToJsonString())}.{Part("no signature")}";
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                (int status, JsonObject answer) = Answer(context.Request);
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
                context.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // Closed by Dispose.
        }
    }

    // Refusals as https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token has them.
    private (int Status, JsonObject Answer) Answer(HttpListenerRequest request)
    {
        string identity = request.QueryString["msi_res_id"] ?? "";
        Asked.Enqueue(identity);
        if (request.Headers["Metadata"] != "true")
        {
            return Refused("Required metadata header not specified");
        }

        if (request.QueryString["api-version"] != "2018-02-01" || request.QueryString["resource"] != Audience)
        {
            return Refused("The api-version or the resource is not known");
        }

        return _identities.Contains(identity)
            ? (200, new JsonObject { ["access_token"] = Token(), ["resource"] = Audience, ["token_type"] = "Bearer" })
            : Refused("Identity not found");
    }

    private static (int Status, JsonObject Answer) Refused(string description) =>
        (400, new JsonObject { ["error"] = "invalid_request", ["error_description"] = description });
}
