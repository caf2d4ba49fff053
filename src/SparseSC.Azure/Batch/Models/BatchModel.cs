namespace SparseSC.Azure.Batch;

/// <summary>The base of all models of the service: they cannot be changed, and <c>with</c> makes a changed copy.</summary>
/// <remarks>
/// A member that is <c>null</c> was not sent by the service, or will not be sent to it. Models can hold keys and signed addresses,
/// so their text form is the type's name and never their content.
/// </remarks>
internal abstract record BatchModel
{
    private protected BatchModel()
    {
    }

    /// <summary>The name of the type.</summary>
    public sealed override string ToString() => GetType().Name;
}
