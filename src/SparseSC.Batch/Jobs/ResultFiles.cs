using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Jobs;

/// <summary>Surveys and copies the result files of batch directories for jobs.</summary>
public static class ResultFiles
{
    /// <summary>The results that are there to be merged, and the missing ones with the reasons.</summary>
    public static BatchResults Survey(BatchPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PlanStatus status = plan.GetStatus();
        return new BatchResults
        {
            BatchDirectory = plan.Directory,
            PlanHash = plan.Hash,
            Tasks = status.Tasks,
            Done = status.Done.Length,
            Missing = status.Missing,
            Failed = status.Failed,
            Invalid = status.Invalid,
            FitFile = plan.ReadFit() is null ? null : plan.FitFile,
            Message = MissingResults.Describe(plan, status),
        };
    }

    /// <summary>Copies the results of one batch directory into another of the same plan; what is there already stays.</summary>
    internal static void Copy(BatchPlan from, BatchPlan to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to.ResultsDirectory);
        foreach (string source in Directory.EnumerateFiles(from.ResultsDirectory, "*.json"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string target = Path.Combine(to.ResultsDirectory, Path.GetFileName(source));
            if (!File.Exists(target))
            {
                AtomicFile.Write(target, stream =>
                {
                    using FileStream content = File.OpenRead(source);
                    content.CopyTo(stream);
                });
            }
        }
    }
}
