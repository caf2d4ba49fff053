using System.Diagnostics;
using System.Net;

namespace SparseSC.BatchServer.Tests;

/// <summary>The server as a program of its own, as other tests start it.</summary>
public sealed class ProcessTests : IDisposable
{
    private const string Key = "AAECAwQFBgcICQ==";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task It_says_when_it_is_ready_and_logs_what_was_asked()
    {
        string log = Path.Combine(_folder.FullName, "log");
        ProcessStartInfo start = new("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "SparseSC.BatchServer.dll"), "--urls", "http://127.0.0.1:0", "--account", "mine", "--key", Key, "--log", log,
                "--work", Path.Combine(_folder.FullName, "work")])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            string line = await process.StandardOutput.ReadLineAsync() ?? "";
            Assert.StartsWith("Batch server ready at http://127.0.0.1:", line, StringComparison.Ordinal);
            using SignedClient client = new(new Uri(line.Split(' ')[4]), "mine", Convert.FromBase64String(Key));

            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/jobs?$select=id")).Status);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.Equal(["GET /jobs 200"], await File.ReadAllLinesAsync(log));
    }

    [Fact]
    public void Options_that_cannot_be_used_end_it_at_once()
    {
        (int code, string output) = Commands.Run("dotnet", null, Path.Combine(AppContext.BaseDirectory, "SparseSC.BatchServer.dll"), "--urls", "http://127.0.0.1:0");

        Assert.Equal(2, code);
        Assert.Contains("OptionMissing: --account", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
