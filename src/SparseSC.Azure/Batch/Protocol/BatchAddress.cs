using System.Text;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>Builds addresses below the account's endpoint.</summary>
internal sealed class BatchAddress
{
    private readonly StringBuilder _path = new();
    private readonly StringBuilder _query = new();

    public BatchAddress(params ReadOnlySpan<string> segments)
    {
        foreach (string segment in segments)
        {
            _path.Append('/').Append(Segment(segment));
        }
    }

    /// <summary>Adds a parameter, unless its value is <c>null</c>.</summary>
    public BatchAddress With(string name, string? value)
    {
        if (value is not null)
        {
            _query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    /// <summary>Adds a list as one parameter, unless it is <c>null</c> or empty.</summary>
    public BatchAddress With(string name, IEnumerable<string>? values) =>
        With(name, values is null ? null : string.Join(',', values) is { Length: > 0 } list ? list : null);

    /// <summary>Adds a switch, if it is on.</summary>
    public BatchAddress With(string name, bool isOn) => With(name, isOn ? "true" : null);

    public Uri On(Uri endpoint, string version) =>
        new($"{endpoint.AbsoluteUri.TrimEnd('/')}{_path}?api-version={version}{_query}");

    private static string Segment(string segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        // Addresses are normalised before they are sent: a dot would vanish and address something else.
        return segment is "" or "." or ".."
            ? throw new InvalidInputException("BatchIdInvalid", $"'{segment}' is no id and no path in the Batch service. Give the id of a pool, job, task or node, or the path of a file.")
            : Uri.EscapeDataString(segment);
    }
}
