using SparseSC.Core.Errors;

namespace SparseSC.Core.Units;

/// <summary>Units that share one donor pool.</summary>
/// <param name="Units">Rows of the units.</param>
/// <param name="Columns">Positions of the pool among all donors.</param>
/// <param name="Donors">Rows of the pool.</param>
internal sealed record DonorPoolGroup(int[] Units, int[] Columns, int[] Donors);

/// <summary>Groups equal rows of a custom donor pool, so that each pool is factorised once.</summary>
internal static class DonorPools
{
    /// <summary>Groups in the order of their first unit; a unit's own column is always excluded.</summary>
    /// <exception cref="InvalidInputException">A unit is left without a donor.</exception>
    public static List<DonorPoolGroup> Group(bool[,] pool, int[] positions, int[] donors)
    {
        Dictionary<string, (List<int> Units, int[] Columns)> groups = new(StringComparer.Ordinal);
        List<string> order = [];
        for (int unit = 0; unit < positions.Length; unit++)
        {
            int own = positions[unit];
            int[] columns = [.. Enumerable.Range(0, donors.Length).Where(j => pool[unit, j] && j != own)];
            if (columns.Length == 0)
            {
                throw new InvalidInputException("EmptyDonorPool", $"{{DonorPool}} leaves unit {unit} without a donor. Allow at least one control in its row (its own column does not count).", "DonorPool");
            }

            string key = string.Join(',', columns);
            if (!groups.TryGetValue(key, out (List<int> Units, int[] Columns) group))
            {
                group = ([], columns);
                groups.Add(key, group);
                order.Add(key);
            }

            group.Units.Add(unit);
        }

        return [.. order.Select(key => new DonorPoolGroup([.. groups[key].Units], groups[key].Columns, [.. groups[key].Columns.Select(j => donors[j])]))];
    }
}
