using System.Globalization;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Protocol;

/// <summary>A page of a list, after filter and selection, with the address of the next one.</summary>
internal static class Listing
{
    /// <param name="call">The request, with maxresults, $filter, $select and $skiptoken.</param>
    /// <param name="name">The list's name in the service's metadata.</param>
    /// <param name="schema">What an item looks like.</param>
    /// <param name="items">Everything in its order.</param>
    /// <param name="position">An item's place in that order, which grows and outlives the others' removal.</param>
    /// <param name="render">An item as JSON with at least the properties asked for.</param>
    public static Reply Page<T>(
        Call call, string name, AnswerSchema schema, IEnumerable<T> items, Func<T, long> position, Func<T, Wanted, JsonObject> render)
    {
        int size = call.PageSize();
        long after = Skip(call.Query("$skiptoken"));
        Filter? filter = call.Filter(schema);
        Wanted selected = call.Select(schema);
        JsonArray page = [];
        long last = after;
        bool more = false;
        foreach (T item in items)
        {
            if (position(item) <= after || (filter is not null && !filter.Holds(render(item, filter.Wanted))))
            {
                continue;
            }

            if (page.Count == size)
            {
                more = true;
                break;
            }

            page.Add(render(item, selected));
            last = position(item);
        }

        JsonObject body = new() { ["odata.metadata"] = $"{call.Base}/$metadata#{name}", ["value"] = page };
        if (more)
        {
            body["odata.nextLink"] = NextLink(call, last);
        }

        return Reply.Json(body);
    }

    private static long Skip(string? token) => token switch
    {
        null => long.MinValue,
        _ when long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out long value) => value,
        _ => throw ServiceException.Query("$skiptoken", token, "The token is not one this server gave"),
    };

    private static string NextLink(Call call, long last)
    {
        IEnumerable<string> query = call.Http.Request.Query
            .Where(item => !item.Key.Equals("$skiptoken", StringComparison.OrdinalIgnoreCase))
            .Select(item => $"{item.Key}={Uri.EscapeDataString(item.Value.ToString())}");
        return $"{call.Base}{call.Http.Request.Path.ToUriComponent()}?{string.Join('&', query)}&$skiptoken={last.ToString(CultureInfo.InvariantCulture)}";
    }
}
