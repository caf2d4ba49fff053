using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>Options that may be absent, and lists in which <c>NaN</c> stands for a value that is.</summary>
internal static class StoredValue
{
    public static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is int number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Write(Utf8JsonWriter json, string name, double[]? values)
    {
        if (values is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteNumberValue(value);
            }
        }

        json.WriteEndArray();
    }

    public static bool IsNull(JsonElement json, string name) => json.Field(name).ValueKind == JsonValueKind.Null;

    public static int? Integer(JsonElement json, string name) => IsNull(json, name) ? null : json.Field(name).GetInt32();

    public static double? Number(JsonElement json, string name) => IsNull(json, name) ? null : json.Field(name).GetDouble();

    public static double[]? Numbers(JsonElement json, string name) => IsNull(json, name)
        ? null
        : [.. json.Field(name).EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? double.NaN : e.GetDouble())];

    public static TEnum Enum<TEnum>(JsonElement json, string name)
        where TEnum : struct, Enum => System.Enum.Parse<TEnum>(json.Field(name).GetString()!);
}
