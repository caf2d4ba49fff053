namespace SparseSC.Core.Models;

/// <summary>On which scale placebos are compared with the mean effect of several treated units.</summary>
public enum PlaceboScale : long
{
    /// <summary>That of the effect: by the norms of the contrasts behind both, so that noise the donors share counts in both.</summary>
    Design,

    /// <summary>As they are, which is what the Python package SparseSC does; intervals are then too narrow.</summary>
    None,
}
