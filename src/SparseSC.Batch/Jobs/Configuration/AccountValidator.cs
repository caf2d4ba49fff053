using System.Buffers.Text;
using System.Text;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The Batch account and how to sign in to it.</summary>
internal static class AccountValidator
{
    private static readonly string[] Domains = [".batch.azure.com", ".batch.usgovcloudapi.net", ".batch.chinacloudapi.cn"];

    public static void Check(AzureBatchConfig config, AzureKeys keys, Func<string, string?> environment, ConfigErrors faults)
    {
        CheckName(config, environment, faults);
        CheckEndpoint(config, keys, faults);
        CheckKey(keys.BatchAccountKey, "BatchAccountKey", EnvironmentVariables.BatchAccountKey, faults);
        CheckCredential(config, faults);
    }

    /// <summary>Account names are 3 to 24 lower case letters and digits; on loopback, where emulators are, anything goes.</summary>
    public static bool IsAccountName(string name) =>
        name.Length is >= 3 and <= 24 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    public static void CheckKey(string? key, string parameter, string variable, ConfigErrors faults)
    {
        if (key is not null && !(Base64.IsValid(Encoding.UTF8.GetBytes(key), out int length) && length > 0))
        {
            faults.Add(parameter, $"{{{parameter}}} is no key: keys are base64. Copy it again, or leave it and {variable} out to sign in.");
        }
    }

    private static void CheckName(AzureBatchConfig config, Func<string, string?> environment, ConfigErrors faults)
    {
        if (config.BatchAccountName is not string name)
        {
            faults.Add("BatchAccountName", $"{{BatchAccountName}} is missing. Give it, or set {EnvironmentVariables.BatchAccountName} in the environment.");
        }
        else if (!IsLoopback(config.BatchAccountEndpoint) && !IsAccountName(name))
        {
            faults.Add("BatchAccountName", $"{{BatchAccountName}} '{name}' is no account name: those are 3 to 24 lower case letters and digits.");
        }

        if (config.BatchAccountEndpoint is null)
        {
            string? other = EnvironmentVariables.Read(environment, EnvironmentVariables.BatchAccountEndpoint);
            faults.Add("BatchAccountEndpoint", other is null
                ? $"{{BatchAccountEndpoint}} is missing. Give https://{config.BatchAccountName ?? "ACCOUNT"}.REGION.batch.azure.com, or set {EnvironmentVariables.BatchAccountEndpoint} in the environment."
                : $"{{BatchAccountEndpoint}} is missing: {EnvironmentVariables.BatchAccountEndpoint} in the environment is '{other}', which is not the address of {{BatchAccountName}} '{config.BatchAccountName}'. Give the address.");
        }
    }

    private static void CheckEndpoint(AzureBatchConfig config, AzureKeys keys, ConfigErrors faults)
    {
        const string Parameter = "BatchAccountEndpoint";
        if (config.BatchAccountEndpoint is not string endpoint)
        {
            return;
        }

        if (!Endpoint.IsUsable(endpoint, Parameter, $"https://{config.BatchAccountName ?? "ACCOUNT"}.REGION.batch.azure.com", Domains, config.TrustedEndpoints, faults))
        {
            return;
        }

        Uri address = new(endpoint);
        if (address.Scheme == Uri.UriSchemeHttp && keys.BatchAccountKey is null)
        {
            faults.Add(Parameter, $"{{{Parameter}}} '{endpoint}' is http, over which nobody can sign in. Give a key, in {EnvironmentVariables.BatchAccountKey}, or use https.");
        }

        bool isKnown = Array.Exists(Domains, domain => address.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
        if (isKnown && config.BatchAccountName is string name && !address.Host.StartsWith($"{name}.", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(Parameter, $"{{{Parameter}}} '{endpoint}' is the address of another account than {{BatchAccountName}} '{name}'. Give the two that belong together.");
        }
    }

    private static void CheckCredential(AzureBatchConfig config, ConfigErrors faults)
    {
        if (!Enum.IsDefined(config.Credential))
        {
            faults.Add("Credential", $"{{Credential}} {(int)config.Credential} is unknown. Give one of {string.Join(", ", Enum.GetNames<AzureCredentialSource>())}.");
        }

        if (config.CredentialClientId is string client && !Guid.TryParseExact(client, "D", out _))
        {
            faults.Add("CredentialClientId", $"{{CredentialClientId}} '{client}' is no client id, such as 01234567-89ab-cdef-0123-456789abcdef. It is on the overview page of the identity.");
        }

        bool takesClient = config.Credential is AzureCredentialSource.Default or AzureCredentialSource.ManagedIdentity or AzureCredentialSource.WorkloadIdentity;
        if (config.CredentialClientId is not null && !takesClient)
        {
            faults.Add("CredentialClientId", $"{{CredentialClientId}} is of no use with {{Credential}} '{config.Credential}'. Leave it out, or give {{Credential}} {{Credential:ManagedIdentity}}.");
        }

        if (config.TenantId is string tenant && !Guid.TryParseExact(tenant, "D", out _) && Uri.CheckHostName(tenant) != UriHostNameType.Dns)
        {
            faults.Add("TenantId", $"{{TenantId}} '{tenant}' is no tenant. Give its id or its domain, such as contoso.onmicrosoft.com.");
        }
    }

    private static bool IsLoopback(string? endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) && uri.IsLoopback;
}
