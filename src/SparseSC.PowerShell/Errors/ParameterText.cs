using System.Management.Automation;
using System.Reflection;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Errors;

/// <summary>Puts options that messages name into the words of the cmdlet that shows them. The only place that does.</summary>
/// <remarks>
/// The same message reaches several cmdlets. A parameter that the one at hand lacks is said with the cmdlet that has it, once a message:
/// <c>use a larger -VmSize of New-SparseSCBatchConfig</c>. What is no parameter of any stays as it is.
/// </remarks>
internal static class ParameterText
{
    // Who is named when several have a parameter: data first, then settings of jobs, then what computes.
    private static readonly string[] Order = ["ConvertTo-SparseSCPanel", "Import-SparseSCPanel", "New-SparseSCBatchConfig", "Invoke-SparseSCFit", "Measure-SparseSCEffect", "Test-SparseSCPlacebo"];

    private static readonly Lazy<IReadOnlyDictionary<string, string[]>> Owners = new(ReadOwners);

    /// <summary>The message in the words of a cmdlet.</summary>
    /// <param name="message">The message.</param>
    /// <param name="command">The cmdlet's name.</param>
    public static string Render(string message, string command)
    {
        if (!message.Contains('{', StringComparison.Ordinal))
        {
            return message;
        }

        HashSet<string> named = new(StringComparer.OrdinalIgnoreCase);
        return OptionText.Render(message, option => Say(option, command, named), value => value);
    }

    private static OptionWord? Say(string option, string command, HashSet<string> named)
    {
        string word = OptionText.PowerShellParameter(option);
        if (!word.StartsWith('-'))
        {
            return new OptionWord(word);
        }

        if (!Owners.Value.TryGetValue(word[1..], out string[]? owners))
        {
            return null;
        }

        return owners.Contains(command, StringComparer.OrdinalIgnoreCase) || !named.Add(owners[0]) ? new OptionWord(word) : new OptionWord(word, owners[0]);
    }

    private static Dictionary<string, string[]> ReadOwners() => typeof(ParameterText).Assembly.GetTypes()
        .Select(type => (Type: type, Cmdlet: type.GetCustomAttribute<CmdletAttribute>()))
        .Where(pair => pair.Cmdlet is not null)
        .Select(pair => (Name: $"{pair.Cmdlet!.VerbName}-{pair.Cmdlet.NounName}", pair.Type))
        .OrderBy(pair => Array.IndexOf(Order, pair.Name) is >= 0 and int place ? place : Order.Length)
        .ThenBy(pair => pair.Name, StringComparer.Ordinal)
        .SelectMany(pair => pair.Type.GetProperties()
            .Where(property => property.IsDefined(typeof(ParameterAttribute)))
            .SelectMany(property => (property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(property.Name))
            .Select(parameter => (Parameter: parameter, Command: pair.Name)))
        .GroupBy(pair => pair.Parameter, pair => pair.Command, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
}
