using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>The note about a failed task as JSON.</summary>
internal static class TaskFailureJson
{
    public static void Write(Utf8JsonWriter json, TaskFailure failure)
    {
        json.WriteStartObject();
        json.WriteNumber("task", failure.Task);
        json.WriteString("errorId", failure.ErrorId);
        json.WriteString("message", failure.Message);
        json.WriteEndObject();
    }

    public static TaskFailure Read(JsonElement json) => new()
    {
        Task = json.Field("task").GetInt32(),
        ErrorId = json.Field("errorId").GetString()!,
        Message = json.Field("message").GetString()!,
    };
}
