using System.Text.Json.Nodes;

namespace SparseSC.BatchServer.Validation;

/// <summary>A request of the protocol.</summary>
/// <param name="Name">Name in the document.</param>
/// <param name="Method">The verb.</param>
/// <param name="Path">The address, with names in braces.</param>
/// <param name="Query">Names of the query's parameters.</param>
/// <param name="Headers">Names of the headers it knows.</param>
/// <param name="SuccessStatus">The status of its success.</param>
/// <param name="RequestModel">Object in the request's body; null when there is none.</param>
/// <param name="ResponseModel">Object in the answer's body; null when there is none.</param>
internal sealed record SpecOperation(
    string Name, string Method, string Path, IReadOnlyList<string> Query, IReadOnlyList<string> Headers, int SuccessStatus, string? RequestModel, string? ResponseModel)
{
    public static SpecOperation Read(string name, JsonNode operation)
    {
        IReadOnlyList<string> List(string property) => [.. operation[property]!.AsArray().Select(item => item!.ToString())];

        // The document lists this body as a model and forgets to say whose it is.
        string? request = name == "_terminate_job_internal" ? "BatchJobTerminateOptions" : operation["requestModel"]?.ToString();
        return new SpecOperation(
            name, operation["method"]!.ToString(), operation["path"]!.ToString(), List("query"), List("headers"), (int)operation["successStatus"]![0]!, request,
            operation["responseModel"]?.ToString());
    }

    /// <summary>Whether a request with this verb and this path is one.</summary>
    public bool Fits(string method, string path)
    {
        string[] wanted = Path.Split('/');
        string[] given = path.Split('/');
        return Method == method
            && wanted.Length == given.Length
            && wanted.Zip(given).All(pair => (pair.First.StartsWith('{') && pair.Second.Length > 0) || pair.First == pair.Second);
    }
}
