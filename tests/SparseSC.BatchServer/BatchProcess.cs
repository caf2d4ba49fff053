using System.Diagnostics;
using System.Security.Cryptography;

namespace SparseSC.BatchServer;

/// <summary>The server as a process of its own, for tests whose client is one too.</summary>
internal sealed class BatchProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private BatchProcess(Process process, DirectoryInfo folder, string key, Uri url)
    {
        _process = process;
        _folder = folder;
        Key = key;
        Url = url;
    }

    public static string Account => "testbatch";

    /// <summary>The account's key, base64.</summary>
    public string Key { get; }

    /// <summary>The address in use, with the port that was taken.</summary>
    public Uri Url { get; }

    /// <summary>The certificate's public part, when the server was started for https.</summary>
    public string CertificateFile => Path.Combine(_folder.FullName, "certificate.pem");

    /// <summary>Every request so far, as "METHOD /path status".</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            using FileStream stream = new(Path.Combine(_folder.FullName, "requests.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }

    /// <summary>Starts the server that was built beside the calling program, on a free port, and waits until it is ready.</summary>
    /// <param name="scheme">http or https.</param>
    /// <param name="more">More of its options; address, account, key, certificate, log and work folder are set.</param>
    /// <exception cref="InvalidOperationException">It ended at once; the message is what it wrote.</exception>
    public static async Task<BatchProcess> StartAsync(string scheme = "http", params string[] more)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("batch-process-");
        string InFolder(string name) => Path.Combine(folder.FullName, name);
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        string[] certificate = scheme == "https" ? ["--certificate", InFolder("certificate.pem")] : [];
        ProcessStartInfo start = new("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "SparseSC.BatchServer.dll"), "--urls", $"{scheme}://127.0.0.1:0", "--account", Account, "--key", key,
            "--log", InFolder("requests.log"), "--work", InFolder("work"), .. certificate, .. more,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        Task<string> problem = process.StandardError.ReadToEndAsync();
        if (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            return new BatchProcess(process, folder, key, new Uri(line.Split(' ')[4]));
        }

        string message = await problem;
        process.Dispose();
        folder.Delete(recursive: true);
        throw new InvalidOperationException(message);
    }

    /// <summary>A handler for clients of this server: it trusts the certificate, if there is one, and asks no proxy.</summary>
    public SocketsHttpHandler CreateHandler() => Url.Scheme == Uri.UriSchemeHttps
        ? ServerCertificate.Trusting(File.ReadAllText(CertificateFile))
        : new SocketsHttpHandler { UseProxy = false };

    public async ValueTask DisposeAsync()
    {
        // With the tasks it still runs.
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
