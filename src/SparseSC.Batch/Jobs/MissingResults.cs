using System.Globalization;
using System.Text;
using SparseSC.Batch.Plan;

namespace SparseSC.Batch.Jobs;

/// <summary>Says in words which results a plan lacks, and why.</summary>
internal static class MissingResults
{
    /// <summary><c>3 of 200 results are missing (fold 4 at penalties 7-9).</c> and the reasons; empty when nothing is missing.</summary>
    public static string Describe(BatchPlan plan, PlanStatus status)
    {
        if (status.IsComplete)
        {
            return "";
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{plan.DescribeMissing(status.Missing)}.");
        if (status.Failed.Length > 0)
        {
            TaskFailure first = status.Failed[0];
            text.Append(CultureInfo.InvariantCulture, $" {status.Failed.Length} failed; task {first.Task}: {first.Message}");
        }

        if (status.Invalid.Length > 0)
        {
            InvalidResult first = status.Invalid[0];
            text.Append(CultureInfo.InvariantCulture, $" {status.Invalid.Length} result files were refused; {Path.GetFileName(first.File)}: {first.Reason}");
        }

        return text.ToString();
    }
}
