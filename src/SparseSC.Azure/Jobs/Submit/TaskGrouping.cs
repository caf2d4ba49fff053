using System.Globalization;
using SparseSC.Azure.Jobs.Pools;
using SparseSC.Azure.Jobs.Tasks;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>The tasks that a run has to compute, in the groups that run together.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Cost">What one task of the plan takes, as measured; <c>null</c> when that is not known.</param>
internal sealed record GroupedTasks(IReadOnlyList<int[]> Groups, TimeSpan? Cost)
{
    /// <summary>Nothing is left to compute.</summary>
    public static GroupedTasks None { get; } = new([], null);
}

/// <summary>Measures what tasks take, and puts them into groups.</summary>
internal sealed class TaskGrouping(AzureServices services)
{
    private static readonly TimeSpan LongestMeasurement = TimeSpan.FromSeconds(3);

    /// <summary>Groups the tasks of a plan that are left.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="request">How the job is to be started.</param>
    /// <param name="missing">The tasks that are left, ascending.</param>
    /// <param name="pool">The pool that they will run on.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public async Task<GroupedTasks> GroupAsync(BatchPlan plan, BatchJobRequest request, int[] missing, PoolChoice pool, CancellationToken cancellationToken)
    {
        TimeSpan? cost = null;
        int size = request.TaskGroupSize ?? 0;
        if (size == 0)
        {
            cost = await MeasureAsync(plan, missing, cancellationToken).ConfigureAwait(false);
            size = TaskGroups.SizeFor(plan.Steps.Max(step => missing.Count(step.Contains)), cost, pool.Slots);
            Tell(plan, missing.Length, cost, pool);
        }

        IReadOnlyList<int[]> groups = GroupOrder.Cut(missing, plan.Steps, size);
        if ((request.MergeOnNode || plan.Steps.Count > 1) && groups.Count > TaskGroups.MostBeforeMerge)
        {
            size = (int)Math.Ceiling(missing.Length / (double)(TaskGroups.MostBeforeMerge - plan.Steps.Count + 1));
            services.Steps.Warning(string.Create(
                CultureInfo.InvariantCulture, $"A task that merges or chooses can wait for {TaskGroups.MostBeforeMerge} others, so {size} tasks of the plan run together as one."));
            groups = GroupOrder.Cut(missing, plan.Steps, size);
        }

        services.Steps.Detail(string.Create(CultureInfo.InvariantCulture, $"{missing.Length} of {plan.Tasks} tasks of the plan are left; they run as {groups.Count}."));
        return new GroupedTasks(groups, cost);
    }

    private void Tell(BatchPlan plan, int tasks, TimeSpan? cost, PoolChoice pool)
    {
        if (cost is not { } one)
        {
            return;
        }

        services.Steps.Detail(CostEstimate.Before(tasks, one, pool.Existing?.TaskSlotsPerNode ?? PoolSlots.PerNode(services.Config), services.Config));
        if (CostEstimate.NotWorthIt(tasks, one, plan.Kind) is { } warning)
        {
            services.Steps.Warning(warning);
        }
    }

    private async Task<TimeSpan?> MeasureAsync(BatchPlan plan, int[] missing, CancellationToken cancellationToken)
    {
        services.Steps.Detail("Measuring here what a task takes.");
        TimeSpan? cost = await Task.Run(() => plan.MeasureCost(missing, LongestMeasurement, cancellationToken), cancellationToken).ConfigureAwait(false);
        services.Steps.Detail(cost is { } one
            ? string.Create(CultureInfo.InvariantCulture, $"A task takes about {one.TotalSeconds:g3} s here.")
            : string.Create(CultureInfo.InvariantCulture, $"A task takes more than {LongestMeasurement.TotalSeconds:0} s here."));
        return cost;
    }
}
