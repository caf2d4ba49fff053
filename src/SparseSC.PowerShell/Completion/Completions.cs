using System.Management.Automation;
using System.Management.Automation.Language;

namespace SparseSC.PowerShell.Completion;

/// <summary>Names as completions of what has been typed so far.</summary>
internal static class Completions
{
    /// <summary>The names that begin with the word, or where none does, those that hold it; quoted where the language needs it.</summary>
    public static IEnumerable<CompletionResult> Of(IEnumerable<string> names, string word)
    {
        char quote = word.Length > 0 && word[0] is '"' or '\'' ? word[0] : '\0';
        string start = word.Trim('\'', '"');
        string[] all = [.. names.Distinct()];
        string[] beginning = [.. all.Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))];
        string[] fitting = beginning.Length > 0 ? beginning : [.. all.Where(name => name.Contains(start, StringComparison.OrdinalIgnoreCase))];
        return fitting
            .Where(name => name.Length > 0)
            .Select(name => new CompletionResult(Written(name, quote), name, CompletionResultType.ParameterValue, name));
    }

    private static string Written(string name, char quote) => quote switch
    {
        '"' => $"\"{name.Replace("`", "``", StringComparison.Ordinal).Replace("\"", "`\"", StringComparison.Ordinal).Replace("$", "`$", StringComparison.Ordinal)}\"",
        '\0' when IsBare(name) => name,
        _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'",
    };

    private static bool IsBare(string name) =>
        name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/') && (char.IsLetterOrDigit(name[0]) || name[0] == '_');
}
