using System.Text.Json.Nodes;
using SparseSC.Azure.Tests.Wire;
using SparseSC.BatchServer.Validation;

namespace SparseSC.Azure.Tests.Spec;

/// <summary>Finds what is wrong with a request by the protocol's document.</summary>
internal static class RequestValidator
{
    private static readonly string[] Conditional = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];
    private static readonly BodyCheck Bodies = new(SpecDocument.Derived, exact: true);

    public static List<string> Check(WireRequest request, SpecOperation operation)
    {
        List<string> faults = [.. request.Query().Where(pair => !operation.Query.Contains(pair.Name)).Select(pair => $"unknown query parameter {pair.Name}")];
        if (request.Query().SingleOrDefault(pair => pair.Name == "api-version").Value != SpecDocument.Derived.Version)
        {
            faults.Add("wrong api-version");
        }

        faults.AddRange(request.Headers
            .Select(header => header.Key)
            .Where(name => Conditional.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("ocp-", StringComparison.OrdinalIgnoreCase))
            .Where(name => !operation.Headers.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => $"unknown header {name}"));
        CheckBody(request, operation, faults);
        return faults;
    }

    public static IEnumerable<string> CheckModel(JsonObject value, string model) => Bodies.Faults(model, value).Select(fault => fault.ToString());

    private static void CheckBody(WireRequest request, SpecOperation operation, List<string> faults)
    {
        if (operation.RequestModel is not { } model)
        {
            faults.AddRange(request.Body.Length > 0 ? ["a body that nobody reads"] : []);
            return;
        }

        if (request.Header("Content-Type") != "application/json; odata=minimalmetadata")
        {
            faults.Add($"wrong content type {request.Header("Content-Type")}");
        }

        faults.AddRange(JsonNode.Parse(request.Body) is JsonObject body ? CheckModel(body, model) : ["the body is no object"]);
    }
}
