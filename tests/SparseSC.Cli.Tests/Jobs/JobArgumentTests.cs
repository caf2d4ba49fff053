using System.Text.RegularExpressions;

namespace SparseSC.Cli.Tests.Jobs;

/// <summary>Arguments and configurations of the verbs of jobs that cannot be used: exit code 2, and the option or setting is named.</summary>
public sealed class JobArgumentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("submit", "sparsesc submit: Option '--config' is required.")]
    [InlineData("submit --config x.json", "sparsesc submit: Option '--batch-directory' is required.")]
    [InlineData("wait --config none.json --job-id a", "sparsesc wait: --config: File 'none.json' does not exist.")]
    [InlineData("wait --config x.json --timeout soon", "sparsesc wait: --timeout: 'soon' is neither a number of seconds nor a time such as 1:30:00.")]
    [InlineData("wait --config x.json --timeout -1", "sparsesc wait: --timeout: '-1' is neither a number of seconds nor a time such as 1:30:00.")]
    [InlineData("tasks --config x.json --state done", "sparsesc tasks: --state: 'done' is not one of waiting, running, completed, failed.")]
    [InlineData("submit --config x.json --batch-directory d --task-group-size 0", "sparsesc submit: --task-group-size 0: the number must be at least 1.")]
    [InlineData("logs --config x.json --job-id a", "sparsesc logs: Option '--task-id' is required.")]
    public void TheLineNamesTheOption(string line, string message)
    {
        CliRun run = CliRun.Of(line.Split(' ')).Expect(2);
        Assert.Equal(message, run.Error.Split('\n')[0]);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("wait", "sparsesc wait: --job-id is missing. Give it, or --batch-directory for the latest job of the plan there.")]
    [InlineData("wait --batch-directory /none/at/all", "sparsesc wait: --batch-directory /none/at/all does not exist.")]
    [InlineData("stop --job-id none", "sparsesc stop: There is no job 'none' in '")]
    [InlineData("stop --job-id a/b", "sparsesc stop: --job-id 'a/b' cannot name a job.")]
    [InlineData("submit --batch-directory /none/at/all", "sparsesc submit: --batch-directory /none/at/all does not exist.")]
    public void JobsThatCannotBeFoundAreBadInput(string line, string message)
    {
        string config = _folder.Write("config.json", """{ "backend": "Local", "jobDirectory": "jobs" }""");
        string[] words = line.Split(' ');
        CliRun run = CliRun.Of([words[0], "--config", config, .. words[1..]]).Expect(2);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "backend": "Azure", "poolIds": "a" }""", "line 1, column 23: there is no setting 'poolIds'; did you mean 'poolId'?")]
    [InlineData("""{ "backend": "Azure", "batchAccountKey": "hidden" }""", "'batchAccountKey' is a secret, and a file is no place for one. Set BATCH_ACCOUNT_KEY in the environment, or sign in")]
    [InlineData("""{ "backend": "Local", "maxParallel": -1 }""", "maxParallel -1 is negative.")]
    public void FaultsOfTheFileAreSettingsOfTheFile(string text, string says)
    {
        CliRun run = CliRun.Of("jobs", "--config", _folder.Write("config.json", text)).Expect(2);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("Try 'sparsesc jobs --help'.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FaultsForAzureAreAllNamedAsSettingsOfTheFile()
    {
        string config = _folder.Write("config.json", """
            {
              "backend": "Azure", "batchAccountName": "fits", "batchAccountEndpoint": "http://far.example.com", "storageAccountName": "fitstore",
              "poolId": "a b", "maxTaskRetryCount": -2
            }
            """);
        CliRun run = CliRun.Of("jobs", "--config", config).Expect(2);
        foreach (string setting in new[] { "batchAccountEndpoint 'http://far", "poolId 'a b'", "maxTaskRetryCount -2" })
        {
            Assert.Contains($"  - {setting}", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("submit", "--config --batch-directory --job-id --task-group-size --merge-on-node --output --quiet")]
    [InlineData("wait", "--config --job-id --batch-directory --timeout --polling-interval --output --quiet")]
    [InlineData("receive", "--config --job-id --batch-directory --output --quiet")]
    [InlineData("stop", "--config --job-id --batch-directory --output --quiet")]
    [InlineData("remove", "--config --job-id --batch-directory --remove-container --remove-pool --remove-batch-directory --keep-job --force --output")]
    [InlineData("restart", "--config --job-id --batch-directory --task-id --output")]
    [InlineData("jobs", "--config --job-id --output")]
    [InlineData("tasks", "--config --job-id --batch-directory --state --output")]
    [InlineData("logs", "--config --job-id --batch-directory --task-id --output")]
    [InlineData("check", "--config --output")]
    public void EveryVerbExplainsItsOptions(string verb, string options)
    {
        string help = CliRun.Of(verb, "--help").Expect(0).Output;
        Assert.All(options.Split(' '), option => Assert.Matches($@"\s{Regex.Escape(option)}\s", help));
        Assert.Contains($"  {verb} ", CliRun.Of("--help").Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
