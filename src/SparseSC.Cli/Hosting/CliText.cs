using System.CommandLine;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Errors;

namespace SparseSC.Cli.Hosting;

/// <summary>Puts options that messages name into the words of the verb that shows them. The only place that does.</summary>
/// <remarks>
/// The same message reaches several verbs. What stands in the configuration file of a job is named as there; an option that the verb at hand
/// lacks is said with the verb that has it, once a message: <c>--panel of 'sparsesc fit'</c>. What is none of these stays as it is.
/// </remarks>
internal static class CliText
{
    private const string Config = "--config";

    private const string Panel = "--panel";

    private static readonly string[] OfPanels = ["{TreatedUnit}", "{TreatmentTimeColumn}", "{TreatmentTime}", "{Treatment}"];

    /// <summary>The message in the words of a verb.</summary>
    public static string Render(string message, ParseResult result)
    {
        if (!message.Contains('{', StringComparison.Ordinal))
        {
            return message;
        }

        message = InFormOf(message, result);
        Command verb = result.CommandResult.Command;
        HashSet<string> named = [];
        return OptionText.Render(
            Has(verb, Config) ? ConfigNames.Render(message) : message,
            option => Say(option, verb, result.RootCommandResult.Command, named),
            OptionText.CommandLineValue);
    }

    /// <summary>Puts all sentences of what is about to be shown into words.</summary>
    /// <returns>The object.</returns>
    public static T Spell<T>(T shown, ParseResult result)
        where T : ISpellable
    {
        shown.Spell(sentence => Render(sentence, result));
        return shown;
    }

    // Panels name units and times in columns, matrices number them; the work itself does not know which it was given. A message that speaks
    // of {Panel} is about the two forms and names both.
    private static string InFormOf(string message, ParseResult result)
    {
        bool Has(string option) => result.Tokens.Any(token => token.Value == option);
        if (message.Contains("{Panel}", StringComparison.Ordinal))
        {
            return message;
        }

        if (Has(Panel))
        {
            string who = Has("--treatment-time-column") ? "{TreatmentTimeColumn}" : Has("--treatment") ? "{Treatment}" : "{TreatedUnit}";
            return message
                .Replace("{TreatedUnits}", "{TreatedUnit}", StringComparison.Ordinal)
                .Replace("{TreatmentPeriods}", who, StringComparison.Ordinal)
                .Replace("{Outcomes}", "{Outcome}", StringComparison.Ordinal);
        }

        return Has("--outcomes")
            ? OfPanels.Aggregate(message, (text, option) => text.Replace(option, "{TreatmentPeriods}", StringComparison.Ordinal))
            : message;
    }

    private static OptionWord? Say(string name, Command verb, Command root, HashSet<string> named)
    {
        string option = OptionText.CommandLineOption(name);
        if (!option.StartsWith('-') || Has(verb, option))
        {
            return new OptionWord(option);
        }

        string? other = root.Subcommands.FirstOrDefault(command => Has(command, option))?.Name;
        string setting = ConfigNames.Render($"{{{name}}}");
        (string word, string place) = other is not null ? (option, $"'sparsesc {other}'") : (setting, "the configuration");
        return word.StartsWith('{') ? null : new OptionWord(word, named.Add(place) ? place : null);
    }

    private static bool Has(Command command, string option) => command.Options.Any(known => known.Name == option || known.Aliases.Contains(option));
}
