using System.CommandLine;
using System.Text.RegularExpressions;
using SparseSC.Cli.Hosting;

namespace SparseSC.Cli.Tests;

/// <summary>
/// Messages name options as {CvFolds} and reach several verbs. Whatever verb shows one, it names an option that the verb has, or one of
/// another verb together with it, or a setting of the configuration file; and no text leaves with a template in it.
/// </summary>
public sealed partial class MessageTests
{
    // Only cmdlets have these: what they say comes from the module, and never from a verb.
    private static readonly string[] OfCmdlets = ["Feature", "Target", "Dose", "Covariate", "Path", "LiteralPath", "CrossFitMethod", "Combination", "Combinations", "Panel", "WorkerPath"];

    public static TheoryData<string> Options
    {
        get
        {
            TheoryData<string> options = [];
            foreach (string option in Tokens().Select(token => token.Name).Distinct().Order(StringComparer.Ordinal))
            {
                options.Add(option);
            }

            return options;
        }
    }

    [Fact]
    public void MessagesWereFound() => Assert.InRange(Options.Count, 80, 400);

    [Theory]
    [MemberData(nameof(Options))]
    public void EveryOptionThatAMessageNamesIsOneOfAVerbOrASetting(string option)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        using CliHost host = new(Stream.Null, output, error, isErrorTerminal: false);
        RootCommand root = CliApplication.CreateRoot(host);
        foreach (Command verb in root.Subcommands)
        {
            string said = CliText.Render($"Give {{{option}}} 'x'.", root.Parse([verb.Name]));
            if (OfCmdlets.Contains(option))
            {
                continue;
            }

            Match match = Said().Match(said);
            Assert.True(match.Success, $"{option} is said by '{verb.Name}' as: {said}");
            if (match.Groups["option"].Success)
            {
                Command owner = match.Groups["verb"].Success ? root.Subcommands.Single(other => other.Name == match.Groups["verb"].Value) : verb;
                Assert.Contains(owner.Options, known => known.Name == match.Groups["option"].Value || known.Aliases.Contains(match.Groups["option"].Value));
            }
        }
    }

    [Fact]
    public void AnOptionOfAnotherVerbIsSaidOnceWithIt()
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        using CliHost host = new(Stream.Null, output, error, isErrorTerminal: false);
        ParseResult merge = CliApplication.CreateRoot(host).Parse(["merge"]);
        Assert.Equal("Use --allow-partial.", CliText.Render("Use {AllowPartial}.", merge));
        Assert.Equal("Use --v-pen of 'sparsesc fit' or --w-pen.", CliText.Render("Use {VPen} or {WPen}.", merge));
        Assert.Equal("Use fewer taskSlotsPerNode of the configuration.", CliText.Render("Use fewer {TaskSlotsPerNode}.", merge));
        Assert.Equal("Unit '{Nobody}' is unknown.", CliText.Render("Unit '{Nobody}' is unknown.", merge));
    }

    [Theory]
    [InlineData("fit", "--fast", "--model-type", "full")]
    [InlineData("plan", "--stopping-rule", "1", "--constraint", "simplex", "--batch-directory", "DIR")]
    public void WarningsInTheJsonAreInWords(params string[] args)
    {
        using TempFolder folder = new();
        CliRun run = CliRun.Of([.. args.Select(word => word == "DIR" ? folder.Path("plan") : word), .. CliRun.California, "--quiet"]).Expect(0);
        string warning = run.Json.GetProperty("warnings")[0].GetString()!;
        Assert.Matches("--(model-type full|constraint orthant)", warning);
        Assert.DoesNotMatch(Template(), run.Output);
    }

    // What stands in braces within a string of the sources: doubled where the string is interpolated.
    internal static IEnumerable<(string File, string Name)> Tokens()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src"), "*.cs", SearchOption.AllDirectories))
        {
            if (file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (string line in File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
            {
                foreach (Match text in Literal().Matches(line))
                {
                    Regex token = text.Value.StartsWith('$') ? Doubled() : Template();
                    foreach (Match found in token.Matches(text.Value))
                    {
                        yield return (file, found.Groups[1].Value);
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"\$?""(?:[^""\\]|\\.)*""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{([A-Z][A-Za-z0-9]*)(?::[A-Z][A-Za-z0-9]*)?\}")]
    private static partial Regex Template();

    [GeneratedRegex(@"(?<!\{)\{\{([A-Z][A-Za-z0-9]*)(?::[A-Z][A-Za-z0-9]*)?\}\}(?!\})")]
    private static partial Regex Doubled();

    [GeneratedRegex(@"^Give (?:(?<option>--[a-z0-9-]+) 'x'(?: of 'sparsesc (?<verb>[a-z]+)')?|sparsesc run 'x'|[a-z][A-Za-z]+ 'x'(?: of the configuration)?|[A-Z_]+ 'x'(?: of the configuration)?)\.$")]
    private static partial Regex Said();
}
