using SparseSC.Core.Errors;
using SparseSC.Core.Jobs;
using SparseSC.Core.Plan;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>Puts what objects say into the cmdlets' spelling of parameters.</summary>
internal static class Spelling
{
    public static BatchJob Spell(BatchJob job)
    {
        job.Message = OptionText.ToPowerShell(job.Message);
        return job;
    }

    public static BatchResults Spell(BatchResults results)
    {
        results.Message = OptionText.ToPowerShell(results.Message);
        foreach (TaskFailure failure in results.Failed)
        {
            failure.Message = OptionText.ToPowerShell(failure.Message);
        }

        return results;
    }

    public static JobTask Spell(JobTask task)
    {
        task.Diagnosis = OptionText.ToPowerShell(task.Diagnosis);
        return task;
    }

    public static ConfigFinding Spell(ConfigFinding finding)
    {
        finding.Message = OptionText.ToPowerShell(finding.Message);
        return finding;
    }
}
