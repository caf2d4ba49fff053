using System.Globalization;
using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The properties of a machine that the name of its size tells.</summary>
/// <remarks>
/// Azure's naming convention: family, cores, constrained cores, features, version (<c>Standard_E8-4ds_v5</c>). The D and G families of the
/// first versions numbered their sizes instead. Retirements as announced by Microsoft up to November 2026.
/// </remarks>
internal sealed partial class VmSize
{
    private static readonly Dictionary<int, int> EarlyD = new()
    {
        [1] = 1, [2] = 2, [3] = 4, [4] = 8, [5] = 16, [11] = 2, [12] = 4, [13] = 8, [14] = 16, [15] = 20,
    };

    private static readonly Dictionary<int, int> EarlyG = new() { [1] = 2, [2] = 4, [3] = 8, [4] = 16, [5] = 32 };

    private VmSize(string family, int number, int? constrained, int version, bool hasNewerAccelerator)
    {
        Family = family;
        Version = version;
        IsRetired = !hasNewerAccelerator
            && (family, version) is ("A" or "H" or "ND" or "NV", 1) or ("NC", <= 3);
        Cores = constrained ?? CoresOf(family, number, version);
    }

    /// <summary>Letters of the family, such as <c>D</c> or <c>NC</c>.</summary>
    public string Family { get; }

    /// <summary>The version; 1 when the name has none.</summary>
    public int Version { get; }

    /// <summary>Cores; <c>null</c> where the name does not tell.</summary>
    public int? Cores { get; }

    /// <summary>Whether machines of this size are gone.</summary>
    public bool IsRetired { get; }

    /// <summary>When machines of this size will go; <c>null</c> where nothing is announced.</summary>
    public string? Retirement => (Family, Version) switch
    {
        ("D" or "DS", <= 2) or ("L", 1) => "2028-05-01",
        ("F", <= 2) or ("L", 2) or ("G" or "GS", _) or ("A", 2) or ("B", 1) => "2028-11-15",
        _ => null,
    };

    /// <summary>Reads a name such as <c>Standard_D4s_v5</c>; <c>null</c> when it does not follow the convention.</summary>
    public static VmSize? TryParse(string name)
    {
        Match match = Name().Match(name);
        if (!match.Success)
        {
            return null;
        }

        int? Number(string group) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;
        string family = match.Groups["family"].Value.ToUpperInvariant();
        return new VmSize(family, Number("cores")!.Value, Number("constrained"), Number("version") ?? 1, match.Groups["accelerator"].Success);
    }

    private static int? CoresOf(string family, int number, int version) => (family, version) switch
    {
        ("D" or "DS", <= 2) => EarlyD.TryGetValue(number, out int cores) ? cores : null,
        ("G" or "GS", _) => EarlyG.TryGetValue(number, out int cores) ? cores : null,
        ("A", 1) => null,
        _ => number > 0 ? number : null,
    };

    [GeneratedRegex("^(Standard|Basic)_(?<family>[A-Z]+)(?<cores>[0-9]{1,4})(-(?<constrained>[0-9]{1,4}))?[a-z]*(?<accelerator>_[A-Z0-9]+)??(_v(?<version>[0-9]{1,2}))?(_[A-Za-z]+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
