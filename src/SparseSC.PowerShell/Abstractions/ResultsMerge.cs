using SparseSC.Batch.Plan;
using SparseSC.Core.Models;
using SparseSC.PowerShell.Errors;
using SparseSC.PowerShell.Formatting;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Merges the results of plans and tells what came of it.</summary>
internal static class ResultsMerge
{
    /// <summary>Merges several and writes each; an error about one is reported, and the others go on.</summary>
    public static Task RunAllAsync(IReadOnlyList<string> directories, MergeOptions how, IWorkStreams streams, CancellationToken stopping)
    {
        foreach (string directory in directories)
        {
            try
            {
                Write(Run(directory, how, streams, stopping), streams);
            }
            catch (Exception error) when (ErrorMapper.CanMap(error))
            {
                streams.WriteError(ErrorMapper.ToRecord(error, directory, streams.CommandName));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Merges one.</summary>
    /// <returns>The fit, or the effects.</returns>
    public static object Run(string directory, MergeOptions how, IWorkStreams streams, CancellationToken stopping)
    {
        FitProgressMeter meter = new();
        ProgressBar<FitProgress> bar = new(streams, "Merging results", meter.Describe);
        try
        {
            BatchPlan plan = BatchPlans.Load(directory);
            foreach (string line in Story.Of(plan))
            {
                streams.WriteVerbose(line);
            }

            return plan.Kind == PlanKind.Effects ? plan.MergeEffects(how, bar, stopping) : plan.Merge(how, bar, stopping);
        }
        finally
        {
            bar.Complete();
        }
    }

    private static void Write(object merged, IWorkStreams streams)
    {
        foreach (string warning in merged switch { SyntheticControlFit fit => fit.Warnings, EffectEstimate estimate => estimate.Warnings, _ => [] })
        {
            streams.WriteWarning(warning);
        }

        streams.Write(merged);
    }
}
