using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs;

/// <summary>How grave a finding is.</summary>
public enum FindingSeverity : long
{
    /// <summary>The setting is as it should be.</summary>
    Ok,

    /// <summary>Jobs will run, but there is something to know.</summary>
    Warning,

    /// <summary>Jobs will not run like this.</summary>
    Error,
}

/// <summary>One thing that was checked about a configuration, by asking the services it names.</summary>
public sealed class ConfigFinding : ISpellable
{
    /// <summary>The name of the check: <c>Account</c>, <c>Storage</c>, <c>Quota</c>, <c>Pool</c>, <c>Image</c>, <c>VmSize</c>, <c>Worker</c>.</summary>
    public string Check { get; set; } = "";

    /// <summary>How grave it is.</summary>
    public FindingSeverity Severity { get; set; }

    /// <summary>The finding in words, with the way out where there is something wrong.</summary>
    public string Message { get; set; } = "";

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Message = spell(Message);
}
