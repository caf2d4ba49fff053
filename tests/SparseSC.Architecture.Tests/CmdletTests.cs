using System.Text.RegularExpressions;
using SparseSC.HelpBuilder;

namespace SparseSC.Architecture.Tests;

public class CmdletTests
{
    private static readonly string[] ChangingVerbs = ["Start", "Stop", "Remove", "Restart", "Clear", "Set"];

    private static IReadOnlyList<CmdletDescription> All { get; } = CmdletDescription.All();

    public static TheoryData<string> CmdletNames => [.. All.Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_there_are() =>
        Assert.Equal(All.Select(cmdlet => cmdlet.Name), Exported("CmdletsToExport"));

    [Fact]
    public void The_manifest_exports_exactly_the_aliases_there_are() =>
        Assert.Equal(All.SelectMany(cmdlet => cmdlet.Aliases).Order(StringComparer.Ordinal), Exported("AliasesToExport"));

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_cmdlet_is_one_sealed_class_in_a_file_of_its_own(string name)
    {
        Type type = Find(name).Type;
        string source = File.ReadAllText(Path.Combine(House.Root, "src", "SparseSC.PowerShell", "Commands", $"{type.Name}.cs"));

        Assert.True(type.IsSealed);
        Assert.Equal($"{name.Replace("-", "", StringComparison.Ordinal)}Command", type.Name);
        Assert.Single(Regex.Matches(source, @"^\s*(public|internal|private)?.*\bclass\s+\w+", RegexOptions.Multiline));
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_plural_noun_has_its_singular_as_alias(string name)
    {
        if (name.EndsWith('s'))
        {
            Assert.Contains(name[..^1], Find(name).Aliases);
        }
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_cmdlet_that_changes_something_asks_first(string name)
    {
        if (ChangingVerbs.Contains(name.Split('-')[0]))
        {
            Assert.True(Find(name).SupportsShouldProcess);
        }
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_cmdlet_has_a_page_with_every_parameter_and_an_example(string name)
    {
        MarkdownPage page = MarkdownPage.Read(Path.Combine(House.Root, "docs", $"{name}.md"));

        Assert.Equal(name, page.Title);
        Assert.NotEmpty(page.Synopsis);
        Assert.NotEmpty(page.Examples);
        Assert.Equal(Find(name).Parameters.Select(parameter => parameter.Name).Order(), page.Parameters.Keys.Order());
        Assert.All(page.Parameters.Values, Assert.NotEmpty);
    }

    [Theory]
    [MemberData(nameof(CmdletNames))]
    public void A_cmdlet_has_tests_in_a_real_PowerShell(string name) =>
        Assert.True(File.Exists(Path.Combine(House.Root, "tests", "powershell", $"{name}.Tests.ps1")));

    private static CmdletDescription Find(string name) => All.Single(cmdlet => cmdlet.Name == name);

    private static string[] Exported(string key)
    {
        string list = Regex.Match(House.Manifest, key + @"\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        return [.. Regex.Matches(list, "'([^']+)'").Select(match => match.Groups[1].Value)];
    }
}
