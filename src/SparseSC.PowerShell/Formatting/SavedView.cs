using System.Management.Automation;

namespace SparseSC.PowerShell.Formatting;

/// <summary>Reads what views show from objects as they are and from ones that were saved and read again.</summary>
public static class SavedView
{
    /// <summary>The words of enumerations, with commas between them.</summary>
    /// <remarks>A saved enumeration is a number that remembers its word: script sees the number, only its wrapper knows the word.</remarks>
    public static string Words(PSObject source, params string[] properties)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(properties);
        return string.Join(", ", properties.Select(name => source.Properties[name]?.Value?.ToString()));
    }
}
