namespace SparseSC.BatchServer.Protocol;

/// <summary>A request that is refused, with the service's code, message and details.</summary>
internal sealed class ServiceException(int status, string code, string message, params (string Key, string Value)[] values) : Exception(message)
{
    /// <summary>The service's sentence for a property whose value it does not take.</summary>
    public const string InvalidProperty = "The value provided for one of the properties in the request body is invalid.";

    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyList<(string Key, string Value)> Values { get; } = values;

    public static ServiceException NotFound(string what) =>
        new(404, $"{what}NotFound", $"The specified {what.ToLowerInvariant()} does not exist.");

    public static ServiceException Exists(string what) =>
        new(409, $"{what}Exists", $"The specified {what.ToLowerInvariant()} already exists.");

    public static ServiceException Conflict(string code, string message) => new(409, code, message);

    public static ServiceException Conflict(string code, string message, string reason) => new(409, code, message, ("Reason", reason));

    public static ServiceException Query(string name, string value, string reason) =>
        new(400, "InvalidQueryParameterValue", "Value for one of the query parameters specified in the request URI is invalid.",
            ("QueryParameterName", name), ("QueryParameterValue", value), ("Reason", reason));

    public static ServiceException Property(string name, string value, string reason) =>
        new(400, "InvalidPropertyValue", InvalidProperty,
            ("PropertyName", name), ("PropertyValue", value), ("Reason", reason));

    public static ServiceException Body(string reason) =>
        new(400, "InvalidRequestBody", "The specified Request Body is not syntactically valid.", ("Reason", reason));

    public static ServiceException Missing(string property) =>
        new(400, "MissingRequiredProperty", "A required property was not specified in the request body.", ("PropertyName", property));
}
