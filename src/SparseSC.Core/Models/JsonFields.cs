using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Core.Models;

/// <summary>Reads the fields that <see cref="FitJson"/> writes: <c>null</c> among numbers is <c>NaN</c>.</summary>
internal static class JsonFields
{
    /// <summary>The value that a file calls <paramref name="name"/>.</summary>
    /// <exception cref="JsonFieldException">There is none.</exception>
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

        throw new JsonFieldException($"there is no {Words(typeof(TEnum).Name)} '{name}'");
    }

    /// <summary>A part that must be there.</summary>
    /// <exception cref="JsonFieldException">It is not.</exception>
    public static JsonElement Field(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement field)
            ? field
            : throw new JsonFieldException($"'{name}' is missing");

    /// <summary>A text that must be there; empty where it is <c>null</c>.</summary>
    public static string Text(this JsonElement json, string name) => Read(json, name, "a text", field => field.GetString() ?? "");

    /// <summary>A whole number that must be there.</summary>
    public static int Whole(this JsonElement json, string name) => Read(json, name, "a whole number", field => field.GetInt32());

    /// <summary>A whole number without a sign that must be there.</summary>
    public static uint Unsigned(this JsonElement json, string name) => Read(json, name, "a whole number from 0", field => field.GetUInt32());

    /// <summary>A truth value that must be there.</summary>
    public static bool Flag(this JsonElement json, string name) => Read(json, name, "true or false", field => field.GetBoolean());

    /// <summary>A number that must be there; <c>NaN</c> where it is <c>null</c>.</summary>
    public static double Number(this JsonElement json, string name) => Read(json, name, "a number", Number);

    /// <summary>Numbers that must be there.</summary>
    public static double[] Numbers(this JsonElement json, string name) => Read(json, name, "a list of numbers", Numbers);

    /// <summary>A list that must be there.</summary>
    public static JsonElement[] Items(this JsonElement json, string name) => Read<JsonElement[]>(json, name, "a list", field => [.. field.EnumerateArray()]);

    public static double Number(JsonElement json) => json.ValueKind == JsonValueKind.Null ? double.NaN : json.GetDouble();

    public static double[] Numbers(JsonElement json) => [.. json.EnumerateArray().Select(Number)];

    public static double[] ScalarOrList(JsonElement json) => json.ValueKind == JsonValueKind.Array ? Numbers(json) : [Number(json)];

    public static int[] Integers(JsonElement json, string name) =>
        Read<int[]>(json, name, "a list of whole numbers", field => [.. field.EnumerateArray().Select(item => item.GetInt32())]);

    public static int? Index(JsonElement json)
    {
        JsonElement index = json.Field("selectedIndex");
        return index.ValueKind == JsonValueKind.Null ? null : index.GetInt32();
    }

    public static string[]? Names(JsonElement json, string name) => Read<string[]?>(
        json,
        name,
        "a list of texts",
        field => field.ValueKind == JsonValueKind.Null ? null : [.. field.EnumerateArray().Select(item => item.GetString() ?? "")]);

    /// <summary>A matrix of which a file may hold some rows: the others are <c>NaN</c>.</summary>
    /// <exception cref="JsonFieldException">The rows are not there.</exception>
    public static double[,] Matrix(JsonElement json, int[]? rows, int count)
    {
        double[,] held = Matrix(json);
        if (rows is null)
        {
            return held;
        }

        if (held.GetLength(0) != rows.Length || rows.Any(row => row < 0 || row >= count))
        {
            throw new JsonFieldException("its rows are not those it names");
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
                matrix[row, column < columns ? column : throw new JsonFieldException($"row {row} is longer than the first")] = Number(cell);
                column++;
            }

            row = column == columns ? row + 1 : throw new JsonFieldException($"row {row} is shorter than the first");
        }

        return matrix;
    }

    private static T Read<T>(JsonElement json, string name, string kind, Func<JsonElement, T> read)
    {
        JsonElement field = json.Field(name);
        try
        {
            return read(field);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException and not JsonFieldException)
        {
            throw new JsonFieldException($"'{name}' is not {kind}", error);
        }
    }

    // ModelType is a model type.
    private static string Words(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {letter}" : $"{letter}")).ToLowerInvariant();
}
