using System.Text.RegularExpressions;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.HelpBuilder;

namespace SparseSC.Architecture.Tests;

/// <summary>The lists of the help topics are those of the code.</summary>
public partial class AboutTests
{
    private static readonly CmdletDescription[] Cmdlets = [.. CmdletDescription.All()];

    [Fact]
    public void The_overview_names_every_cmdlet()
    {
        string page = Page("about_SparseSC");
        Assert.All(Cmdlets, cmdlet => Assert.Contains($"`{cmdlet.Name}`", page, StringComparison.Ordinal));
        Assert.Empty(CmdletName().Matches(page).Select(match => match.Value).Except(Cmdlets.Select(cmdlet => cmdlet.Name)));
    }

    [Fact]
    public void The_topic_of_jobs_names_every_cmdlet_of_jobs()
    {
        string page = Page("about_SparseSC_Batch");
        Assert.All(
            Cmdlets.Where(cmdlet => cmdlet.Parameters.Any(parameter => parameter.Name == "Config") || cmdlet.Name.Contains("Batch", StringComparison.Ordinal)),
            cmdlet => Assert.Contains(cmdlet.Name, page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_choice_lists_every_estimator_with_what_judges_it()
    {
        Dictionary<string, string[]> rows = Rows(Page("about_SparseSC_Choosing"))
            .Where(cells => cells.Length == 4 && cells[0] != "estimator")
            .ToDictionary(cells => cells[0], cells => cells[3].Split(", "));
        Assert.Equal(Enum.GetNames<EffectMethod>().Order(), rows.Keys.Order());
        Assert.All(
            Enum.GetValues<EffectMethod>(),
            method => Assert.Equal(EffectInferenceUse.Of(method).Select(inference => inference.ToString()).Order(), rows[method.ToString()].Order()));
    }

    [Fact]
    public void The_reference_names_parameters_and_options_that_there_are()
    {
        HashSet<string> parameters = [.. Cmdlets.SelectMany(cmdlet => cmdlet.Parameters).Select(parameter => $"-{parameter.Name}")];
        HashSet<string> options =
        [
            .. House.Sources("src/SparseSC.Cli").SelectMany(file => Option().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value),
        ];
        string[][] rows = [.. Rows(Page("about_SparseSC_Reference")).Where(cells => cells.Length == 4 && cells[0] != "Python")];
        Assert.True(rows.Length > 60, $"The reference has {rows.Length} rows.");
        Assert.Empty(rows.Select(cells => cells[1]).Where(name => name != "none").Except(parameters));
        Assert.Empty(rows.Select(cells => cells[2]).Where(name => name != "none").Except(options));
    }

    [Theory]
    [InlineData("about_SparseSC")]
    [InlineData("about_SparseSC_Batch")]
    [InlineData("about_SparseSC_Choosing")]
    [InlineData("about_SparseSC_Reference")]
    public void A_topic_fits_a_terminal_and_says_what_it_is_about(string name)
    {
        string topic = AboutTopic.Of(Page(name));
        Assert.StartsWith($"TOPIC\n    {name}\n\nSHORT DESCRIPTION\n    ", topic, StringComparison.Ordinal);
        Assert.DoesNotContain('`', topic.Replace("`$", "", StringComparison.Ordinal));

        // Code stands as it is.
        Assert.All(topic.Split('\n').Where(line => !line.StartsWith("        ", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 79));
    }

    [Fact]
    public void Markdown_becomes_plain_text()
    {
        const string Markdown = "# about_X\n\nWhat it is, `code` and a [link](x.md).\n\n## Some words\n\n- one\n  goes on\n- two\n\n| id | messages |\n|---|---|\n| `A` | a \\| b<br>c |\n\n```\ncode\n```\n";
        Assert.Equal(
            "TOPIC\n    about_X\n\nSHORT DESCRIPTION\n    What it is, code and a link.\n\nLONG DESCRIPTION\n\nSOME WORDS\n    - one goes on\n    - two\n\n"
                + "    A\n        a | b\n        c\n\n        code\n",
            AboutTopic.Of(Markdown));
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(House.Root, "docs", "about", $"{name}.md"));

    private static IEnumerable<string[]> Rows(string page) => page.Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Replace("`", "", StringComparison.Ordinal).Trim()).ToArray())
        .Select(cells => cells.Length == 3 ? [.. cells, ""] : cells);

    [GeneratedRegex("[A-Z][a-z]+(?:To)?-SparseSC[A-Z][A-Za-z]+")]
    private static partial Regex CmdletName();

    [GeneratedRegex("\"(--[a-z-]+)\"")]
    private static partial Regex Option();
}
