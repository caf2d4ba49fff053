using SparseSC.BatchServer.Faults;
using SparseSC.BatchServer.State;

namespace SparseSC.BatchServer.Execution;

/// <summary>One run of a task on a node.</summary>
internal sealed class Attempt(TaskResource task, NodeResource node, AttemptFault fault) : RunControl
{
    public TaskResource Task { get; } = task;

    public NodeResource Node { get; } = node;

    public AttemptFault Fault { get; } = fault;
}
