namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The errors and warnings of a configuration, gathered so that all of them can be said at once.</summary>
internal sealed class ConfigErrors
{
    private readonly List<ConfigFinding> _findings = [];

    public IReadOnlyList<ConfigFinding> Findings => _findings;

    /// <summary>Jobs cannot run like this.</summary>
    /// <param name="parameter">The setting at fault.</param>
    /// <param name="message">A sentence that names setting and value, and the way out.</param>
    public void Add(string parameter, string message) =>
        _findings.Add(new ConfigFinding { Check = parameter, Severity = FindingSeverity.Error, Message = message });

    /// <summary>Jobs will run, but there is something to know.</summary>
    public void Warn(string parameter, string message) =>
        _findings.Add(new ConfigFinding { Check = parameter, Severity = FindingSeverity.Warning, Message = message });
}
