using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>What a request's body must look like, by its name in either document.</summary>
/// <param name="Published">Name in the document of 2024-02.</param>
/// <param name="Derived">Name in the document of 2025-06.</param>
/// <param name="Optional">Whether there may be no body.</param>
internal sealed record BodySchema(string Published, string Derived, bool Optional = false)
{
    /// <summary>Whether it is a list whose items are refused one by one, by whoever answers.</summary>
    public bool EachForItself { get; init; }

    /// <exception cref="ServiceException">The body does not fit.</exception>
    public void Check(string version, JsonObject? body)
    {
        if (body is null)
        {
            if (!Optional)
            {
                throw ServiceException.Body("The request has no body");
            }

            return;
        }

        bool current = version == ApiVersion.Current;
        BodyCheck check = new(current ? SpecDocument.Derived : SpecDocument.Published, exact: false);
        if (check.Faults(current ? Derived : Published, body).FirstOrDefault() is { } fault)
        {
            throw Refusal(fault);
        }

        if (!EachForItself)
        {
            PropertyRules.Check(body);
        }
    }

    private static ServiceException Refusal(BodyFault fault) => fault.Kind switch
    {
        BodyFaultKind.Unknown => ServiceException.Body($"The property '{fault.Path}' does not exist on type '{fault.Model}'"),
        BodyFaultKind.Missing => ServiceException.Missing(fault.Path),
        BodyFaultKind.NotOneOf => ServiceException.Property(fault.Path, fault.Value!, $"It must be one of {fault.Wanted}"),
        _ => ServiceException.Body($"The property '{fault.Path}' has a value of the wrong kind, and should be a {fault.Wanted}"),
    };
}
