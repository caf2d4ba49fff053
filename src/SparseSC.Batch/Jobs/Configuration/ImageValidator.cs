using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>The operating system of machines.</summary>
/// <remarks>The service's support of Ubuntu 16.04, 18.04 and 20.04 and of CentOS is over; that of Ubuntu 22.04 ends on 2027-06-30.</remarks>
internal static partial class ImageValidator
{
    private const string Usual = "canonical:ubuntu-24_04-lts:server";
    private const string DefaultAgent = "batch.node.ubuntu 24.04";

    public static void Check(AzureBatchConfig config, ConfigErrors faults)
    {
        CheckAgent(config, faults);
        if (config.ImageReference is not string image)
        {
            return;
        }

        if (image.StartsWith('/'))
        {
            CheckResource(config, image, faults);
            return;
        }

        if (!Reference().IsMatch(image))
        {
            faults.Add("ImageReference", $"{{ImageReference}} '{image}' is neither publisher:offer:sku[:version] nor a resource id. Give one such as {Usual}.");
        }
        else if (IsDead(image))
        {
            faults.Add("ImageReference", $"{{ImageReference}} '{image}' is an image whose support has ended. Leave it out for Ubuntu 24.04, or give one such as {Usual}.");
        }
        else if (Windows().IsMatch(image))
        {
            faults.Add("ImageReference", $"{{ImageReference}} '{image}' is Windows, where the worker for Linux cannot run. Leave it out, or give one such as {Usual}.");
        }
        else if (Jammy().IsMatch(image))
        {
            faults.Warn("ImageReference", $"{{ImageReference}} '{image}' is Ubuntu 22.04, whose support ends on 2027-06-30. Leave it out for Ubuntu 24.04.");
        }
    }

    private static bool IsDead(string image) => OldUbuntu().IsMatch(image) || image.Contains("centos", StringComparison.OrdinalIgnoreCase);

    private static void CheckResource(AzureBatchConfig config, string image, ConfigErrors faults)
    {
        if (!ResourceId.IsImage(image))
        {
            faults.Add("ImageReference", $"{{ImageReference}} '{image}' is no resource id of an image. It looks like /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/galleries/…/images/…/versions/….");
        }

        if (string.IsNullOrWhiteSpace(config.NodeAgentSkuId))
        {
            faults.Add("NodeAgentSkuId", $"{{NodeAgentSkuId}} is missing: the service lists none for an image named by its resource id. Give the one that suits the image's system, such as '{DefaultAgent}'.");
        }
    }

    private static void CheckAgent(AzureBatchConfig config, ConfigErrors faults)
    {
        if (config.NodeAgentSkuId is not string agent)
        {
            return;
        }

        if (!agent.StartsWith("batch.node.", StringComparison.Ordinal) || IsDeadAgent(agent) || agent.Contains("windows", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add("NodeAgentSkuId", $"{{NodeAgentSkuId}} '{agent}' is no agent of a living Linux image. Give one such as '{DefaultAgent}', or leave it out.");
        }
        else if (config.ImageReference is null && agent != DefaultAgent)
        {
            faults.Add("NodeAgentSkuId", $"{{NodeAgentSkuId}} '{agent}' does not suit Ubuntu 24.04, which is the image when none is given. Give {{ImageReference}} too, or leave it out.");
        }
    }

    private static bool IsDeadAgent(string agent) => OldUbuntu().IsMatch(agent) || agent.Contains("centos", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[^:\s/]+:[^:\s/]+:[^:\s/]+(:[^:\s/]+)?$")]
    private static partial Regex Reference();

    // Versions before 22.04, as 18.04, 18_04, 18_04-lts, ubuntu-1804, or sku 1804 of ubuntu-hpc; or by name.
    [GeneratedRegex(@"ubuntuserver|(ubuntu\D*|ubuntu-hpc:)(1[0-9]|20)[._-]?(04|10)(?!\d)|(trusty|xenial|bionic|focal)", RegexOptions.IgnoreCase)]
    private static partial Regex OldUbuntu();

    [GeneratedRegex(@"(jammy|ubuntu\D*22[._-]?04(?!\d))", RegexOptions.IgnoreCase)]
    private static partial Regex Jammy();

    [GeneratedRegex("windows", RegexOptions.IgnoreCase)]
    private static partial Regex Windows();
}
