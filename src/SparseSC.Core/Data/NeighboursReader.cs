using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads which units are neighbours.</summary>
public static class NeighboursReader
{
    /// <summary>Reads a CSV file with a header: two neighbours in the first two columns of each row.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, or has a single column (<c>NeighboursMalformed</c>).</exception>
    public static IReadOnlyList<(string First, string Second)> Read(string path)
    {
        using CsvTable table = CsvTable.Open(path, "Neighbours");
        if (table.ColumnNames.Count < 2)
        {
            throw new InvalidInputException(
                "NeighboursMalformed", $"{{Neighbours}} {path} has a single column; two are needed, each row with two units that are neighbours.", "Neighbours");
        }

        List<(string, string)> pairs = [];
        while (table.Read())
        {
            pairs.Add((table.Text(0), table.Text(1)));
        }

        return pairs;
    }
}
