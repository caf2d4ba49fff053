using System.Text.RegularExpressions;
using SparseSC.Core.Errors;

namespace SparseSC.Architecture.Tests;

public partial class ErrorPageTests
{
    private static readonly string Page = Path.Combine(House.Root, "docs", "errors.md");

    [Fact]
    public void The_page_of_errors_says_what_the_code_says()
    {
        string made = ErrorPage.Make();
        if (made != File.ReadAllText(Page))
        {
            string beside = Path.Combine(AppContext.BaseDirectory, "errors.md");
            File.WriteAllText(beside, made);
            Assert.Fail($"docs/errors.md is not what the code raises. Copy '{beside}' there.");
        }
    }

    [Fact]
    public void Every_id_that_code_decides_by_is_raised()
    {
        IEnumerable<string> named = typeof(ErrorIds).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Empty(named.Except(ErrorPage.Read().Keys));
    }

    // A misspelled text would compile, and never be met.
    [Fact]
    public void No_code_decides_by_the_text_of_an_id() =>
        Assert.DoesNotContain(House.Sources("src"), file => Decision().IsMatch(File.ReadAllText(file)));

    [GeneratedRegex("""\bErrorId (?:is|==|!=) (?:not )?"|\berrorId switch\s*\{[^}]*"\w+" (?:or|=>)""")]
    private static partial Regex Decision();
}
