using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The storage account, its container and how long nodes may use it.</summary>
internal static partial class StorageValidator
{
    /// <summary>Digits of a submission's id that tell the container of its run from others.</summary>
    public const int RunDigits = 20;

    // Names of containers have up to 63 characters, and the configuration's is where others begin.
    private const int LongestContainerName = 63 - RunDigits - 1;

    // The last one is that of accounts in DNS zones.
    private static readonly string[] Domains =
        [".blob.core.windows.net", ".blob.core.usgovcloudapi.net", ".blob.core.chinacloudapi.cn", ".blob.storage.azure.net"];

    public static void Check(AzureBatchConfig config, AzureKeys keys, Func<string, string?> environment, ConfigErrors faults)
    {
        CheckAccount(config, keys, environment, faults);
        AccountValidator.CheckKey(keys.StorageAccountKey, "StorageAccountKey", EnvironmentVariables.StorageAccountKey, faults);
        CheckContainer(config, faults);
        CheckDuration(config, keys, faults);
        ResourceId.Check(config.NodeIdentityId, "NodeIdentityId", ResourceId.Identity, faults);
    }

    private static void CheckAccount(AzureBatchConfig config, AzureKeys keys, Func<string, string?> environment, ConfigErrors faults)
    {
        string? given = config.Secrets.StorageConnectionString;
        string? text = given ?? EnvironmentVariables.Read(environment, EnvironmentVariables.StorageConnectionString);
        StorageConnectionString? connection = StorageConnectionString.TryParse(text);
        bool isBroken = text is not null && connection is null && (given is not null || keys.StorageAccountKey is null);
        if (isBroken)
        {
            string source = given is null ? $", from {EnvironmentVariables.StorageConnectionString} in the environment," : "";
            faults.Add("StorageConnectionString", $"{{StorageConnectionString}}{source} is not of the form AccountName=…;AccountKey=…. Copy it again, or leave it out and give {{StorageAccountName}}.");
        }

        if (config.StorageAccountName is not string name)
        {
            if (!isBroken)
            {
                faults.Add("StorageAccountName", $"{{StorageAccountName}} is missing. Give it, or set {EnvironmentVariables.StorageConnectionString} in the environment.");
            }

            return;
        }

        if (given is not null && connection is not null && !string.Equals(connection.AccountName, name, StringComparison.OrdinalIgnoreCase))
        {
            faults.Add("StorageAccountName", $"{{StorageAccountName}} '{name}' is not the account of {{StorageConnectionString}}, which is '{connection.AccountName}'. Give one of the two.");
        }

        if (!AccountValidator.IsAccountName(name))
        {
            faults.Add("StorageAccountName", $"{{StorageAccountName}} '{name}' is no account name: those are 3 to 24 lower case letters and digits.");
        }

        if (config.StorageEndpoint is string endpoint
            && Endpoint.IsUsable(endpoint, "StorageEndpoint", $"https://{name}.blob.core.windows.net", Domains, config.TrustedEndpoints, faults)
            && endpoint.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
            && keys.StorageAccountKey is null)
        {
            faults.Add("StorageEndpoint", $"{{StorageEndpoint}} '{endpoint}' is http, over which nobody can sign in. Give a key, in {EnvironmentVariables.StorageAccountKey}, or use https.");
        }
    }

    private static void CheckContainer(AzureBatchConfig config, ConfigErrors faults)
    {
        if (config.ContainerName is string name && !(name.Length is >= 3 and <= LongestContainerName && ContainerName().IsMatch(name)))
        {
            faults.Add("ContainerName", $"{{ContainerName}} '{name}' cannot name a container. Use 3 to {LongestContainerName} lower case letters, digits and single '-', with a letter or digit first and last; or leave it out.");
        }
    }

    private static void CheckDuration(AzureBatchConfig config, AzureKeys keys, ConfigErrors faults)
    {
        TimeSpan duration = config.StorageAccessDuration;
        if (duration <= TimeSpan.Zero)
        {
            faults.Add("StorageAccessDuration", $"{{StorageAccessDuration}} {ConfigTime.Describe(duration)} must be more than nothing; 24 hours is usual.");
        }
        else if (duration > AzureBatchConfig.LongestDelegation && keys.StorageAccountKey is null && config.NodeIdentityId is null)
        {
            faults.Add("StorageAccessDuration", $"{{StorageAccessDuration}} {ConfigTime.Describe(duration)} is more than the 7 days that a sign-in can sign for. Give less, a storage key in {EnvironmentVariables.StorageAccountKey}, or {{NodeIdentityId}}.");
        }

        if (config.MaxWallClockTime is TimeSpan longest && longest > duration && duration > TimeSpan.Zero && config.NodeIdentityId is null)
        {
            faults.Warn("StorageAccessDuration", $"{{MaxWallClockTime}} {ConfigTime.Describe(longest)} is more than {{StorageAccessDuration}} {ConfigTime.Describe(duration)}: a task that takes so long cannot store its result.");
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerName();
}
