using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Web;
using Azure.Core;
using Azure.Identity;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Storage;

/// <summary>Signed in with a token: over https, to an Azurite that reads tokens.</summary>
public sealed class DelegationTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sparsesc-delegation-");
    private AzuriteServer? _server;
    private X509Certificate2? _certificate;

    public async Task InitializeAsync()
    {
        if (AzuriteInstall.Missing is not null)
        {
            return;
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string certificateFile = Path.Combine(_folder.FullName, "cert.pem");
        string keyFile = Path.Combine(_folder.FullName, "key.pem");
        await File.WriteAllTextAsync(certificateFile, _certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        _server = await AzuriteServer.StartAsync("--oauth", "basic", "--cert", certificateFile, "--key", keyFile);
    }

    public Task DisposeAsync()
    {
        _server?.Dispose();
        _certificate?.Dispose();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [AzuriteFact]
    public async Task Addresses_are_signed_with_a_key_that_the_service_makes_for_who_is_signed_in()
    {
        StorageContainer container = Account(new Token()).Container("plan");
        await container.CreateIfMissingAsync();
        await container.WriteTextAsync("inputs/a", "input");
        using RawHttp http = new(Trusting());

        StorageAccess access = await container.GrantAccessAsync();
        SignedAddress read = access.ReadBlob("inputs/a");
        SignedAddress write = access.WriteOutputs();

        Assert.Equal(("https", Token.ObjectId, "r"), Says(read));
        Assert.Equal(("https", Token.ObjectId, "cw"), Says(write));
        Assert.Equal("input"u8.ToArray(), await http.GetBytesAsync(read.ToSecretUri()));
        Assert.Equal(HttpStatusCode.Forbidden, await http.PutAsync(read.ToSecretUri()));
        Assert.Equal(HttpStatusCode.Created, await http.PutAsync(RawHttp.At(write, "/plan/results/new")));
        Assert.Equal(HttpStatusCode.Forbidden, await http.GetAsync(RawHttp.At(write, "/plan/inputs/a")));
        Assert.Equal(HttpStatusCode.Forbidden, await http.GetAsync(RawHttp.At(write, "/plan", "restype=container&comp=list")));
        Assert.Equal(HttpStatusCode.Forbidden, await http.DeleteAsync(RawHttp.At(write, "/plan/inputs/a")));
    }

    [AzuriteFact]
    public async Task Seven_days_are_possible_and_more_are_refused()
    {
        StorageContainer container = Account(new Token()).Container("plan");

        StorageAccess week = await container.GrantAccessAsync(TimeSpan.FromDays(7));
        InvalidInputException error = await Assert.ThrowsAsync<InvalidInputException>(() => container.GrantAccessAsync(TimeSpan.FromDays(7.01)));

        System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(week.WriteOutputs().ToSecretUri().Query);
        Assert.InRange(
            DateTimeOffset.Parse(query["ske"]!) - DateTimeOffset.Parse(query["skt"]!), TimeSpan.FromDays(6.9), StorageAccess.LongestDelegation);
        Assert.Equal("StorageAccessDurationInvalid", error.ErrorId);
        Assert.Contains("7 days", error.Message);
    }

    [AzuriteFact]
    public async Task A_token_that_the_service_does_not_take_is_said_without_it()
    {
        Token token = new() { Audience = "https://elsewhere.example" };

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => Account(token).Container("plan").CreateIfMissingAsync());

        Assert.Equal("StorageSignInFailed", error.ErrorId);
        Assert.DoesNotContain(token.Text(), error.ToString());
    }

    [AzuriteFact]
    public async Task Who_has_no_token_is_told_why()
    {
        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() =>
            Account(new NobodySignedIn()).Container("plan").CreateIfMissingAsync());

        Assert.Equal("StorageSignInFailed", error.ErrorId);
        Assert.Contains("Run 'az login'.", error.Message);
    }

    private StorageAccount Account(TokenCredential credential) =>
        StorageAccount.FromToken(_server!.Endpoint, credential, StorageTest.Options(Trusting()));

    // Trusts the one certificate and no other.
    private SocketsHttpHandler Trusting() => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, given, _, _) => given?.GetCertHashString() == _certificate!.GetCertHashString() },
    };

    private static (string? Protocol, string? Person, string? Rights) Says(SignedAddress address)
    {
        System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(address.ToSecretUri().Query);
        return (query["spr"], query["skoid"], query["sp"]);
    }

    /// <summary>A token as Entra ID would make it, but for its signature, which Azurite does not check.</summary>
    private sealed class Token : TokenCredential
    {
        public const string ObjectId = "11111111-2222-3333-4444-555555555555";
        private const string Tenant = "66666666-7777-8888-9999-000000000000";

        private readonly DateTimeOffset _issued = DateTimeOffset.UtcNow.AddMinutes(-5);

        public string Audience { get; init; } = "https://storage.azure.com";

        public string Text()
        {
            string claims = JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["aud"] = Audience,
                ["iss"] = $"https://sts.windows.net/{Tenant}/",
                ["iat"] = _issued.ToUnixTimeSeconds(),
                ["nbf"] = _issued.ToUnixTimeSeconds(),
                ["exp"] = _issued.AddHours(1).ToUnixTimeSeconds(),
                ["oid"] = ObjectId,
                ["tid"] = Tenant,
            });
            return $"{Base64Url.EncodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"u8)}.{Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims))}.AAAA";
        }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Text(), _issued.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class NobodySignedIn : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("Run 'az login'.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("Run 'az login'.");
    }
}
