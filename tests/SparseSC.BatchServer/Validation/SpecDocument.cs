using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Validation;

/// <summary>The objects a version of the protocol knows, and in the derived document its enumerations and requests.</summary>
internal sealed class SpecDocument
{
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertySchema>> _models;

    private SpecDocument(IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertySchema>> models) => _models = models;

    /// <summary>The service's own document of 2024-02.</summary>
    public static SpecDocument Published { get; } = new(OpenApiReader.Read(Load("spec.2024-02.json")));

    /// <summary>The document of 2025-06 that was derived from a client.</summary>
    public static SpecDocument Derived { get; } = ReadDerived();

    /// <summary>The version it describes, where it says so.</summary>
    public string? Version { get; private init; }

    /// <summary>Values of the enumerations.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Enumerations { get; private init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The requests by name.</summary>
    public IReadOnlyDictionary<string, SpecOperation> Operations { get; private init; } = new Dictionary<string, SpecOperation>();

    public IReadOnlyDictionary<string, PropertySchema> this[string model] => _models[model];

    private static SpecDocument ReadDerived()
    {
        JsonObject document = Load("spec.2025-06.json");
        return new SpecDocument(DerivedReader.Models(document))
        {
            Version = document["api-version"]!.ToString(),
            Enumerations = DerivedReader.Enumerations(document),
            Operations = document["operations"]!.AsObject().ToDictionary(item => item.Key, item => SpecOperation.Read(item.Key, item.Value!)),
        };
    }

    private static JsonObject Load(string name)
    {
        using Stream stream = typeof(SpecDocument).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
