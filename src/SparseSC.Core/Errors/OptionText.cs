using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace SparseSC.Core.Errors;

/// <summary>Turns option names in messages into the spelling of the surface the user sits at.</summary>
/// <remarks>
/// Messages of the core name an option as <c>{CvFolds}</c>, because the same message is read by someone who typed
/// <c>--cv-folds</c> and by someone who typed <c>-CvFolds</c>. A word that is a value of an option is written
/// <c>{Missing:DropUnit}</c>, for the same reason. The edge renders both, once.
/// </remarks>
public static partial class OptionText
{
    private static readonly FrozenDictionary<string, string> CommandLineNames = new Dictionary<string, string>
    {
        ["MaxDegreeOfParallelism"] = "--threads",
        ["KeepWeights"] = "--no-weights",
        ["TreatedUnits"] = "--treated",
        ["RunMissing"] = "sparsesc run",
        ["FitHere"] = "'sparsesc run'",
        ["EffectsHere"] = "'sparsesc run'",
    }.ToFrozenDictionary();

    // Values that are more than the kebab of their name.
    private static readonly FrozenDictionary<string, string> CommandLineValues = new Dictionary<string, string>
    {
        ["OneStandardError"] = "1se",
        ["DifferenceInDifferences"] = "did",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> PowerShellNames = new Dictionary<string, string>
    {
        ["Features"] = "-Feature",
        ["Targets"] = "-Target",
        ["Treated"] = "-TreatedUnit",
        ["TreatedUnits"] = "-TreatedUnit",
        ["Covariates"] = "-Covariate",
        ["Predictors"] = "-Predictor",
        ["KeepWeights"] = "-NoWeights",
        ["Threads"] = "-ThrottleLimit",
        ["MaxDegreeOfParallelism"] = "-ThrottleLimit",
        ["AuxiliaryTargets"] = "-AuxiliaryTarget",
        ["Doses"] = "-Dose",
        ["LassoTol"] = "-LassoTolerance",
        ["LassoMaxIter"] = "-LassoMaxIteration",
        ["Tol"] = "-Tolerance",
        ["MinIter"] = "-MinIteration",
        ["MaxIter"] = "-MaxIteration",
        ["TestUnits"] = "-TestUnit",
        ["IncludeUnits"] = "-IncludeUnit",
        ["Durations"] = "-Duration",
        ["EffectSizes"] = "-EffectSize",
        ["Sizes"] = "-Size",
        ["RunMissing"] = "Start-SparseSCBatchJob",
        ["FitHere"] = "Invoke-SparseSCFit",
        ["EffectsHere"] = "Measure-SparseSCEffect",
    }.ToFrozenDictionary();

    /// <summary>Puts the options and values that a message names into words.</summary>
    /// <param name="message">The message.</param>
    /// <param name="option">What to say for an option, by its name; <c>null</c> when it is none, and the text stays as it is.</param>
    /// <param name="value">What to say for a value.</param>
    public static string Render(string message, Func<string, OptionWord?> option, Func<string, string> value)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(value);
        return TokenAndValue().Replace(message, match =>
        {
            // What was given, as in {VmSize} 'Standard_D2' or {MaxParallel} -1 is negative, stays with its option.
            string given = match.Groups[3].Value;
            return match.Groups[2].Success ? value(match.Groups[2].Value) + given
                : option(match.Groups[1].Value) is not { } word ? match.Value
                : word.Place is null ? word.Text + given
                : $"{word.Text}{given} of {word.Place}";
        });
    }

    /// <summary>Renders <c>{CvFolds}</c> as <c>--cv-folds</c> and <c>{Missing:DropUnit}</c> as <c>drop-unit</c>.</summary>
    public static string ToCommandLine(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Token().Replace(message, match =>
            match.Groups[2].Success ? CommandLineValue(match.Groups[2].Value) : CommandLineOption(match.Groups[1].Value));
    }

    /// <summary>Renders <c>{CvFolds}</c> as <c>-CvFolds</c> and <c>{Missing:DropUnit}</c> as <c>DropUnit</c>.</summary>
    public static string ToPowerShell(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Token().Replace(message, match =>
            match.Groups[2].Success ? match.Groups[2].Value : PowerShellParameter(match.Groups[1].Value));
    }

    /// <summary>The command line's spelling of one option, such as <c>--v-pen</c> for <c>VPen</c>.</summary>
    public static string CommandLineOption(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CommandLineNames.TryGetValue(name, out string? known) ? known : "--" + Kebab(name);
    }

    /// <summary>The command line's spelling of one value, such as <c>prospective-restricted</c> for <c>ProspectiveRestricted</c>.</summary>
    public static string CommandLineValue(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return CommandLineValues.TryGetValue(value, out string? known) ? known : Kebab(value);
    }

    /// <summary>The cmdlets' spelling of one option, such as <c>-VPen</c> for <c>VPen</c>.</summary>
    public static string PowerShellParameter(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return PowerShellNames.TryGetValue(name, out string? known) ? known : "-" + name;
    }

    private static string Kebab(string name)
    {
        StringBuilder text = new(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\{([A-Z][A-Za-z0-9]*)(?::([A-Z][A-Za-z0-9]*))?\}")]
    private static partial Regex Token();

    [GeneratedRegex(@"\{([A-Z][A-Za-z0-9]*)(?::([A-Z][A-Za-z0-9]*))?\}( '[^']*'| -?[0-9][0-9.]*(?= (?:is|must)\b))?")]
    private static partial Regex TokenAndValue();
}
