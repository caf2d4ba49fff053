using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Core.Models;

/// <summary>Reads the fields that <see cref="FitJson"/> writes: <c>null</c> among numbers is <c>NaN</c>.</summary>
internal static class JsonFields
{
    /// <summary>The value that a file calls <paramref name="name"/>.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static TEnum Named<TEnum>(string? name, Func<TEnum, string> nameOf)
        where TEnum : struct, Enum
    {
        foreach (TEnum value in Enum.GetValues<TEnum>())
        {
            if (nameOf(value) == name)
            {
                return value;
            }
        }

        throw new FormatException($"there is no {typeof(TEnum).Name} '{name}'");
    }

    public static double Number(JsonElement json) => json.ValueKind == JsonValueKind.Null ? double.NaN : json.GetDouble();

    public static double[] Numbers(JsonElement json) => [.. json.EnumerateArray().Select(Number)];

    public static double[] ScalarOrList(JsonElement json) => json.ValueKind == JsonValueKind.Array ? Numbers(json) : [Number(json)];

    public static int[] Integers(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetInt32())];

    public static int? Index(JsonElement json)
    {
        JsonElement index = json.GetProperty("selectedIndex");
        return index.ValueKind == JsonValueKind.Null ? null : index.GetInt32();
    }

    public static string[]? Names(JsonElement json, string name)
    {
        JsonElement names = json.GetProperty(name);
        return names.ValueKind == JsonValueKind.Null ? null : [.. names.EnumerateArray().Select(item => item.GetString() ?? "")];
    }

    /// <summary>A matrix of which a file may hold some rows: the others are <c>NaN</c>.</summary>
    /// <exception cref="FormatException">The rows are not there.</exception>
    public static double[,] Matrix(JsonElement json, int[]? rows, int count)
    {
        double[,] held = Matrix(json);
        if (rows is null)
        {
            return held;
        }

        if (held.GetLength(0) != rows.Length || rows.Any(row => row < 0 || row >= count))
        {
            throw new FormatException("its rows are not those it names");
        }

        double[,] all = new double[count, held.GetLength(1)];
        for (int row = 0; row < count; row++)
        {
            MatrixRows.Row(all, row).Fill(double.NaN);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            MatrixRows.Row(held, i).CopyTo(MatrixRows.Row(all, rows[i]));
        }

        return all;
    }

    /// <summary>Integers that a file need not have.</summary>
    public static int[]? OptionalIntegers(JsonElement json, string name) => json.TryGetProperty(name, out _) ? Integers(json, name) : null;

    public static double[,] Matrix(JsonElement json)
    {
        int rows = json.GetArrayLength();
        int columns = rows == 0 ? 0 : json[0].GetArrayLength();
        double[,] matrix = new double[rows, columns];
        int row = 0;
        foreach (JsonElement line in json.EnumerateArray())
        {
            int column = 0;
            foreach (JsonElement cell in line.EnumerateArray())
            {
                matrix[row, column < columns ? column : throw new FormatException($"row {row} is longer than the first")] = Number(cell);
                column++;
            }

            row = column == columns ? row + 1 : throw new FormatException($"row {row} is shorter than the first");
        }

        return matrix;
    }
}
