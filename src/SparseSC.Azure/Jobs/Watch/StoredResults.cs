using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using SparseSC.Azure.Storage;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Watch;

/// <summary>The contents of a result file in storage.</summary>
/// <param name="Tasks">Plan's tasks with a result.</param>
/// <param name="Failures">Notes about those that failed.</param>
internal sealed record ResultNote(IReadOnlyList<int> Tasks, IReadOnlyList<TaskFailure> Failures)
{
    public static ResultNote Empty { get; } = new([], []);

    /// <summary>Reads a result file; one that is damaged or of another plan holds nothing.</summary>
    public static ResultNote Parse(string json, string planHash)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return root.GetProperty("planHash").GetString() != planHash
                ? Empty
                : new ResultNote(
                    [.. root.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("task").GetInt32())],
                    root.TryGetProperty("failures", out JsonElement notes) ? [.. notes.EnumerateArray().Select(TaskFailureJson.Read)] : []);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Receiving checks results in full and names what is refused; here they are only counted.
            return Empty;
        }
    }
}

/// <summary>Looks into result files in storage, each version of them once.</summary>
internal sealed class StoredResults(AzureServices services)
{
    private const int AtOnce = 16;

    private readonly ConcurrentDictionary<(string Container, string Blob), (ETag Version, ResultNote Note)> _known = new();

    /// <summary>The contents of the result files of a job, by the blob's name.</summary>
    /// <param name="record">The job.</param>
    /// <param name="wanted">Which of them are looked into.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyDictionary<string, ResultNote>> ReadAsync(JobRecord record, Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, ResultNote> notes = new();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        foreach (StorageContainer container in record.Runs.Select(services.OutputsOf))
        {
            List<StoredBlob> blobs = await ListAsync(container, wanted, cancellationToken).ConfigureAwait(false);
            await Parallel.ForEachAsync(blobs, parallel, async (blob, token) => notes[blob.Name] = await NoteOfAsync(container, blob, record.PlanHash, token).ConfigureAwait(false)).ConfigureAwait(false);
        }

        return notes;
    }

    private static async Task<List<StoredBlob>> ListAsync(StorageContainer container, Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        List<StoredBlob> blobs = [];
        try
        {
            await foreach (StoredBlob blob in container.ListAsync(JobLayout.ResultsFolder, cancellationToken).ConfigureAwait(false))
            {
                if (wanted(blob.Name))
                {
                    blobs.Add(blob);
                }
            }
        }
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.StorageContainerNotFound or ErrorIds.StorageContainerBeingDeleted)
        {
            // A container that is gone holds nothing.
        }

        return blobs;
    }

    private async Task<ResultNote> NoteOfAsync(StorageContainer container, StoredBlob blob, string planHash, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((container.Name, blob.Name), out (ETag Version, ResultNote Note) known) && known.Version == blob.ETag)
        {
            return known.Note;
        }

        StoredText? text = await container.ReadTextAsync(blob.Name, cancellationToken).ConfigureAwait(false);
        ResultNote note = text is null ? ResultNote.Empty : ResultNote.Parse(text.Text, planHash);
        if (text is not null)
        {
            _known[(container.Name, blob.Name)] = (text.ETag, note);
        }

        return note;
    }
}
