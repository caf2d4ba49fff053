using System.Text.Json;
using System.Text.Json.Serialization;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>Records as text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(JobRecord))]
internal sealed partial class JobRecordJson : JsonSerializerContext
{
    public static string Write(JobRecord record) => JsonSerializer.Serialize(record, Default.JobRecord);

    /// <exception cref="BatchJobException">The text is no record, or that of another job (<c>JobRecordDamaged</c>).</exception>
    public static JobRecord Read(string text, string jobId)
    {
        JobRecord? record;
        try
        {
            record = JsonSerializer.Deserialize(text, Default.JobRecord);
        }
        catch (JsonException error)
        {
            throw Damaged(jobId, error.Message, error);
        }

        return record is not null && record.Id == jobId ? record : throw Damaged(jobId, $"it is of the job '{record?.Id}'", null);
    }

    private static BatchJobException Damaged(string jobId, string why, Exception? error) => new(
        ErrorIds.JobRecordDamaged,
        $"The record of the job '{jobId}' ({JobLayout.RecordBlob(jobId)}) cannot be read: {why}. Remove the blob, and start the plan again.",
        jobId,
        error);
}
