namespace SparseSC.Cli.Tests;

/// <summary>Arguments that cannot be used: exit code 2, one line that names the option, and where to find help.</summary>
public class ArgumentTests
{
    [Theory]
    [InlineData("ft", "sparsesc: there is no verb 'ft'; did you mean 'fit'?")]
    [InlineData("fti", "sparsesc: there is no verb 'fti'; did you mean 'fit'?")]
    [InlineData("paln", "sparsesc: there is no verb 'paln'; did you mean 'plan'?")]
    [InlineData("efects --panel p.csv", "sparsesc: there is no verb 'efects'; did you mean 'effects'?")]
    [InlineData("efects --help", "sparsesc: there is no verb 'efects'; did you mean 'effects'?")]
    [InlineData("frobnicate", "sparsesc: there is no verb 'frobnicate'; the verbs are fit, effects, placebo, compare, power, markets, plan, task, run, status, merge, plot, report, submit, wait, receive, stop, remove, restart, jobs, tasks, logs, check.")]
    [InlineData("--panel p.csv fit", "sparsesc fit: option '--panel' stands before the verb; options follow it.")]
    [InlineData("--panel p.csv", "sparsesc: '--panel' stands before a verb; the verb comes first, one of fit, effects, placebo, compare, power, markets, plan, task, run, status, merge, plot, report, submit, wait, receive, stop, remove, restart, jobs, tasks, logs, check.")]
    [InlineData("fit --panle=x.csv", "sparsesc fit: there is no option '--panle'; did you mean '--panel'?")]
    [InlineData("fit --oputut x.json", "sparsesc fit: there is no option '--oputut'; did you mean '--output'?")]
    [InlineData("run --batch-dir d", "sparsesc run: there is no option '--batch-dir'; did you mean '--batch-directory'?")]
    [InlineData("fit p.csv", "sparsesc fit: there is no argument 'p.csv'; every value follows its option.")]
    [InlineData("", "sparsesc: a verb is missing; give one of fit, effects, placebo, compare, power, markets, plan, task, run, status, merge, plot, report, submit, wait, receive, stop, remove, restart, jobs, tasks, logs, check.")]
    [InlineData("fit --w-pns 1", "sparsesc fit: there is no option '--w-pns'; did you mean '--w-pens'?")]
    [InlineData("plan --fast", "sparsesc plan: there is no option '--fast'.")]
    [InlineData("fit --w-pen 1,x", "sparsesc fit: --w-pen: 'x' is not a finite number.")]
    [InlineData("fit --v-pen NaN", "sparsesc fit: --v-pen: 'NaN' is not a finite number.")]
    [InlineData("fit --grid-length 2.5", "sparsesc fit: --grid-length: '2.5' is not a whole number.")]
    [InlineData("fit --threads -1", "sparsesc fit: --threads -1: the number must be at least 0.")]
    [InlineData("fit --cv-seed -1", "sparsesc fit: --cv-seed: '-1' is not a whole number from 0 to 4294967295.")]
    [InlineData("fit --model-type some", "sparsesc fit: --model-type: 'some' is not one of retrospective, prospective, prospective-restricted, full.")]
    [InlineData("fit --choice best", "sparsesc fit: --choice: 'best' is not one of min, 1se.")]
    [InlineData("fit --covariates a,,b", "sparsesc fit: --covariates: a name is blank in 'a,,b'.")]
    [InlineData("fit --features a.csv --targets", "sparsesc fit: Required argument missing for option: '--targets'.")]
    [InlineData("run", "sparsesc run: Option '--batch-directory' is required.")]
    [InlineData("task --input x --index 0", "sparsesc task: Option '--output' is required.")]
    public void TheLineNamesTheOption(string line, string message)
    {
        CliRun run = CliRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Expect(2);
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(message, lines[0]);
        Assert.Matches("^Try 'sparsesc.* --help'.$", Assert.Single(lines[1..]));
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("fit", "--features is missing. Give --features and --targets, or --panel with")]
    [InlineData("fit --features none.csv --targets none.csv", "--features: File 'none.csv' does not exist.")]
    [InlineData("fit --features x --panel p --targets y", "--features belongs to the matrix form and cannot be given with --panel.")]
    [InlineData("fit --features x --targets y --unit state", "--unit belongs to the panel form and cannot be given with --features and --targets.")]
    [InlineData("fit --unit state", "--unit also needs --panel, the file.")]
    [InlineData("fit --panel p.csv --unit u --time t", "--panel also needs --outcome, the name of a column.")]
    [InlineData("fit --output /none/at/all/fit.json", "--output /none/at/all/fit.json cannot be written: the folder '/none/at/all' does not exist.")]
    [InlineData("status --batch-directory /none/at/all", "--batch-directory /none/at/all does not exist. Make a plan first")]
    [InlineData("task --input /none/plan.json --index 0 --output r.json", "--input /none/plan.json does not exist.")]
    public void MissingPiecesAreNamed(string line, string message)
    {
        CliRun run = CliRun.Of(line.Split(' ')).Expect(2);
        Assert.StartsWith($"sparsesc {line.Split(' ')[0]}: {message}", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void NamesMayHoldCommasInQuotesAndOptionsMayBeRepeated()
    {
        string[] panel = ["fit", "--panel", RepositoryFiles.Sample("california_prop99.csv"), "--unit", "state", "--time", "year", "--outcome", "cigsale", "--treatment-time", "1989"];
        CliRun run = CliRun.Of([.. panel, "--treated-unit", "California,\"Washington, D.C.\"", "--treated-unit", "Utah"]).Expect(2);
        Assert.Contains("--treated-unit: there is no unit 'Washington, D.C.'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ForgottenTreatedUnitIsNotAFullModel()
    {
        string[] panel = ["fit", "--panel", RepositoryFiles.Sample("california_prop99.csv"), "--unit", "state", "--time", "year", "--outcome", "cigsale", "--treatment-time", "1989"];
        CliRun run = CliRun.Of(panel).Expect(2);
        Assert.StartsWith("sparsesc fit: no unit is treated. Name one with --treated-unit, or give --model-type full", run.Error, StringComparison.Ordinal);
        CliRun full = CliRun.Of([.. panel, "--model-type", "full", "--v-pen", "1", "--w-pen", "1000"]).Expect(0);
        Assert.Equal("full", full.Json.GetProperty("modelType").GetString());
        Assert.Contains("Root mean square of observed − synthetic", full.Error, StringComparison.Ordinal);
    }
}
