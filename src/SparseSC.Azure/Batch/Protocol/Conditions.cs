using System.Globalization;
using Azure;
using Azure.Core;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>Conditions of a request, in the service's own way: ETags without quotes.</summary>
internal static class Conditions
{
    /// <summary>Adds the conditions there are, and gives the message back.</summary>
    public static HttpMessage When(this HttpMessage message, RequestConditions? conditions)
    {
        if (conditions is not null)
        {
            Set(message, "If-Match", conditions.IfMatch is { } match ? Unquoted(match) : null);
            Set(message, "If-None-Match", conditions.IfNoneMatch is { } noneMatch ? Unquoted(noneMatch) : null);
            Set(message, "If-Modified-Since", conditions.IfModifiedSince?.ToString("R", CultureInfo.InvariantCulture));
            Set(message, "If-Unmodified-Since", conditions.IfUnmodifiedSince?.ToString("R", CultureInfo.InvariantCulture));
        }

        return message;
    }

    private static string Unquoted(ETag tag) => tag.ToString().Trim('"');

    private static void Set(HttpMessage message, string name, string? value)
    {
        if (value is not null)
        {
            message.Request.Headers.SetValue(name, value);
        }
    }
}
