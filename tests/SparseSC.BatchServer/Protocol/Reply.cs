using System.Text.Json.Nodes;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Protocol;

/// <summary>What is answered: a status with a JSON body, a file, or nothing.</summary>
internal sealed record Reply(int Status)
{
    public JsonNode? Body { get; init; }

    /// <summary>The resource the answer is about: its ETag and time of change become headers.</summary>
    public Resource? About { get; init; }

    /// <summary>The resource's address, for the headers that carry it.</summary>
    public string? Location { get; init; }

    /// <summary>Streams a file into the answer; null for anything else.</summary>
    public FileReply? File { get; init; }

    public static Reply Json(JsonNode body, Resource? about = null) => new(200) { Body = body, About = about };

    public static Reply Done(int status, Resource? about, Call call) => new(status) { About = about, Location = call.Base + call.Path };

    public static Reply Created(Resource about, string location) => new(201) { About = about, Location = location };
}
