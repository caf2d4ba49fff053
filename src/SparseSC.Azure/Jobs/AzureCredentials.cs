using System.Collections.Concurrent;
using Azure.Core;
using Azure.Identity;
using SparseSC.Core.Jobs.Azure;

namespace SparseSC.Azure.Jobs;

/// <summary>Makes what sign-ins come from.</summary>
internal static class AzureCredentials
{
    // Kept for the life of the process, so that a browser opens once and tokens are asked for again only when they expire.
    private static readonly ConcurrentDictionary<(AzureCredentialSource, string?, string?, Uri), Lazy<TokenCredential>> Made = new();

    /// <summary>The credential that a configuration asks for. Nothing is asked of any service yet.</summary>
    public static TokenCredential For(AzureBatchConfig config, AzureCloud cloud) => Made.GetOrAdd(
        (config.Credential, config.CredentialClientId, config.TenantId, cloud.Authority),
        key => new Lazy<TokenCredential>(() => Create(key.Item1, key.Item2, key.Item3, key.Item4))).Value;

    /// <summary>Makes a credential.</summary>
    /// <param name="source">Where sign-ins come from.</param>
    /// <param name="clientId">The client id of a managed or workload identity; <c>null</c> for the one there is.</param>
    /// <param name="tenantId">The tenant; <c>null</c> for the sign-in's own.</param>
    /// <param name="authority">Where sign-ins go.</param>
    public static TokenCredential Create(AzureCredentialSource source, string? clientId, string? tenantId, Uri authority) => source switch
    {
        AzureCredentialSource.Default => new DefaultAzureCredential(new DefaultAzureCredentialOptions
        {
            AuthorityHost = authority,
            TenantId = tenantId,
            ManagedIdentityClientId = clientId,
            WorkloadIdentityClientId = clientId,
        }),
        AzureCredentialSource.ManagedIdentity => new ManagedIdentityCredential(
            clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId)),
        AzureCredentialSource.AzureCli => new AzureCliCredential(new AzureCliCredentialOptions { AuthorityHost = authority, TenantId = tenantId }),
        AzureCredentialSource.WorkloadIdentity => new WorkloadIdentityCredential(new WorkloadIdentityCredentialOptions
        {
            AuthorityHost = authority,
            TenantId = tenantId,
            ClientId = clientId,
        }),
        AzureCredentialSource.Environment => new EnvironmentCredential(new EnvironmentCredentialOptions { AuthorityHost = authority }),
        AzureCredentialSource.Interactive => new InteractiveBrowserCredential(new InteractiveBrowserCredentialOptions
        {
            AuthorityHost = authority,
            TenantId = tenantId,
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "There is no such source of sign-ins."),
    };
}
