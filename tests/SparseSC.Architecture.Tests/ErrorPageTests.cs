using System.Text.RegularExpressions;

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

    // The categories of errors name ids by hand; one that is misspelled would change no category.
    [Fact]
    public void Every_id_with_a_category_is_raised()
    {
        string categories = File.ReadAllText(Path.Combine(House.Root, "src", "SparseSC.PowerShell", "Errors", "ErrorCategories.cs"));
        IEnumerable<string> named = Ids().Matches(categories).Select(match => match.Groups[1].Value);

        Assert.Empty(named.Except(ErrorPage.Read().Keys));
    }

    [GeneratedRegex("\"([A-Z]\\w+)\"")]
    private static partial Regex Ids();
}
