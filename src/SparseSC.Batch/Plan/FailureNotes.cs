using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Batch.Plan;

/// <summary>Notes in a batch directory about tasks whose last run failed, so that whoever merges learns the cause.</summary>
/// <remarks>Options stand in them as <c>{VmSize}</c>: the command that shows a note puts them into its own spelling.</remarks>
internal static class FailureNotes
{
    public static void Write(string directory, TaskFailure failure)
    {
        Directory.CreateDirectory(Path.Combine(directory, PlanLayout.FailuresFolder));
        AtomicFile.Write(PathOf(directory, failure.Task), stream =>
        {
            using Utf8JsonWriter json = new(stream);
            TaskFailureJson.Write(json, failure);
        });
    }

    public static void Forget(string directory, int task)
    {
        string path = PathOf(directory, task);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static string PathOf(string directory, int task) => Path.Combine(directory, PlanLayout.FailuresFolder, PlanLayout.TaskFile(task));
}
