namespace SparseSC.Architecture.Tests;

/// <summary>Who may know whom. A project that is not listed here is not part of the house yet.</summary>
internal static class ReferenceTable
{
    public static IReadOnlyDictionary<string, Allowed> Rows { get; } = new Dictionary<string, Allowed>
    {
        ["SparseSC.Numerics"] = new([], ["MathNet.Numerics"]),
        ["SparseSC.Core"] = new(["SparseSC.Numerics"], ["MathNet.Numerics"]),
        ["SparseSC.Azure"] = new(["SparseSC.Core", "SparseSC.Numerics"], ["Azure."]),
        ["SparseSC.PowerShell"] = new(["SparseSC.Core", "SparseSC.Numerics", "SparseSC.Azure"], ["System.Management.Automation", "PowerShellStandard.Library"]),
        ["SparseSC.Loading"] = new([], ["System.Management.Automation", "PowerShellStandard.Library"]),
        ["SparseSC.Cli"] = new(["SparseSC.Core", "SparseSC.Numerics", "SparseSC.Azure"], ["System.CommandLine"]),
    };

    /// <param name="Projects">Projects of ours.</param>
    /// <param name="Packages">Others' assemblies and packages; a final dot stands for a family.</param>
    internal sealed record Allowed(string[] Projects, string[] Packages)
    {
        public bool Admits(string name) => Projects.Contains(name)
            || Packages.Any(package => package.EndsWith('.') ? name.StartsWith(package, StringComparison.Ordinal) : name == package);
    }
}
