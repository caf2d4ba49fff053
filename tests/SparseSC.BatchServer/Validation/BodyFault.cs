namespace SparseSC.BatchServer.Validation;

/// <summary>What can be wrong with a member of a body.</summary>
internal enum BodyFaultKind
{
    Unknown,
    ReadOnly,
    Missing,
    NotOneOf,
    WrongKind,
}

/// <summary>Something in a body that the protocol's document does not allow.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Path">The member, from the body's root.</param>
/// <param name="Model">The object it is in.</param>
/// <param name="Value">What it is; null when it is not there.</param>
/// <param name="Wanted">What it should be: a kind, or the words it may be.</param>
internal sealed record BodyFault(BodyFaultKind Kind, string Path, string Model, string? Value, string Wanted)
{
    public override string ToString() => Kind switch
    {
        BodyFaultKind.Unknown => $"{Path} is unknown",
        BodyFaultKind.ReadOnly => $"{Path} is read only",
        BodyFaultKind.Missing => $"{Path} is missing",
        BodyFaultKind.NotOneOf => $"{Path} is {Value}, which is none of {Wanted}",
        _ => $"{Path} is {Value}, which is no {Wanted}",
    };
}
