using System.Text.Json.Serialization;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>One page of a list.</summary>
internal sealed record BatchPage<T>(IReadOnlyList<T>? Value, [property: JsonPropertyName("odata.nextLink")] string? NextLink);
