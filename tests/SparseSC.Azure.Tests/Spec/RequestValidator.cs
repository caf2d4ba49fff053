using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SparseSC.Azure.Tests.Wire;

namespace SparseSC.Azure.Tests.Spec;

/// <summary>Finds what is wrong with a request by the protocol's document.</summary>
internal static class RequestValidator
{
    private static readonly string[] Conditional = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

    public static List<string> Check(WireRequest request, string operationName)
    {
        JsonElement operation = BatchSpec.Operation(operationName);
        List<string> faults = [];
        string[] parameters = BatchSpec.Strings(operation, "query");
        faults.AddRange(request.Query().Where(pair => !parameters.Contains(pair.Name)).Select(pair => $"unknown query parameter {pair.Name}"));
        if (request.Query().SingleOrDefault(pair => pair.Name == "api-version").Value != BatchSpec.Version)
        {
            faults.Add("wrong api-version");
        }

        string[] headers = BatchSpec.Strings(operation, "headers");
        faults.AddRange(request.Headers
            .Select(header => header.Key)
            .Where(name => Conditional.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("ocp-", StringComparison.OrdinalIgnoreCase))
            .Where(name => !headers.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => $"unknown header {name}"));
        CheckBody(request, operation, operationName, faults);
        return faults;
    }

    public static void CheckModel(JsonElement value, string model, string path, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path} is no object");
            return;
        }

        JsonElement properties = BatchSpec.Properties(model);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out JsonElement property))
            {
                faults.Add($"{path}.{member.Name} is unknown");
            }
            else if (!BatchSpec.Strings(property, "visibility").Any(use => use is "create" or "update"))
            {
                faults.Add($"{path}.{member.Name} is read only");
            }
            else
            {
                CheckValue(member.Value, SpecType.Parse(property.GetProperty("type").GetString()!), $"{path}.{member.Name}", faults);
            }
        }

        faults.AddRange(properties.EnumerateObject()
            .Where(property => property.Value.GetProperty("required").GetBoolean() && !value.TryGetProperty(property.Name, out _))
            .Select(property => $"{path}.{property.Name} is missing"));
    }

    private static void CheckBody(WireRequest request, JsonElement operation, string operationName, List<string> faults)
    {
        // The document lists this body as a model and forgets to say whose it is.
        string? model = operationName == "_terminate_job_internal" ? "BatchJobTerminateOptions" : operation.GetProperty("requestModel").GetString();
        if (model is null)
        {
            faults.AddRange(request.Body.Length > 0 ? ["a body that nobody reads"] : []);
            return;
        }

        if (request.Header("Content-Type") != "application/json; odata=minimalmetadata")
        {
            faults.Add($"wrong content type {request.Header("Content-Type")}");
        }

        CheckModel(request.Json(), model, model, faults);
    }

    private static void CheckValue(JsonElement value, SpecType type, string path, List<string> faults)
    {
        if (type.IsList)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                faults.Add($"{path} is no list");
                return;
            }

            foreach (JsonElement item in value.EnumerateArray())
            {
                CheckValue(item, type with { IsList = false }, $"{path}[]", faults);
            }
        }
        else if (type.Kind == "model")
        {
            CheckModel(value, type.Name!, path, faults);
        }
        else if (!IsOfKind(value, type))
        {
            faults.Add($"{path} is {value.GetRawText()}, which is no {type.Name ?? type.Kind}");
        }
    }

    private static bool IsOfKind(JsonElement value, SpecType type) => type.Kind switch
    {
        "str" => value.ValueKind == JsonValueKind.String,
        "int" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "float" => value.ValueKind == JsonValueKind.Number,
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "enum" => value.ValueKind == JsonValueKind.String && BatchSpec.Values(type.Name!).Contains(value.GetString()),
        "duration" => value.ValueKind == JsonValueKind.String && Regex.IsMatch(value.GetString()!, @"^P(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$"),
        "date" => value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        _ => value.ValueKind == JsonValueKind.Object,
    };
}
