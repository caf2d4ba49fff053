using System.Text.Json;

namespace SparseSC.Batch.Plan;

/// <summary>Lists of numbers in the files of a batch directory; reading them gives the same bits.</summary>
internal static class JsonNumbers
{
    public static void Write(Utf8JsonWriter json, string? name, int[] values)
    {
        Start(json, name);
        foreach (int value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, string? name, double[] values)
    {
        Start(json, name);
        foreach (double value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    public static double[] Read(JsonElement json) => [.. json.EnumerateArray().Select(e => e.GetDouble())];

    public static int[] ReadIntegers(JsonElement json) => [.. json.EnumerateArray().Select(e => e.GetInt32())];

    private static void Start(Utf8JsonWriter json, string? name)
    {
        if (name is null)
        {
            json.WriteStartArray();
        }
        else
        {
            json.WriteStartArray(name);
        }
    }
}
