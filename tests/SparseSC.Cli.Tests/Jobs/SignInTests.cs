using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SparseSC.BatchServer;
using SparseSC.Cli.Tests.Native;

namespace SparseSC.Cli.Tests.Jobs;

/// <summary>Signing in as an application does that has no password: both services over https, both by token, no key anywhere.</summary>
public sealed class SignInTests : IAsyncLifetime, IDisposable
{
    private const string BatchToken = "the-token-that-the-batch-account-knows";
    private const string Federated = "what.the.cluster-handed-out";

    private readonly TempFolder _folder = new();
    private BatchHost? _batch;
    private AzuriteServer? _storage;
    private SignInServer? _authority;
    private X509Certificate2? _own;
    private X509Certificate2? _server;

    public async Task InitializeAsync()
    {
        if (AzuriteInstall.Missing is not null || OperatingSystem.IsWindows())
        {
            return;
        }

        _server = Loopback();
        _own = ServerCertificate.Create();
        string serverFile = _folder.Write("server.pem", _server.ExportCertificatePem());
        string keyFile = _folder.Write("server.key", _server.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _folder.Write("own.pem", $"{_own.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n{_own.ExportCertificatePem()}\n");
        _folder.Write("federated", Federated);

        _batch = await BatchHost.StartAsync(ServerOptions.Loopback("https") with { Token = BatchToken, Key = null });
        _storage = await AzuriteServer.StartAsync("--oauth", "basic", "--cert", serverFile, "--key", keyFile);
        _authority = await SignInServer.StartAsync(_server, BatchToken, _own, Federated);
        _folder.Write("trusted.pem", $"{_server.ExportCertificatePem()}\n{_batch.CertificatePem}\n");
    }

    public async Task DisposeAsync()
    {
        _storage?.Dispose();
        if (_authority is not null)
        {
            await _authority.DisposeAsync();
        }

        if (_batch is not null)
        {
            await _batch.DisposeAsync();
        }

        _own?.Dispose();
        _server?.Dispose();
    }

    public void Dispose() => _folder.Dispose();

    [AzuriteFact(NeedsUnix = true)]
    public Task WithACertificate() => ChecksAsync(native: false, "environment", ("AZURE_CLIENT_CERTIFICATE_PATH", "own.pem"));

    [AzuriteFact(NeedsUnix = true)]
    public Task AsAWorkload() => ChecksAsync(native: false, "workloadIdentity", ("AZURE_FEDERATED_TOKEN_FILE", "federated"));

    [NativeFact(NeedsAzurite = true)]
    public Task WithACertificateAsNativeCode() => ChecksAsync(native: true, "environment", ("AZURE_CLIENT_CERTIFICATE_PATH", "own.pem"));

    [NativeFact(NeedsAzurite = true)]
    public Task AsAWorkloadAsNativeCode() => ChecksAsync(native: true, "workloadIdentity", ("AZURE_FEDERATED_TOKEN_FILE", "federated"));

    [AzuriteFact(NeedsUnix = true)]
    public async Task AnotherCertificateIsRefusedAndTheFindingSaysSo()
    {
        using X509Certificate2 other = ServerCertificate.Create();
        _folder.Write("other.pem", $"{other.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n{other.ExportCertificatePem()}\n");

        CliRun run = await CheckAsync(native: false, "environment", ("AZURE_CLIENT_CERTIFICATE_PATH", "other.pem"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Json.GetProperty("findings").EnumerateArray(), IsErrorOf("Account"));
        Assert.Contains(run.Json.GetProperty("findings").EnumerateArray(), IsErrorOf("Storage"));
        Assert.NotEmpty(_authority!.Refused);
        Assert.Empty(_authority.Scopes);
    }

    [AzuriteFact(NeedsUnix = true)]
    public Task ByDefaultAsAWorkloadToo() => ChecksAsync(native: false, "default", ("AZURE_FEDERATED_TOKEN_FILE", "federated"));

    private static Predicate<JsonElement> IsErrorOf(string check) => finding =>
        finding.GetProperty("check").GetString() == check && finding.GetProperty("severity").GetString() == "error";

    // Of another name than the Batch server's: a list of trusted certificates is looked up by name.
    private static X509Certificate2 Loopback()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=sign-in.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task ChecksAsync(bool native, string credential, (string Name, string File) proof)
    {
        CliRun run = await CheckAsync(native, credential, proof);

        run.Expect(0);
        Assert.DoesNotContain(run.Json.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("severity").GetString() == "error");
        Assert.Contains("https://batch.core.windows.net//.default", _authority!.Scopes);
        Assert.Contains("https://storage.azure.com/.default", _authority.Scopes);
        Assert.DoesNotContain(BatchToken, run.Output + run.Error, StringComparison.Ordinal);
    }

    private async Task<CliRun> CheckAsync(bool native, string credential, (string Name, string File) proof)
    {
        string config = _folder.Write("azure.json", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["backend"] = "Azure",
            ["batchAccountName"] = _batch!.Account,
            ["batchAccountEndpoint"] = _batch.Url,
            ["storageAccountName"] = AzuriteServer.Account,
            ["storageEndpoint"] = _storage!.Endpoint,
            ["credential"] = credential,
            ["poolId"] = "fits",
            ["dedicatedNodeCount"] = 1,
            ["workerPath"] = _folder.Write("worker.sh", "#!/bin/sh\n"),
        }));
        string[] command = native ? [NativeProgram.Path] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "sparsesc.dll")];
        ProcessStartInfo start = new(command[0], [.. command[1..], "check", "--config", config])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AZURE_AUTHORITY_HOST"] = _authority!.Url,
                ["AZURE_TENANT_ID"] = SignInServer.Tenant,
                ["AZURE_CLIENT_ID"] = SignInServer.Client,
                [proof.Name] = _folder.Path(proof.File),
                ["SSL_CERT_FILE"] = _folder.Path("trusted.pem"),
            },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CliRun(process.ExitCode, await output, error);
    }
}
