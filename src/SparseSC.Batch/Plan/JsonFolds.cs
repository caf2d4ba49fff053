using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Batch.Plan;

/// <summary>Folds in a plan file: <c>[[[train…],[test…]],…]</c>, or how they are made.</summary>
internal static class JsonFolds
{
    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Fold> folds)
    {
        json.WriteStartArray(name);
        foreach (Fold fold in folds)
        {
            json.WriteStartArray();
            JsonNumbers.Write(json, null, fold.Train);
            JsonNumbers.Write(json, null, fold.Test);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, string name, FoldSpecification folds)
    {
        if (folds.Count is int count)
        {
            json.WriteNumber(name, count);
        }
        else if (folds.Explicit is { } given)
        {
            Write(json, name, given);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static Fold[] Read(JsonElement json) => [.. json.EnumerateArray().Select(f => new Fold(JsonNumbers.ReadIntegers(f[0]), JsonNumbers.ReadIntegers(f[1])))];

    public static FoldSpecification ReadSpecification(JsonElement json) => json.ValueKind switch
    {
        // A number that was too large for its units was refused when the plan was made, unless it is a default.
        JsonValueKind.Number => FoldSpecification.UpTo(json.GetInt32()),
        JsonValueKind.Array => FoldSpecification.From(Read(json)),
        _ => FoldSpecification.None,
    };
}
