using System.Diagnostics;
using SparseSC.Batch.Jobs.Local;

namespace SparseSC.Batch.Tests.Jobs;

public class ProcessTests
{
    [Fact]
    public void A_process_is_known_by_its_number_and_its_start()
    {
        ProcessIdentity self = ProcessIdentity.Of(Environment.ProcessId)!;

        Assert.True(self.IsAlive());
        Assert.False((self with { StartMark = "another start" }).IsAlive());
    }

    [Fact]
    public void A_process_that_ended_is_not_alive()
    {
        using Process process = Process.Start("/bin/sh", ["-c", "exit 0"]);
        ProcessIdentity? identity = ProcessIdentity.Of(process.Id);
        process.WaitForExit();

        Assert.Null(ProcessIdentity.Of(process.Id));
        Assert.NotEqual(true, identity?.IsAlive());
    }

    [Fact]
    public async Task A_process_that_listens_is_asked_and_one_that_does_not_is_ended()
    {
        using Process polite = Start("trap 'exit 42' TERM; echo ready; while :; do sleep 0.05; done");
        using Process deaf = Start("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        ProcessIdentity[] both = [ProcessIdentity.Of(polite.Id)!, ProcessIdentity.Of(deaf.Id)!];

        await ProcessStopper.StopAsync(both[..1], HangGuard.Limit, CancellationToken.None);
        await ProcessStopper.StopAsync(both[1..], TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.True(polite.WaitForExit(HangGuard.Limit));
        Assert.Equal(42, polite.ExitCode);
        Assert.True(deaf.WaitForExit(HangGuard.Limit));
        Assert.DoesNotContain(both, process => process.IsAlive());
    }

    private static Process Start(string script)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", script]) { RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        return process;
    }
}
