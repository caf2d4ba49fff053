using System.Text.RegularExpressions;

namespace SparseSC.Architecture.Tests;

/// <summary>Who may know whom, as docs/design.md says it. A project that is not listed there is not part of the house yet.</summary>
internal static partial class ReferenceTable
{
    // What PowerShellStandard.Library stands for.
    private const string PowerShell = "System.Management.Automation";

    public static IReadOnlyDictionary<string, Allowed> Rows { get; } = Read();

    private static Dictionary<string, Allowed> Read()
    {
        Dictionary<string, string[]> named = File.ReadLines(Path.Combine(House.Root, "docs", "design.md"))
            .Select(line => RowPattern().Match(line))
            .Where(row => row.Success)
            .ToDictionary(row => row.Groups[1].Value, row => NamePattern().Matches(row.Groups[2].Value).Select(name => name.Groups[1].Value).ToArray());
        return named.ToDictionary(row => row.Key, row => new Allowed(
            [.. row.Value.Where(named.ContainsKey).SelectMany(project => Below(project, named)).Distinct()],
            [.. row.Value.Where(name => !named.ContainsKey(name)).SelectMany(name => (string[])(name == "PowerShellStandard.Library" ? [name, PowerShell] : [name.TrimEnd('*')]))]));
    }

    // Whoever may use a project sees what that one is built on.
    private static IEnumerable<string> Below(string project, Dictionary<string, string[]> named) =>
        [project, .. named[project].Where(named.ContainsKey).SelectMany(name => Below(name, named))];

    [GeneratedRegex(@"^\| `(SparseSC\.\w+)` \| ([^|]*) \|")]
    private static partial Regex RowPattern();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex NamePattern();

    /// <param name="Projects">Projects of ours.</param>
    /// <param name="Packages">Others' assemblies and packages; a final dot stands for a family.</param>
    internal sealed record Allowed(string[] Projects, string[] Packages)
    {
        public bool Admits(string name) => Projects.Contains(name)
            || Packages.Any(package => package.EndsWith('.') ? name.StartsWith(package, StringComparison.Ordinal) : name == package);
    }
}
