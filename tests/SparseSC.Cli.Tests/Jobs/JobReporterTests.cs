using System.CommandLine;
using SparseSC.Batch.Jobs;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Jobs;

namespace SparseSC.Cli.Tests.Jobs;

/// <summary>What a wait says on standard error.</summary>
public sealed class JobReporterTests
{
    private const string Reason = "No machine has come up (quota). Use a smaller {VmSize}.";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AReasonThatSomebodyHasToSeeToIsAWarningEvenWhenQuiet(bool quiet) =>
        Assert.StartsWith("sparsesc wait: warning: job j: No machine has come up (quota). Use a smaller vmSize.", Say(needsAttention: true, quiet), StringComparison.Ordinal);

    [Fact]
    public void WhatEveryPoolGoesThroughIsSaidUnlessQuiet()
    {
        Assert.StartsWith("sparsesc wait: job j: No machine has come up", Say(needsAttention: false, quiet: false), StringComparison.Ordinal);
        Assert.Equal("", Say(needsAttention: false, quiet: true));
    }

    private static string Say(bool needsAttention, bool quiet)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        using CliHost host = new(Stream.Null, output, error, isErrorTerminal: false);
        ParseResult wait = CliApplication.CreateRoot(host).Parse(["wait"]);
        using (JobReporter reporter = new(host, wait, quiet))
        {
            reporter.Report(new JobProgress(new BatchJob { Id = "j", Tasks = 12, NeedsAttention = needsAttention }, null, Reason));
        }

        return error.ToString();
    }
}
