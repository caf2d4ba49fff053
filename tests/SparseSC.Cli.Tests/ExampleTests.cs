using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SparseSC.Cli.Tests;

/// <summary>The examples of every verb's help, run as they stand beside the samples.</summary>
public sealed partial class ExampleTests : IDisposable
{
    // In the order in which they build on each other.
    private static readonly string[] Verbs =
    [
        "fit", "effects", "plot", "report", "placebo", "compare", "power", "markets", "plan", "plan --effects", "task", "status", "check", "submit", "wait", "jobs", "tasks", "logs", "receive",
        "restart", "stop", "run", "merge", "remove",
    ];

    private readonly TempFolder _folder = new();

    [Fact]
    public void EveryVerbHasSome()
    {
        string root = CliRun.Of("--help").Expect(0).Output;
        string[] known = [.. VerbLine().Matches(root[root.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value)];
        Assert.Equal(known.Order(), Verbs.Where(verb => !verb.Contains(' ', StringComparison.Ordinal)).Order());
        Assert.All(Verbs, verb =>
        {
            string[] examples = Examples(verb);
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.StartsWith($"sparsesc {verb.Split(' ')[0]} ", example, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task TheyRun()
    {
        Directory.CreateDirectory(_folder.Path("samples"));
        foreach (string file in Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "samples")))
        {
            File.Copy(file, Path.Combine(_folder.Path("samples"), Path.GetFileName(file)));
        }

        HashSet<string> done = [];
        foreach (string example in Verbs.SelectMany(Examples).Where(done.Add))
        {
            ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "sparsesc.dll"), .. example.Split(' ')[1..]])
            {
                WorkingDirectory = _folder.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["SPARSESC_JOB_DIRECTORY"] = _folder.Path("jobs");
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{example}\nanswered {process.ExitCode}: {error}");

            // What an example names as a result is there, and complete.
            foreach (string written in OutputFile().Matches(example).Select(match => match.Groups[1].Value))
            {
                Assert.True(written == "-" ? (await output).Length > 0 : new FileInfo(_folder.Path(written)).Length > 0, $"{example} wrote no {written}.");
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Examples(string verb)
    {
        string help = CliRun.Of([.. verb.Split(' '), "--help"]).Expect(0).Output;
        int start = help.IndexOf("Examples:\n", StringComparison.Ordinal);
        return start < 0 ? [] : [.. help[start..].Split('\n')[1..].Select(line => line.Trim()).Where(line => line.Length > 0)];
    }

    [GeneratedRegex(@"^  (\w+) ", RegexOptions.Multiline)]
    private static partial Regex VerbLine();

    [GeneratedRegex(@"--(?:output|[a-z]+-csv) (\S+)")]
    private static partial Regex OutputFile();
}
