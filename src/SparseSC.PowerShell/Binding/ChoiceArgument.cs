using System.Management.Automation;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.PowerShell.Binding;

/// <summary>How a penalty is chosen: by a named rule or by a script block.</summary>
/// <param name="Rule">The named rule, or <c>null</c>.</param>
/// <param name="Script">The script block, or <c>null</c>.</param>
internal sealed record ChoiceArgument(PenaltyChoice? Rule, ScriptBlock? Script)
{
    /// <summary>The spellings a user may complete.</summary>
    public static readonly string[] Spellings = ["Min", "OneStandardError", "1se"];

    /// <exception cref="InvalidInputException">It is neither.</exception>
    public static ChoiceArgument Read(object value)
    {
        object? plain = PropertyReader.Unwrap(value);
        return plain switch
        {
            ScriptBlock script => new ChoiceArgument(null, script),
            PenaltyChoice rule => new ChoiceArgument(rule, null),
            string text when text.Equals("1se", StringComparison.OrdinalIgnoreCase) => new ChoiceArgument(PenaltyChoice.OneStandardError, null),
            string text when Enum.TryParse(text, ignoreCase: true, out PenaltyChoice rule) && Enum.IsDefined(rule) => new ChoiceArgument(rule, null),
            _ => throw new InvalidInputException(
                "UnknownChoice", $"{{Choice}} '{plain}' is unknown. Give Min, OneStandardError (1se), or a script block that gets the scores and returns an index.", "Choice"),
        };
    }
}
