namespace SparseSC.Core.Design;

/// <summary>Units that would be treated together, and those that may stand in for them.</summary>
/// <param name="Units">Rows of the units.</param>
/// <param name="Donors">Per row of the panel whether it is a donor.</param>
internal sealed record TestSet(int[] Units, bool[] Donors)
{
    /// <summary>A set all others are donors of, but those left out.</summary>
    /// <param name="units">Rows of the set's units.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="others">Rows treated in the same experiment as other sets.</param>
    public static TestSet Of(int[] units, int count, IReadOnlyCollection<int> others)
    {
        bool[] donors = new bool[count];
        Array.Fill(donors, true);
        foreach (int unit in units.Concat(others))
        {
            donors[unit] = false;
        }

        return new TestSet(units, donors);
    }
}
