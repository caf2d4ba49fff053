using System.Globalization;
using Microsoft.AspNetCore.Http;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Protocol;

/// <summary>The four headers that make a request depend on what a resource is at the moment.</summary>
internal static class Preconditions
{
    /// <exception cref="ServiceException">A condition does not hold: 412, or 304 for a read that found no change.</exception>
    public static void Check(Call call, Resource resource)
    {
        IHeaderDictionary headers = call.Http.Request.Headers;
        int unchanged = HttpMethods.IsGet(call.Http.Request.Method) || HttpMethods.IsHead(call.Http.Request.Method) ? 304 : 412;
        if (Tag(headers.IfMatch) is { } match && match != "*" && match != resource.ETag)
        {
            throw NotMet(412);
        }

        if (Tag(headers.IfNoneMatch) is { } none && (none == "*" || none == resource.ETag))
        {
            throw NotMet(unchanged);
        }

        // Header dates have whole seconds.
        DateTime changed = resource.LastModified.AddTicks(-(resource.LastModified.Ticks % TimeSpan.TicksPerSecond));
        if (Date(headers.IfUnmodifiedSince) is { } before && changed > before)
        {
            throw NotMet(412);
        }

        if (Date(headers.IfModifiedSince) is { } after && changed <= after)
        {
            throw NotMet(unchanged);
        }
    }

    private static string? Tag(string? value) => string.IsNullOrEmpty(value) ? null : value.Trim('"');

    private static DateTime? Date(string? value) =>
        DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date.UtcDateTime : null;

    private static ServiceException NotMet(int status) =>
        new(status, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
}
