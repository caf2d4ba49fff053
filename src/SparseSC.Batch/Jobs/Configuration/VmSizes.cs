namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>A machine size.</summary>
/// <param name="Name">Its name, as the service takes it.</param>
/// <param name="Cores">Virtual cores.</param>
/// <param name="MemoryGiB">Memory in GiB.</param>
public sealed record VmSizeInfo(string Name, int Cores, int MemoryGiB);

/// <summary>Machine sizes that are usual for jobs like these, to choose from; the service has many more.</summary>
/// <remarks>
/// x64 series without special hardware, from Microsoft's documentation of virtual machine sizes (November 2026): D with 4 GiB a core, E with
/// 8, with Intel (v5, v6) or AMD processors (a), with (d) or without a local disk.
/// </remarks>
public static class VmSizes
{
    private static readonly int[] CoresOfV5 = [2, 4, 8, 16, 32, 48, 64, 96];
    private static readonly int[] CoresOfV6 = [2, 4, 8, 16, 32, 48, 64, 96, 128];

    private static readonly Series[] Known =
    [
        new("Standard_D", "s_v5", CoresOfV5, 4),
        new("Standard_D", "ds_v5", CoresOfV5, 4),
        new("Standard_D", "as_v5", CoresOfV5, 4),
        new("Standard_D", "ads_v5", CoresOfV5, 4),
        new("Standard_D", "s_v6", CoresOfV6, 4),
        new("Standard_D", "ds_v6", CoresOfV6, 4),
        new("Standard_D", "as_v6", CoresOfV5, 4),
        new("Standard_D", "ads_v6", CoresOfV5, 4),
        new("Standard_E", "s_v5", CoresOfV5, 8),
        new("Standard_E", "ds_v5", CoresOfV5, 8),
        new("Standard_E", "as_v5", CoresOfV5, 8),
        new("Standard_E", "ads_v5", CoresOfV5, 8),
    ];

    // The largest of the E series have less than 8 GiB a core.
    private const int MostMemoryOfE = 672;

    /// <summary>The sizes, small ones of a series first.</summary>
    public static IReadOnlyList<VmSizeInfo> Usual { get; } = [.. Known.SelectMany(series => series.Sizes())];

    private sealed record Series(string Prefix, string Suffix, int[] Cores, int MemoryPerCore)
    {
        public IEnumerable<VmSizeInfo> Sizes() => Cores.Select(cores => new VmSizeInfo(
            $"{Prefix}{cores}{Suffix}", cores, MemoryPerCore > 4 ? Math.Min(cores * MemoryPerCore, MostMemoryOfE) : cores * MemoryPerCore));
    }
}
