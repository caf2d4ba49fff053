namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The source of sign-ins to Azure when no key is given.</summary>
public enum AzureCredentialSource : long
{
    /// <summary>Whatever is there: environment, workload identity, managed identity, then the developer tools' sign-ins.</summary>
    Default,

    /// <summary>The managed identity of the machine or runbook; with a client id, a user-assigned one.</summary>
    ManagedIdentity,

    /// <summary>The sign-in of the Azure CLI.</summary>
    AzureCli,

    /// <summary>Workload identity, as in Kubernetes and GitHub Actions.</summary>
    WorkloadIdentity,

    /// <summary>A service principal in the environment (<c>AZURE_TENANT_ID</c>, <c>AZURE_CLIENT_ID</c>, and a secret or certificate).</summary>
    Environment,

    /// <summary>A browser window.</summary>
    Interactive,
}
