using System.Text.Json;

namespace SparseSC.Azure.Tests.Spec;

/// <summary>The protocol's document: operations, models, enumerations.</summary>
internal static class BatchSpec
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "tests", "data", "spec", "batch-2025-06-01.derived.json"))).RootElement;

    public static string Version => Root.GetProperty("api-version").GetString()!;

    public static JsonElement Operation(string name) => Root.GetProperty("operations").GetProperty(name);

    public static JsonElement Properties(string model) => Root.GetProperty("models").GetProperty(model).GetProperty("properties");

    public static string[] Values(string enumeration) =>
        [.. Root.GetProperty("enums").GetProperty(enumeration).GetProperty("values").EnumerateArray().Select(value => value.GetProperty("value").GetString()!)];

    public static bool IsModel(string name) => Root.GetProperty("models").TryGetProperty(name, out _);

    public static string[] Strings(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>The name of the operation that a request is for.</summary>
    public static string? Find(string method, string path) => Root.GetProperty("operations").EnumerateObject()
        .Where(operation => operation.Value.GetProperty("method").GetString() == method && Fits(operation.Value.GetProperty("path").GetString()!, path))
        .Select(operation => operation.Name)
        .SingleOrDefault();

    private static bool Fits(string template, string path)
    {
        string[] wanted = template.Split('/');
        string[] given = path.Split('/');
        return wanted.Length == given.Length
            && wanted.Zip(given).All(pair => (pair.First.StartsWith('{') && pair.Second.Length > 0) || pair.First == pair.Second);
    }
}
