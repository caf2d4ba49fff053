using SparseSC.Core.Jobs;

namespace SparseSC.Azure.Jobs;

/// <summary>Asks the services that a configuration names whether jobs could run.</summary>
internal interface IConfigProbe
{
    /// <summary>Tells what was found, one thing at a time.</summary>
    IAsyncEnumerable<ConfigFinding> TestAsync(CancellationToken cancellationToken);
}
