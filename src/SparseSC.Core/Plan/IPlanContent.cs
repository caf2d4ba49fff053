using System.Text.Json;

namespace SparseSC.Core.Plan;

/// <summary>What is written into the batch directory of a new plan.</summary>
internal interface IPlanContent
{
    /// <summary>The kind of plan.</summary>
    PlanKind Kind { get; }

    /// <summary>Writes the files that the plan file names.</summary>
    /// <returns>Their names.</returns>
    IReadOnlyList<string> WriteInputs(string directory, CancellationToken cancellationToken);

    /// <summary>Writes everything else as properties of the plan file.</summary>
    void WriteParameters(Utf8JsonWriter json);
}
