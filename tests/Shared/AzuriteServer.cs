using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SparseSC.Tests;

/// <summary>Azurite's blob service on a free port of this machine, empty, in memory, with a key of its own.</summary>
/// <remarks>It ends with this process, however that ends: it listens for the end of its standard input.</remarks>
public sealed partial class AzuriteServer : IDisposable
{
    public const string Account = "devstoreaccount1";

    private const string EndWithParent = "process.stdin.on('end', () => process.exit(0)).resume(); require(process.argv[1]);";

    private readonly Process _process;

    private AzuriteServer(Process process, string key, Uri endpoint)
    {
        _process = process;
        Key = key;
        Endpoint = endpoint;
    }

    /// <summary>The account's key, made for this run.</summary>
    public string Key { get; }

    /// <summary>The address of the account's blob service.</summary>
    public Uri Endpoint { get; }

    public string ConnectionString => $"DefaultEndpointsProtocol={Endpoint.Scheme};AccountName={Account};AccountKey={Key};BlobEndpoint={Endpoint};";

    /// <summary>Starts one and returns when it answers.</summary>
    /// <param name="arguments">More arguments, such as <c>--oauth basic</c>.</param>
    public static async Task<AzuriteServer> StartAsync(params string[] arguments)
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        ProcessStartInfo start = new(
            "node",
            [
                "-e", EndWithParent, AzuriteInstall.Program, "--blobHost", "127.0.0.1", "--blobPort", "0",
                "--inMemoryPersistence", "--skipApiVersionCheck", "--loose", "--disableTelemetry", "--silent", .. arguments,
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" },
        };
        Process process = Process.Start(start)!;
        StringBuilder output = new();
        TaskCompletionSource<string> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }

            if (line is null)
            {
                listening.TrySetException(new InvalidOperationException($"Azurite ended instead of starting:\n{output}"));
            }
            else if (Listening().Match(line) is { Success: true } match)
            {
                listening.TrySetResult(match.Value);
            }
        }

        process.OutputDataReceived += (_, data) => Hear(data.Data);
        process.ErrorDataReceived += (_, data) => Hear(data.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            string address = await listening.Task.WaitAsync(HangGuard.Limit);
            return new AzuriteServer(process, key, new Uri($"{address}/{Account}"));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public void Dispose() => End(_process);

    private static void End(Process process)
    {
        using (process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    [GeneratedRegex(@"(?<=listens on )https?://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
