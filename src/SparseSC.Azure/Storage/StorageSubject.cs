namespace SparseSC.Azure.Storage;

/// <summary>The object of a request, for messages.</summary>
internal sealed record StorageSubject(string Account, string? Container = null, string? Blob = null)
{
    public override string ToString() =>
        (Blob is null ? "" : $"blob '{Blob}' in ")
        + (Container is null ? "" : $"container '{Container}' of ")
        + $"storage account '{Account}'";
}
