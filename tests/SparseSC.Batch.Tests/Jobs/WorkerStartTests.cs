using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Batch.Tests.Jobs;

/// <summary>Jobs whose worker lies there as a package leaves it, or is not for this machine.</summary>
public sealed class WorkerStartTests : IDisposable
{
    private const UnixFileMode Unpacked = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly JobFixture _jobs = new();

    [UnixFact]
    public async Task A_job_runs_although_unpacking_dropped_the_workers_executable_bit()
    {
        _jobs.Config.WorkerPath = Script($"exec dotnet '{JobFixture.WorkerPath}' \"$@\"");

        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan())).Id);

        Assert.True(job.State == BatchJobState.Completed, job.Message);
    }

    [UnixFact]
    public async Task A_test_looks_at_the_bit_and_says_what_was_done()
    {
        _jobs.Config.WorkerPath = Script("exit 0");

        ConfigFinding first = await TestWorkerAsync();
        ConfigFinding second = await TestWorkerAsync();

        Assert.Equal((FindingSeverity.Ok, FindingSeverity.Ok), (first.Severity, second.Severity));
        Assert.Contains("Its executable bit, which unpacking had dropped, was set.", first.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("bit", second.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("The required instruction sets are not supported by the current CPU.", 134, "lacks AVX2")]
    [InlineData("sparsesc: /lib/libc.so.6: version `GLIBC_2.34' not found (required by sparsesc)", 1, "older than glibc 2.34")]
    public async Task What_stands_in_the_way_is_said_in_words(string said, int exit, string words)
    {
        _jobs.Config.WorkerPath = Script($"cat >&2 <<'END'\n{said}\nEND\nexit {exit}");

        ConfigFinding finding = await TestWorkerAsync();
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan())).Id);

        Assert.Equal((FindingSeverity.Error, BatchJobState.Interrupted), (finding.Severity, job.State));
        Assert.All([finding.Message, job.Message], message => Assert.Contains(words, message, StringComparison.Ordinal));
        Assert.All([finding.Message, job.Message], message => Assert.Contains("-p:NativeWorker=false", message, StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task A_file_that_is_no_program_for_this_system_is_found_before_a_job_is()
    {
        string file = _jobs.Path("worker");
        File.WriteAllBytes(file, "\u007fELF and nothing more"u8.ToArray());
        _jobs.Config.WorkerPath = file;

        ConfigFinding finding = await TestWorkerAsync();

        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Contains("It is for another processor or system. Give a {WorkerPath}", finding.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _jobs.Dispose();

    private async Task<ConfigFinding> TestWorkerAsync() =>
        (await _jobs.Backend.TestAsync(CancellationToken.None).ToArrayAsync()).Single(finding => finding.Check == "Worker");

    private string Script(string body)
    {
        string path = _jobs.Path("worker.sh");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Unpacked);
        }

        return path;
    }
}
