using System.Text.RegularExpressions;

namespace SparseSC.Cli.Tests;

public class HelpTests
{
    [Fact]
    public void VersionIsTheModules()
    {
        string manifest = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "SparseSC.psd1"));
        string version = Regex.Match(manifest, @"ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value;
        Assert.Equal($"sparsesc {version}\n", CliRun.Of("--version").Expect(0).Output);
    }

    [Fact]
    public void RootNamesEveryVerbAndTheExitCodes()
    {
        string help = CliRun.Of("--help").Expect(0).Output;
        foreach (string text in new[] { "fit ", "effects ", "placebo ", "plan ", "task ", "run ", "status ", "merge ", "3 cancelled" })
        {
            Assert.Contains(text, help, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fit", "--features --targets --treated --panel --unit --time --outcome --covariates --treated-unit --treatment-time --treatment-time-column --missing --model-type --w-pen --v-pen --grid --grid-min --grid-max --grid-length --stopping-rule --choice --cv-folds --cv-seed --gradient-folds --gradient-seed --constraint --optimizer --tol --min-iter --max-iter --learning-rate --learning-rate-adjustment --w-pen-inner --w-pen-grid --scale --cache --donor-pool --threads --no-weights --output --quiet --fast --match-space --v --v-pens --no-normalize --lasso-folds --lasso-solver --lasso-tol --lasso-max-iter --se-factor --sample-fraction --seed --target-block --treatment-share --w-pens --w-pen-by --auxiliary-targets --weights-csv --predictions-csv")]
    [InlineData("effects", "--outcomes --treatment-periods --covariates --panel --unit --time --outcome --treated-unit --treatment-time --treatment-time-column --missing --fast --joint --unit-weight --model-type --pre-periods --post-periods --evaluation-periods --cross-fit-folds --cross-fit-seed --cross-fit-by --max-placebos --seed --level --asymmetric --doses --average-treated --demean --v-pen --grid-length --lasso-solver --w-pens --threads --no-weights --weights-csv --predictions-csv --effects-csv --output --quiet")]
    [InlineData("placebo", "--kind --placebo-times --permutations --draws --norm --outcomes --panel --joint --unit-weight --cross-fit-folds --seed --level --output --quiet")]
    [InlineData("plot", "--kind --input --output --width --height --theme --title")]
    [InlineData("report", "--input --output --title --theme --panel --unit --time --outcome --estimator --inference --seed --quiet")]
    [InlineData("plan", "--batch-directory --force --features --panel --w-pen --constraint --output")]
    [InlineData("task", "--input --index --output")]
    [InlineData("run", "--batch-directory --parallel --output")]
    [InlineData("status", "--batch-directory --output")]
    [InlineData("merge", "--batch-directory --choice --threads --no-weights --weights-csv --predictions-csv --effects-csv --output")]
    public void EveryVerbExplainsItsOptions(string verb, string options)
    {
        string help = CliRun.Of(verb, "--help").Expect(0).Output;
        foreach (string option in options.Split(' '))
        {
            Assert.Matches($@"\s{option}\s", help);
        }

        Assert.DoesNotContain("--exit-with-parent", help, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultsAreShown()
    {
        string help = Regex.Replace(CliRun.Of("fit", "--help").Output, @"\s+", " ");
        foreach (string text in new[]
        {
            "Lowest multiple [default: 1e-6]", "Number of multiples [default: 20]", "[default: 1se]", "folds [default: 110011]",
            "gradient folds [default: 10101]", "First step of a search [default: 0.2]", "search fails [default: 3000]",
            "[default: simplex; but orthant when both --v-pen and --w-pen are given, because",
        })
        {
            Assert.Contains(text, help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WordsStandBeforeTheDefault()
    {
        string help = Regex.Replace(CliRun.Of("effects", "--help").Output, @"\s+", " ");
        Assert.Contains("however they are ordered (error, interpolate, drop-unit, drop-time) [default: error]", help, StringComparison.Ordinal);

        // An effect has treated units, and donors that no pool restricts.
        Assert.Contains("fitted on (retrospective, prospective, prospective-restricted) [default: retrospective]", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--donor-pool", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("effects")]
    [InlineData("placebo")]
    [InlineData("power")]
    [InlineData("markets")]
    [InlineData("plan")]
    [InlineData("merge")]
    [InlineData("submit")]
    public void HelpSpeaksOfNothingUnexplained(string verb)
    {
        string help = CliRun.Of(verb, "--help").Output;
        Assert.DoesNotMatch(@"(?<!\(test, )reference|N×C|cmdlet|SparseSCBatch", help);
        foreach (string line in help[help.IndexOf("Options:", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal)))
        {
            Assert.Matches(@"^  --\S+( <[^>]+>)?( \(REQUIRED\))? {2,}\S", line);
        }
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("effects")]
    [InlineData("placebo")]
    [InlineData("power")]
    [InlineData("markets")]
    [InlineData("plan")]
    [InlineData("task")]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("merge")]
    [InlineData("submit")]
    [InlineData("wait")]
    [InlineData("receive")]
    [InlineData("stop")]
    [InlineData("remove")]
    [InlineData("restart")]
    [InlineData("jobs")]
    [InlineData("tasks")]
    [InlineData("logs")]
    [InlineData("check")]
    public void TheDocumentationNamesEveryOption(string verb)
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "cli.md"));
        Assert.Contains($"`{verb}`", page, StringComparison.Ordinal);
        string[] options = [.. Regex.Matches(CliRun.Of(verb, "--help").Output, @"^  (--[a-z0-9-]+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Matches($"`{option}[ `]", page));
    }
}
