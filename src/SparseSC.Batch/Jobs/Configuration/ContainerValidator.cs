using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The container image of tasks, and the registry it comes from.</summary>
internal static partial class ContainerValidator
{
    public static void Check(AzureBatchConfig config, AzureKeys keys, ConfigErrors faults)
    {
        ResourceId.Check(config.RegistryIdentityId, "RegistryIdentityId", ResourceId.Identity, faults);
        if (config.ContainerImage is not string image)
        {
            CheckNothingToPull(config, faults);
            return;
        }

        if (!ImageName().IsMatch(image))
        {
            faults.Add("ContainerImage", $"{{ContainerImage}} '{image}' is no name of an image. Give one such as registry.example.com/sparsesc:1.0.");
        }

        if (config.RegistryServer is string server)
        {
            CheckServer(server, image, faults);
        }

        CheckSignIn(config, keys, faults);
        CheckMachines(config, image, faults);
    }

    /// <summary>Whether the image's name begins with the registry's.</summary>
    public static bool LiesIn(string image, string server) => image.StartsWith($"{Host(server)}/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether two names mean one registry.</summary>
    public static bool IsSameServer(string a, string b) => Host(a).Equals(Host(b), StringComparison.OrdinalIgnoreCase);

    private static string Host(string server)
    {
        int scheme = server.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? server : server[(scheme + 3)..]).TrimEnd('/');
    }

    private static void CheckNothingToPull(AzureBatchConfig config, ConfigErrors faults)
    {
        foreach ((string? value, string parameter) in new[]
        {
            (config.RegistryServer, "RegistryServer"), (config.RegistryUserName, "RegistryUserName"), (config.RegistryIdentityId, "RegistryIdentityId"),
        })
        {
            if (value is not null)
            {
                faults.Add(parameter, $"{{{parameter}}} '{value}' is of no use without {{ContainerImage}}. Give the image, or leave it out.");
            }
        }
    }

    private static void CheckServer(string server, string image, ConfigErrors faults)
    {
        if (!ServerName().IsMatch(server))
        {
            faults.Add("RegistryServer", $"{{RegistryServer}} '{server}' is no name of a registry. Give one such as registry.example.com.");
        }
        else if (!LiesIn(image, server))
        {
            faults.Add("ContainerImage", $"{{ContainerImage}} '{image}' does not lie in {{RegistryServer}} '{server}'. Give its full name, such as {Host(server)}/sparsesc:1.0.");
        }
    }

    private static void CheckSignIn(AzureBatchConfig config, AzureKeys keys, ConfigErrors faults)
    {
        if (config.RegistryUserName is string user)
        {
            if (config.RegistryIdentityId is not null)
            {
                faults.Add("RegistryUserName", $"{{RegistryUserName}} '{user}' and {{RegistryIdentityId}} exclude each other. Give one of the two.");
            }
            else if (keys.RegistryPassword is null)
            {
                faults.Add("RegistryUserName", $"{{RegistryUserName}} '{user}' has no password. Set {EnvironmentVariables.RegistryPassword} in the environment, or give {{RegistryIdentityId}} in its place.");
            }
        }
        else if (keys.RegistryPassword is not null)
        {
            faults.Add("RegistryUserName", $"{{RegistryUserName}} is missing for the registry's password. Give it, or set {EnvironmentVariables.RegistryUserName} in the environment.");
        }

        if (config.RegistryServer is null && (config.RegistryUserName ?? config.RegistryIdentityId) is not null)
        {
            faults.Add("RegistryServer", $"{{RegistryServer}} is missing: user and identity are for a registry. Give it, or set {EnvironmentVariables.RegistryServer} in the environment.");
        }
    }

    // Plain Canonical images have no container runtime; when none is given the pool takes one that has.
    private static void CheckMachines(AzureBatchConfig config, string image, ConfigErrors faults)
    {
        if (config.ImageReference?.StartsWith("canonical:", StringComparison.OrdinalIgnoreCase) == true)
        {
            faults.Add("ImageReference", $"{{ImageReference}} '{config.ImageReference}' cannot run {{ContainerImage}} '{image}': it has no container runtime. Leave it out, or give microsoft-dsvm:ubuntu-hpc:2404.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]*(:[0-9]+/)?/?)*[A-Za-z0-9_](:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$", RegexOptions.NonBacktracking)]
    private static partial Regex ImageName();

    [GeneratedRegex(@"^(https://)?[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?/?$")]
    private static partial Regex ServerName();
}
