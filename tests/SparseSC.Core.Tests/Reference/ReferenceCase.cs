using System.Globalization;
using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Core.Tests.Reference;

/// <summary>One folder of tests/data/reference: the inputs and outputs of the reference package.</summary>
internal sealed class ReferenceCase
{
    public ReferenceCase(string name)
    {
        Name = name;
        Case = Read("case.json");
        Outputs = Has("outputs.json") ? Read("outputs.json") : Read("outputs_original.json");
    }

    public static string Root { get; } = Path.Combine(RepositoryFiles.Root, "tests", "data", "reference");

    public string Name { get; }

    public JsonElement Case { get; }

    public JsonElement Outputs { get; }

    public static IEnumerable<string> Names(string prefix)
        => Directory.EnumerateDirectories(Root, prefix + "*").Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);

    public JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, Name, file)));
        return document.RootElement.Clone();
    }

    public bool Has(string file) => File.Exists(Path.Combine(Root, Name, file));

    public FeatureMatrix Matrix(string file)
    {
        double[][] rows = [.. File.ReadLines(Path.Combine(Root, Name, file))
            .Select(line => line.Split(',').Where(c => c.Length > 0).Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())];
        return new FeatureMatrix([.. rows.SelectMany(r => r)], rows.Length, rows.Length == 0 ? 0 : rows[0].Length);
    }
}

internal static class JsonNumbers
{
    public static double Number(this JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString() switch { "NaN" => double.NaN, "Infinity" or "inf" => double.PositiveInfinity, _ => double.NegativeInfinity }
        : element.GetDouble();

    public static double[] Numbers(this JsonElement element)
        => element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(Number)] : [element.Number()];

    public static int[] Integers(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetInt32())];

    public static double[][] Rows(this JsonElement element) => [.. element.EnumerateArray().Select(Numbers)];
}
