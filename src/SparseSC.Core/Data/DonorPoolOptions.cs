namespace SparseSC.Core.Data;

/// <summary>Which controls of a panel may be donors. What is given is applied in the order of the properties.</summary>
public sealed class DonorPoolOptions
{
    /// <summary>Names of the only donors; empty for all controls.</summary>
    public IReadOnlyList<string> Donors { get; set; } = [];

    /// <summary>Pairs of units that are neighbours, in either order: neighbours of treated units are no donors, because the treatment may reach them.</summary>
    public IReadOnlyList<(string First, string Second)> Neighbours { get; set; } = [];

    /// <summary>K: the donors nearest to each treated unit; <c>null</c> for all that are left.</summary>
    public int? Nearest { get; set; }

    /// <summary>What is near.</summary>
    public DonorNearness NearestBy { get; set; }
}
