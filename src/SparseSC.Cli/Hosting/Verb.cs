using System.CommandLine;

namespace SparseSC.Cli.Hosting;

/// <summary>A verb of the command line with command lines that show its use.</summary>
/// <param name="name">The verb.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">
/// Whole command lines, which run as they stand in the root of the repository; those of other verbs they build on have run before them.
/// </param>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>The panel that examples use.</summary>
    public const string California =
        "--panel samples/california_prop99.csv --unit state --time year --outcome cigsale --treated-unit California --treatment-time 1989";

    /// <summary>The panel before an experiment that examples use.</summary>
    public const string GeoLift = "--panel samples/geolift_pretest.csv --unit location --time date --outcome Y";

    /// <summary>A job of the plan that examples use.</summary>
    public const string Job = "--config samples/local.json --batch-directory prop99";

    /// <summary>Another form of the verb with options of its own, which help shows after this one, and which is made for that alone; <c>null</c> for none.</summary>
    public (string Heading, Func<Verb> Form)? Other { get; init; }

    /// <summary>The command lines.</summary>
    public IReadOnlyList<string> Examples => examples;
}
