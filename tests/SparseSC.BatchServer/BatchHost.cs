using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparseSC.BatchServer.AutoScaling;
using SparseSC.BatchServer.Endpoints;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer;

/// <summary>A running server with its account, nodes and tasks.</summary>
internal sealed class BatchHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Account _account;
    private readonly string _workRoot;
    private readonly bool _ownsWorkRoot;
    private readonly CancellationTokenSource _stop = new();
    private Task _scaling = Task.CompletedTask;
    private PoolLifecycle _pools = null!;

    private BatchHost(WebApplication application, Account account, string workRoot, bool ownsWorkRoot)
    {
        _application = application;
        _account = account;
        _workRoot = workRoot;
        _ownsWorkRoot = ownsWorkRoot;
    }

    /// <summary>The address in use, with the port that was taken.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Name of the account.</summary>
    public string Account => _account.Name;

    /// <summary>The account's key, base64; null for an account that takes tokens only.</summary>
    public string? Key { get; private init; }

    /// <summary>The public part of the certificate; null without https.</summary>
    public string? CertificatePem { get; private init; }

    /// <summary>Every request so far, as "METHOD /path status".</summary>
    public required RequestLog Requests { get; init; }

    /// <summary>The directory of a pool's first node.</summary>
    public string NodeRoot(string pool)
    {
        lock (_account.Gate)
        {
            return _account.Pool(pool).Nodes[0].Root;
        }
    }

    /// <summary>The region has so many Spot nodes from now on, and pools that wanted more get them.</summary>
    /// <param name="nodes">How many for all pools together; null for any number.</param>
    public void OfferSpotNodes(int? nodes)
    {
        lock (_account.Gate)
        {
            _account.SpotNodesToBeHad = nodes;
            foreach (PoolResource pool in _account.Pools.Values.Where(pool => pool.ResizeErrors.Count > 0).ToArray())
            {
                _pools.Resize(pool);
            }
        }
    }

    public static async Task<BatchHost> StartAsync(ServerOptions options)
    {
        string workRoot = options.WorkRoot is { } given
            ? Directory.CreateDirectory(given).FullName
            : Directory.CreateTempSubdirectory("batch-server-").FullName;

        X509Certificate2? certificate = options.Url.Scheme == Uri.UriSchemeHttps ? ServerCertificate.Create() : null;
        if (certificate is not null && options.CertificateFile is { } file)
        {
            ServerCertificate.Save(certificate, file);
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            IPAddress address = IPAddress.Parse(options.Url.Host == "localhost" ? "127.0.0.1" : options.Url.Host.Trim('[', ']'));
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, options.Url.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        WebApplication application = builder.Build();

        FaultEngine faults = new(options.Faults);
        Account account = new(options.Account, workRoot, options.Quotas, Storage(options));
        Scheduler scheduler = new(account, new AttemptRunner(faults));
        RequestLog requests = new(options.RequestLog);
        SharedKeyAuthentication? sharedKey = options.Key is { } key ? new SharedKeyAuthentication(options.Account, key, faults) : null;
        RequestPipeline pipeline = new(new Authentication(sharedKey, new TokenAuthentication(options.Token)), faults, requests);
        AutoScaler scaler = new(account, scheduler.Pools, options.AutoScaleTime);
        AllEndpoints.Map(new Routes(application, pipeline), account, scheduler, scaler, faults);
        application.MapFallback(pipeline.UnknownAddressAsync);

        await application.StartAsync();
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        account.Url = address.TrimEnd('/');
        BatchHost host = new(application, account, workRoot, options.WorkRoot is null)
        {
            Url = new Uri(address),
            Requests = requests,
            Key = options.Key is null ? null : Convert.ToBase64String(options.Key),
            CertificatePem = certificate?.ExportCertificatePem(),
        };
        host._pools = scheduler.Pools;
        host._scaling = scaler.RunAsync(host._stop.Token);
        return host;
    }

    private static NodeStorage Storage(ServerOptions options) => new(
        options.StorageCertificate is { } pem ? ServerCertificate.Trusting(pem) : new SocketsHttpHandler { UseProxy = false },
        options.IdentityEndpoint, options.AutoStorage);

    /// <summary>A handler for clients of this server: it trusts the certificate, if there is one, and asks no proxy.</summary>
    public SocketsHttpHandler CreateHandler() =>
        CertificatePem is { } pem ? ServerCertificate.Trusting(pem) : new SocketsHttpHandler { UseProxy = false };

    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        await _stop.CancelAsync();
        await _scaling;
        _stop.Dispose();
        await _account.StopEverythingAsync();
        _account.Storage.Dispose();
        Requests.Dispose();
        if (_ownsWorkRoot)
        {
            await NodeFolder.RemoveWhenQuietAsync(_workRoot);
        }
    }
}
