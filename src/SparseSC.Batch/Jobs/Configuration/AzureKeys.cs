namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The keys a job will use, where there are any. Deliberately no record: the text of a record would show them.</summary>
internal sealed class AzureKeys
{
    /// <summary>The key of the Batch account; <c>null</c> to sign in.</summary>
    public string? BatchAccountKey { get; init; }

    /// <summary>The key of the storage account; <c>null</c> to sign in.</summary>
    public string? StorageAccountKey { get; init; }

    /// <summary>The password of the registry's user; <c>null</c> when there is none.</summary>
    public string? RegistryPassword { get; init; }

    /// <summary>The keys of the environment that are not used, and the reasons.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
