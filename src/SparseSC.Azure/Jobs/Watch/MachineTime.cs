namespace SparseSC.Azure.Jobs.Watch;

/// <summary>How long machines were at a job, and how much of that they computed.</summary>
/// <param name="Machines">How many ran its tasks.</param>
/// <param name="Paid">Minutes of machines, each from its first to its last task in a run.</param>
/// <param name="Computed">Minutes of tasks, divided by the tasks that a machine runs at once.</param>
internal sealed record MachineTime(int Machines, double Paid, double Computed)
{
    /// <summary>Adds up tasks that were listed with their nodes; <c>null</c> when none of them ran.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="slots">Tasks that a machine runs at once.</param>
    public static MachineTime? Of(IEnumerable<RunTask> tasks, int slots)
    {
        var ran = tasks
            .Select(task => (task.Run, Node: task.Task.NodeInfo?.NodeId, From: task.Task.ExecutionInfo?.StartTime, To: task.Task.ExecutionInfo?.EndTime))
            .Where(task => task is { Node: not null, From: not null, To: not null } && task.To >= task.From)
            .ToArray();
        if (ran.Length == 0)
        {
            return null;
        }

        double paid = ran.GroupBy(task => (task.Run, task.Node)).Sum(node => (node.Max(task => task.To)!.Value - node.Min(task => task.From)!.Value).TotalMinutes);
        double computed = ran.Sum(task => (task.To!.Value - task.From!.Value).TotalMinutes) / Math.Max(1, slots);
        return new MachineTime(ran.Select(task => task.Node).Distinct().Count(), paid, Math.Min(computed, paid));
    }
}
