using System.Collections.Concurrent;
using Azure.Core;
using Azure.Identity;
using SparseSC.Batch.Jobs.Configuration;

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
    /// <remarks>
    /// Whether an authority is Microsoft's is otherwise asked of the public cloud, which knows nothing of a cloud of one's own, and cannot
    /// be reached from a closed one.
    /// </remarks>
    /// <param name="source">Where sign-ins come from.</param>
    /// <param name="clientId">The client id of a managed or workload identity; <c>null</c> for the one there is.</param>
    /// <param name="tenantId">The tenant; <c>null</c> for the sign-in's own.</param>
    /// <param name="authority">Where sign-ins go.</param>
    public static TokenCredential Create(AzureCredentialSource source, string? clientId, string? tenantId, Uri authority) => source switch
    {
        AzureCredentialSource.Default => Default(clientId, tenantId, authority),
        AzureCredentialSource.ManagedIdentity => new ManagedIdentityCredential(
            clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId)),
        AzureCredentialSource.AzureCli => new AzureCliCredential(new AzureCliCredentialOptions { AuthorityHost = authority, TenantId = tenantId }),
        AzureCredentialSource.WorkloadIdentity => Workload(clientId, tenantId, authority),
        AzureCredentialSource.Environment => new EnvironmentCredential(new EnvironmentCredentialOptions
        {
            AuthorityHost = authority,
            DisableInstanceDiscovery = !AzureCloud.IsKnownAuthority(authority),
        }),
        AzureCredentialSource.Interactive => new InteractiveBrowserCredential(new InteractiveBrowserCredentialOptions
        {
            AuthorityHost = authority,
            TenantId = tenantId,
            DisableInstanceDiscovery = !AzureCloud.IsKnownAuthority(authority),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "There is no such source of sign-ins."),
    };

    // What is not given is left as the options come, for they come with what the environment says; null would wipe that out.
    private static DefaultAzureCredential Default(string? clientId, string? tenantId, Uri authority)
    {
        DefaultAzureCredentialOptions options = new()
        {
            AuthorityHost = authority,
            DisableInstanceDiscovery = !AzureCloud.IsKnownAuthority(authority),
        };
        options.TenantId = tenantId ?? options.TenantId;
        options.ManagedIdentityClientId = clientId ?? options.ManagedIdentityClientId;
        options.WorkloadIdentityClientId = clientId ?? options.WorkloadIdentityClientId;
        return new DefaultAzureCredential(options);
    }

    private static WorkloadIdentityCredential Workload(string? clientId, string? tenantId, Uri authority)
    {
        WorkloadIdentityCredentialOptions options = new()
        {
            AuthorityHost = authority,
            DisableInstanceDiscovery = !AzureCloud.IsKnownAuthority(authority),
        };
        options.TenantId = tenantId ?? options.TenantId;
        options.ClientId = clientId ?? options.ClientId;
        return new WorkloadIdentityCredential(options);
    }
}
