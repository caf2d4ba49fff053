using System.Management.Automation;

namespace SparseSC.PowerShell.Binding;

/// <summary>Names to choose by, with wildcards if wanted.</summary>
internal sealed class NamePatterns
{
    private readonly WildcardPattern[]? _patterns;

    /// <summary>Chooses by these names; <c>null</c> chooses everything.</summary>
    public NamePatterns(IEnumerable<string>? names)
    {
        _patterns = names?.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToArray();
    }

    /// <summary>Whether a name is chosen.</summary>
    public bool Admit(string name) => _patterns is null || _patterns.Any(pattern => pattern.IsMatch(name));
}
