using System.Reflection;
using System.Text.RegularExpressions;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.HelpBuilder;

namespace SparseSC.Architecture.Tests;

/// <summary>An option of a fit that can be set can be reached: from PowerShell, from the command line, and through a plan.</summary>
public partial class OptionTests
{
    // Surfaces switch off what is on.
    private static readonly Dictionary<string, string> Spelling = new()
    {
        [nameof(MatchSpaceOptions.Normalize)] = "NoNormalize",
    };

    // A donor pool is a matrix file of the plan; auxiliary targets are refused when a plan is made.
    private static readonly string[] WithoutKey = [nameof(FitOptions.DonorPool), nameof(FastFitOptions.AuxiliaryTargets)];

    private static readonly HashSet<string> Parameters =
    [
        .. CmdletDescription.All()
            .SelectMany(cmdlet => cmdlet.Parameters)
            .SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name))
            .Select(name => $"-{name}"),
    ];

    private static readonly HashSet<string> CommandLine = Texts("src/SparseSC.Cli");

    private static readonly HashSet<string> Keys = Texts("src/SparseSC.Batch/Plan");

    public static TheoryData<string, string> Options
    {
        get
        {
            TheoryData<string, string> options = [];
            foreach (PropertyInfo property in ((Type[])
                [typeof(FitOptions), typeof(FastFitOptions), typeof(MatchSpaceOptions)])
                .SelectMany(type => type.GetProperties())
                .Where(property => property.CanWrite && !IsPart(property.PropertyType)))
            {
                options.Add(property.DeclaringType!.Name, property.Name);
            }

            return options;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_has_a_parameter_an_option_and_a_key_of_the_plan(string type, string name)
    {
        string said = Spelling.GetValueOrDefault(name, name);
        string key = char.ToLowerInvariant(name[0]) + name[1..];

        Assert.True(Parameters.Contains(OptionText.PowerShellParameter(said)), $"{type}.{name} has no parameter.");
        Assert.True(CommandLine.Contains(OptionText.CommandLineOption(said)), $"{type}.{name} has no option of the command line.");
        Assert.True(
            Keys.Contains(key) != WithoutKey.Contains(name),
            $"{type}.{name} has no key in plans, or has one and is listed as if it had none.");
    }

    // Groups of options are looked into by themselves, and functions come as another form of the option they replace.
    private static bool IsPart(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal) || typeof(Delegate).IsAssignableFrom(type);

    private static HashSet<string> Texts(string folder) =>
        [.. House.Sources(folder).SelectMany(file => Text().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("\"([\\w-]+)\"")]
    private static partial Regex Text();
}
