using System.Diagnostics;

namespace SparseSC.Cli.Tests;

/// <summary>A disk without room, made of a small tmpfs in a mount namespace of its own.</summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [SmallDiskFact]
    public async Task NothingHalfWrittenAndTheNextRunFinishes()
    {
        string batch = _folder.Path("batch");
        CliRun.Of(["plan", "--batch-directory", batch, .. CliRun.California, "--grid-length", "3", "--cv-folds", "3"]).Expect(0);
        string script = $"""
            mkdir disk && mount -t tmpfs -o size=192k tmpfs disk
            cp -r batch disk/
            sparsesc() ( dotnet '{Path.Combine(AppContext.BaseDirectory, "sparsesc.dll")}' "$@" --quiet )
            head -c 1000000 /dev/zero > disk/fill 2>/dev/null
            sparsesc run --batch-directory disk/batch > /dev/null; echo run $?
            ls -A disk/batch/results disk/batch | grep -c tmp
            rm disk/fill
            sparsesc run --batch-directory disk/batch > /dev/null; echo run $?
            head -c 1000000 /dev/zero > disk/fill 2>/dev/null
            sparsesc merge --batch-directory disk/batch --output disk/fit.json; echo merge $?
            ls -A disk
            sparsesc merge --batch-directory disk/batch > fit.json; echo merge $?
            """;
        ProcessStartInfo start = new("unshare", ["-rm", "bash", "-c", script])
        {
            WorkingDirectory = _folder.Root, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(HangGuard.Limit);
        await process.WaitForExitAsync();

        Assert.Equal("run 1\n0\nrun 0\nmerge 1\nbatch\nfill\nmerge 0\n", output);
        Assert.Contains("No space left on device", await error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", await error, StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder.Path("fit.json")).Length > 10_000);
    }

    public void Dispose() => _folder.Dispose();
}
