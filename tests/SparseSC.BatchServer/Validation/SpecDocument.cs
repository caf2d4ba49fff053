using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Validation;

/// <summary>The objects a version of the protocol knows.</summary>
internal sealed class SpecDocument
{
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertySchema>> _models;

    private SpecDocument(IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertySchema>> models) => _models = models;

    /// <summary>The service's own document of 2024-02.</summary>
    public static SpecDocument Published { get; } = new(OpenApiReader.Read(Load("spec.2024-02.json")));

    /// <summary>The document of 2025-06 that was derived from a client.</summary>
    public static SpecDocument Derived { get; } = new(DerivedReader.Read(Load("spec.2025-06.json")));

    public IReadOnlyDictionary<string, PropertySchema> this[string model] => _models[model];

    public bool Knows(string model) => _models.ContainsKey(model);

    private static JsonObject Load(string name)
    {
        using Stream stream = typeof(SpecDocument).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
