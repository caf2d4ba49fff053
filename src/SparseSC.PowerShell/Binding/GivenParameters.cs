using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Security;

namespace SparseSC.PowerShell.Binding;

/// <summary>Says which parameters a command was given, for -Verbose; never a secret.</summary>
internal static class GivenParameters
{
    private const int LongestText = 120;

    // Command lines are the user's own and may carry anything.
    private static readonly string[] Unshown = ["CommandLine", "StartTaskCommandLine"];

    /// <summary>One line; <c>null</c> when nothing but the pipeline's object is given.</summary>
    public static string? Describe(PSCmdlet command)
    {
        string[] given =
        [
            .. command.MyInvocation.BoundParameters
                .Select(pair => (Property: command.GetType().GetProperty(pair.Key), pair.Value))
                .Where(pair => pair.Property?.GetCustomAttributes<ParameterAttribute>().Any() == true)
                .Select(pair => Say(pair.Property!, pair.Value)),
        ];
        return given.Length == 0 ? null : $"Given: {string.Join(' ', given)}";
    }

    private static string Say(PropertyInfo property, object? value) => value is SwitchParameter on
        ? on ? $"-{property.Name}" : $"-{property.Name}:$false"
        : $"-{property.Name} {(IsSecret(property, value) ? "(not shown)" : Text(value))}";

    private static bool IsSecret(PropertyInfo property, object? value) =>
        value is SecureString or PSCredential
        || property.GetCustomAttribute<SecretTransformationAttribute>() is not null
        || Unshown.Contains(property.Name);

    private static string Text(object? value) => PropertyReader.Unwrap(value) switch
    {
        null => "$null",

        // What follows a question mark in an address may be a signature.
        string text => Quoted(text.Contains("://", StringComparison.Ordinal) ? text.Split('?')[0] : text),
        ScriptBlock => "{…}",
        bool truth => truth ? "$true" : "$false",
        Enum or TimeSpan => $"{value}",
        IFormattable number when number.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        IDictionary table => $"(a table of {table.Count})",
        Array { Rank: 1, Length: <= 8 } list => string.Join(", ", list.Cast<object?>().Select(Text)),
        Array list => $"({string.Join('×', Enumerable.Range(0, list.Rank).Select(list.GetLength))} values)",
        object other => $"({other.GetType().Name})",
    };

    private static string Quoted(string text) => text.Length > LongestText ? $"'{text[..LongestText]}…'" : $"'{text}'";
}
