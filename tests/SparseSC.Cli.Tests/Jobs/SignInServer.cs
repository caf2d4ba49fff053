using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace SparseSC.Cli.Tests.Jobs;

/// <summary>Issues tokens over https on loopback, as Entra ID does to applications that prove who they are with a signed assertion.</summary>
/// <remarks>
/// The assertion is checked: one of a certificate by its signature, one of a workload by being the very text that the cluster handed out.
/// What is issued for storage is a token that Azurite reads; for Batch it is the one token that the test server knows.
/// </remarks>
internal sealed class SignInServer : IAsyncDisposable
{
    public const string Tenant = "66666666-7777-8888-9999-000000000000";
    public const string Client = "01234567-89ab-cdef-0123-456789abcdef";

    private readonly WebApplication _application;
    private readonly string _batchToken;
    private readonly X509Certificate2 _owner;
    private readonly string _federated;
    private readonly ConcurrentQueue<string> _scopes = new();
    private readonly ConcurrentQueue<string> _refused = new();

    private SignInServer(WebApplication application, string batchToken, X509Certificate2 certificate, string federated)
    {
        _application = application;
        _batchToken = batchToken;
        _owner = certificate;
        _federated = federated;
        application.MapPost($"/{Tenant}/oauth2/v2.0/token", TokenAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Url => _application.Urls.First();

    /// <summary>What tokens were issued for.</summary>
    public IReadOnlyCollection<string> Scopes => _scopes;

    /// <summary>What tokens were asked for and refused.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>Starts one on a free port.</summary>
    /// <param name="server">The certificate of the server itself.</param>
    /// <param name="batchToken">What is issued for Batch.</param>
    /// <param name="application">The certificate whose owner is let in.</param>
    /// <param name="federated">The text whose bearer is let in.</param>
    public static async Task<SignInServer> StartAsync(X509Certificate2 server, string batchToken, X509Certificate2 application, string federated)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(server)));
        SignInServer made = new(builder.Build(), batchToken, application, federated);
        await made._application.StartAsync();
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    /// <summary>A token as Azurite reads it: claims, and a signature that it does not check.</summary>
    private static string StorageToken()
    {
        DateTimeOffset issued = DateTimeOffset.UtcNow.AddMinutes(-5);
        string claims = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["aud"] = "https://storage.azure.com",
            ["iss"] = $"https://sts.windows.net/{Tenant}/",
            ["iat"] = issued.ToUnixTimeSeconds(),
            ["nbf"] = issued.ToUnixTimeSeconds(),
            ["exp"] = issued.AddHours(1).ToUnixTimeSeconds(),
            ["oid"] = Client,
            ["tid"] = Tenant,
        });
        return $"{Base64Url.EncodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.AAAA";
    }

    private async Task TokenAsync(HttpContext http)
    {
        IFormCollection form = await http.Request.ReadFormAsync();
        string scope = form["scope"].ToString();
        bool isProven = form["grant_type"] == "client_credentials"
            && form["client_id"] == Client
            && form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            && IsProof(form["client_assertion"].ToString());
        http.Response.StatusCode = isProven ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        http.Response.ContentType = "application/json";
        (isProven ? _scopes : _refused).Enqueue(scope);

        string token = scope.Contains("batch.core", StringComparison.Ordinal) ? _batchToken : StorageToken();
        await http.Response.WriteAsync(isProven
            ? $$"""{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"{{token}}"}"""
            : """{"error":"invalid_client","error_description":"AADSTS700027: The assertion is not valid."}""");
    }

    private bool IsProof(string assertion)
    {
        if (assertion == _federated)
        {
            return true;
        }

        string[] parts = assertion.Split('.');
        if (parts.Length != 3)
        {
            return false;
        }

        using JsonDocument header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        RSASignaturePadding? padding = header.RootElement.GetProperty("alg").GetString() switch
        {
            "PS256" => RSASignaturePadding.Pss,
            "RS256" => RSASignaturePadding.Pkcs1,
            _ => null,
        };
        using RSA key = _owner.GetRSAPublicKey()!;
        return padding is not null
            && claims.RootElement.GetProperty("iss").GetString() == Client
            && claims.RootElement.GetProperty("aud").GetString()!.StartsWith(Url, StringComparison.Ordinal)
            && key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, padding);
    }
}
