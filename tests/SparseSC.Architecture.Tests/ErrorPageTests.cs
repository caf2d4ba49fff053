using System.Text.RegularExpressions;
using SparseSC.Core.Errors;
using SparseSC.HelpBuilder;

namespace SparseSC.Architecture.Tests;

public partial class ErrorPageTests
{
    private static readonly string Page = Path.Combine(House.Root, "docs", "errors.md");

    // What the code raises now is written beside, to be copied over the page.
    [Fact]
    public void The_page_of_errors_lists_what_is_raised()
    {
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "errors.md"), ErrorPage.Make(House.Root));
        string[] listed = [.. Listed().Matches(File.ReadAllText(Page)).Select(match => match.Groups[1].Value)];

        Assert.True(listed.Length > 200, $"The page lists {listed.Length} ids.");
        Assert.Empty(listed.Except(ErrorPage.Read(House.Root).Keys));
    }

    [Fact]
    public void Every_id_that_code_decides_by_is_raised()
    {
        IEnumerable<string> named = typeof(ErrorIds).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Empty(named.Except(ErrorPage.Read(House.Root).Keys));
    }

    // A misspelled text would compile, and never be met.
    [Fact]
    public void No_code_decides_by_the_text_of_an_id() =>
        Assert.DoesNotContain(House.Sources("src"), file => Decision().IsMatch(File.ReadAllText(file)));

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex("""\bErrorId (?:is|==|!=) (?:not )?"|\berrorId switch\s*\{[^}]*"\w+" (?:or|=>)""")]
    private static partial Regex Decision();
}
