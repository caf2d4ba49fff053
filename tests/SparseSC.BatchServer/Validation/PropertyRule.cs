using System.Text.Json;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>What the service asks of one property, in whatever body it stands.</summary>
/// <param name="Property">Name of the property.</param>
/// <param name="Holds">Whether a value is allowed.</param>
/// <param name="Reason">What is asked.</param>
/// <param name="Source">The page or report that says so.</param>
internal sealed record PropertyRule(string Property, Func<JsonNode, bool> Holds, string Reason, string Source)
{
    /// <summary>The service's code.</summary>
    public string Code { get; init; } = "InvalidPropertyValue";

    /// <summary>The service's sentence; <c>null</c> for the one of <c>InvalidPropertyValue</c>.</summary>
    public string? Message { get; init; }

    /// <summary>The refusal of a value that is not allowed.</summary>
    public ServiceException Refusal(JsonNode value) => new(
        400, Code, Message ?? ServiceException.InvalidProperty,
        ("PropertyName", Property), ("PropertyValue", Shown(value)), ("Reason", Reason));

    // Lists of files hold signatures, which must not come out again.
    private static string Shown(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Array => $"{value.AsArray().Count} items",
        JsonValueKind.Object => "an object",
        _ => value.ToString(),
    };
}
