namespace SparseSC.BatchServer.Validation;

/// <summary>The machine sizes there are, with their cores.</summary>
/// <remarks>
/// From https://learn.microsoft.com/azure/virtual-machines/sizes: general, compute, memory, storage, graphics and HPC series that Batch
/// offers and that are not retired. A name's number is the cores, but for the second generation of D and some others.
/// </remarks>
internal static class VmSizes
{
    private static readonly int[] To64 = [2, 4, 8, 16, 32, 48, 64];
    private static readonly int[] To96 = [2, 4, 8, 16, 32, 48, 64, 96];
    private static readonly int[] To128 = [2, 4, 8, 16, 32, 48, 64, 96, 128];

    // The number stands between the two parts of the name.
    private static readonly (string Before, string[] After, int[] Cores)[] Series =
    [
        ("A", ["_v2"], [1, 2, 4, 8]),
        ("A", ["m_v2"], [2, 4, 8]),
        ("D", ["_v3", "s_v3", "_v4", "s_v4", "d_v4", "ds_v4"], To64),
        ("D", ["a_v4", "as_v4", "_v5", "s_v5", "d_v5", "ds_v5", "as_v5", "ads_v5", "ls_v5", "lds_v5"], To96),
        ("D", ["as_v6", "ads_v6", "als_v6", "alds_v6"], To96),
        ("D", ["s_v6", "ds_v6", "ls_v6", "lds_v6"], To128),
        ("D", ["ps_v5", "pds_v5", "pls_v5", "plds_v5"], To64),
        ("D", ["ps_v6", "pds_v6", "pls_v6", "plds_v6"], To96),
        ("E", ["_v3", "s_v3", "_v4", "s_v4", "d_v4", "ds_v4"], [2, 4, 8, 16, 20, 32, 48, 64]),
        ("E", ["a_v4", "as_v4", "_v5", "s_v5", "d_v5", "ds_v5", "as_v5", "ads_v5", "as_v6", "ads_v6"], [2, 4, 8, 16, 20, 32, 48, 64, 96]),
        ("E", ["s_v6", "ds_v6"], To128),
        ("F", ["", "s"], [1, 2, 4, 8, 16]),
        ("F", ["s_v2"], [2, 4, 8, 16, 32, 48, 64, 72]),
        ("F", ["as_v6", "als_v6", "ams_v6"], [2, 4, 8, 16, 32, 48, 64]),
        ("FX", ["mds"], [4, 12, 24, 36, 48]),
        ("L", ["s_v3", "as_v3"], [8, 16, 32, 48, 64, 80]),
        ("M", ["", "s", "ms"], [64, 128]),
        ("NC", ["as_T4_v3"], [4, 8, 16, 64]),
        ("NC", ["ads_A100_v4"], [24, 48, 96]),
        ("ND", ["amsr_A100_v4", "asr_v4", "isr_H100_v5"], [96]),
        ("NV", ["ads_A10_v5"], [6, 12, 18, 36, 72]),
        ("HB", ["rs_v2"], [120]),
        ("HB", ["rs_v3"], [120]),
        ("HB", ["rs_v4", "rs_v5"], [176]),
        ("HC", ["rs"], [44]),
    ];

    // Some cores of a larger machine.
    private static readonly (int Size, int Cores)[] Constrained =
        [(4, 2), (8, 2), (8, 4), (16, 4), (16, 8), (32, 8), (32, 16), (64, 16), (64, 32), (96, 24), (96, 48)];

    private static readonly string[] FifthOfE = ["s_v5", "ds_v5", "as_v5", "ads_v5"];

    private static readonly (int Size, int Cores)[] SecondOfD =
        [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (11, 2), (12, 4), (13, 8), (14, 16), (15, 20)];

    private static readonly Dictionary<string, int> Known = new(All(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Virtual cores of a size; null when there is no such size.</summary>
    public static int? Cores(string name) => Known.TryGetValue(name, out int cores) ? cores : null;

    private static IEnumerable<KeyValuePair<string, int>> All()
    {
        var series =
            from item in Series
            from after in item.After
            from cores in item.Cores
            select (Name: $"{item.Before}{cores}{after}", Cores: cores);
        var constrained =
            from item in Constrained
            from after in FifthOfE
            select (Name: $"E{item.Size}-{item.Cores}{after}", item.Cores);
        var second =
            from item in SecondOfD
            from before in (string[])["D", "DS"]
            select (Name: $"{before}{item.Size}_v2", item.Cores);
        return series.Concat(constrained).Concat(second).Select(item => KeyValuePair.Create($"Standard_{item.Name}", item.Cores));
    }
}
