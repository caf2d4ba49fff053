using SparseSC.Batch.Plan;

namespace SparseSC.Azure.Jobs.Tasks;

/// <summary>Which groups of a run have to wait for which others of it.</summary>
/// <remarks>
/// Groups never hold tasks of two steps. A step of scores reads the choice just before it, and a choice reads everything before it. What
/// was done by an earlier run is in storage, and nobody waits for it.
/// </remarks>
/// <param name="groups">The plan's tasks in groups.</param>
/// <param name="steps">How many tasks each step of the plan has, scores and choices in turn; one or none for a plan whose tasks run in any order.</param>
internal sealed class GroupOrder(IReadOnlyList<int[]> groups, IReadOnlyList<int> steps)
{
    private readonly int[] _stepOf = [.. groups.Select(group => StepOf(steps, group[0]))];

    // The steps that the run has groups of: few, however many groups there are.
    private readonly int[] _steps = [.. groups.Select(group => StepOf(steps, group[0])).Distinct()];

    /// <summary>Whether some group waits for another.</summary>
    public bool HasWaiting => _steps.Any(IsWaitedForStep);

    /// <summary>The step that a plan's task belongs to, from 0.</summary>
    public static int StepOf(IReadOnlyList<int> steps, int planTask)
    {
        int step = 0;
        for (int end = steps.Count > 0 ? steps[0] : int.MaxValue; step + 1 < steps.Count && planTask >= end; end += steps[step])
        {
            step++;
        }

        return step;
    }

    /// <summary>Cuts the tasks that are left into groups, none of which holds tasks of two steps.</summary>
    /// <param name="missing">Plan tasks, ascending.</param>
    /// <param name="steps">The plan's steps.</param>
    /// <param name="size">The most tasks of a group.</param>
    public static IReadOnlyList<int[]> Cut(int[] missing, IReadOnlyList<TaskRange> steps, int size) =>
        [.. steps.SelectMany(step => TaskGroups.Cut([.. missing.Where(step.Contains)], size))];

    /// <summary>Whether a group chooses, and so reads all results before it.</summary>
    public bool IsChoice(int group) => _stepOf[group] % 2 == 1;

    /// <summary>Whether a group scores what was chosen, and so reads the choice.</summary>
    public bool ReadsChoice(int group) => _stepOf[group] > 0 && !IsChoice(group);

    /// <summary>The group of this run that makes the choice which a group of scores reads; <c>null</c> when an earlier run made it.</summary>
    public int? ChoiceOf(int group) => ReadsChoice(group) && Array.IndexOf(_stepOf, _stepOf[group] - 1) is >= 0 and int choice ? choice : null;

    /// <summary>The groups that have to be over before a group begins.</summary>
    public IReadOnlyList<int> Before(int group)
    {
        int step = _stepOf[group];
        return ChoiceOf(group) is int choice ? [choice]
            : !IsChoice(group) ? []
            : [.. Enumerable.Range(0, groups.Count).Where(other => IsReadByChoice(_stepOf[other], step))];
    }

    /// <summary>Whether a group is waited for by others.</summary>
    public bool IsWaitedFor(int group) => IsWaitedForStep(_stepOf[group]);

    /// <summary>The groups that no other waits for: when these are over, all are.</summary>
    public IReadOnlyList<int> Last => [.. Enumerable.Range(0, groups.Count).Where(group => !IsWaitedFor(group))];

    private bool IsWaitedForStep(int step) =>
        _steps.Any(later => later % 2 == 1 ? IsReadByChoice(step, later) : step % 2 == 1 && step == later - 1);

    // The scores that it chooses from, and the choice that those were made at.
    private static bool IsReadByChoice(int step, int choice) => step == choice - 1 || (step == choice - 2 && step % 2 == 1);
}
