using Azure.Identity;
using SparseSC.Azure.Batch;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs;

/// <summary>Addresses that differ between the public cloud and the sovereign ones; the Batch endpoint tells which it is.</summary>
/// <param name="Authority">Where sign-ins go.</param>
/// <param name="BatchScope">What tokens for the Batch service are asked for.</param>
/// <param name="BlobDomain">The domain of blob services.</param>
internal sealed record AzureCloud(Uri Authority, string BatchScope, string BlobDomain)
{
    private static readonly AzureCloud Public = new(AzureAuthorityHosts.AzurePublicCloud, BatchClientOptions.PublicCloudScope, "blob.core.windows.net");

    private static readonly AzureCloud Government = new(
        AzureAuthorityHosts.AzureGovernment, "https://batch.core.usgovcloudapi.net//.default", "blob.core.usgovcloudapi.net");

    private static readonly AzureCloud China = new(
        AzureAuthorityHosts.AzureChina, "https://batch.chinacloudapi.cn//.default", "blob.core.chinacloudapi.cn");

    /// <summary>The cloud of a Batch account's address, with the place of sign-ins that the environment names, if it does.</summary>
    /// <exception cref="InvalidInputException">What the environment names is no https address.</exception>
    public static AzureCloud Of(Uri batchEndpoint, Func<string, string?> environment)
    {
        AzureCloud cloud = Of(batchEndpoint);
        return EnvironmentVariables.Read(environment, EnvironmentVariables.AuthorityHost) is not { } authority ? cloud
            : Uri.TryCreate(authority, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps ? cloud with { Authority = address }
            : throw new InvalidInputException(
                "AuthorityHostInvalid",
                $"The environment variable {EnvironmentVariables.AuthorityHost} is '{authority}'. Give an https address, such as '{cloud.Authority}', or remove it.");
    }

    /// <summary>Whether sign-ins at an address are Microsoft's own, so that it is known to its directory of clouds.</summary>
    public static bool IsKnownAuthority(Uri authority) => authority == Public.Authority || authority == Government.Authority || authority == China.Authority;

    /// <summary>The cloud of a Batch account's address.</summary>
    public static AzureCloud Of(Uri batchEndpoint) => batchEndpoint.Host switch
    {
        var host when host.EndsWith(".usgovcloudapi.net", StringComparison.OrdinalIgnoreCase) => Government,
        var host when host.EndsWith(".chinacloudapi.cn", StringComparison.OrdinalIgnoreCase) => China,
        _ => Public,
    };
}
