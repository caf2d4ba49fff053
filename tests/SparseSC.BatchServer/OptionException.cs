namespace SparseSC.BatchServer;

/// <summary>An option of the command line or of the fault file that cannot be used.</summary>
/// <param name="id">A constant name of the error.</param>
/// <param name="message">The option, its value and the way out.</param>
internal sealed class OptionException(string id, string message) : Exception(message)
{
    public string Id { get; } = id;
}
