using System.Text.Json;

namespace SparseSC.Batch.Plan;

/// <summary>The content of the batch directory of a new plan.</summary>
internal interface IPlanContent
{
    /// <summary>The kind of plan.</summary>
    PlanKind Kind { get; }

    /// <summary>The version of its plan file.</summary>
    int Version { get; }

    /// <summary>Warnings about the data and about options that were adapted to them: the merged result carries them as a direct one does.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Writes the data that the plan file names.</summary>
    /// <returns>The files' names.</returns>
    IReadOnlyList<string> WriteData(string directory, CancellationToken cancellationToken);

    /// <summary>Computes and writes what tasks take over from fits that are made with the plan, which may take long.</summary>
    /// <returns>The files' names.</returns>
    IReadOnlyList<string> WriteFits(string directory, CancellationToken cancellationToken);

    /// <summary>Writes everything else as properties of the plan file.</summary>
    void WriteParameters(Utf8JsonWriter json);
}
