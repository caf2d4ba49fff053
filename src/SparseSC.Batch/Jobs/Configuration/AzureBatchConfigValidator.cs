using System.Globalization;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Checks a configuration as far as that is possible without asking any service.</summary>
public static class AzureBatchConfigValidator
{
    /// <summary>The id of the error that names all faults.</summary>
    public const string ErrorId = "BatchConfigInvalid";

    /// <summary>Refuses a configuration with faults, naming all of them; otherwise answers what there is to know about it.</summary>
    /// <param name="config">The configuration; what it leaves out may come from the environment.</param>
    /// <param name="home">Where the program's own worker lies.</param>
    /// <param name="environment">The value of a variable, or <c>null</c>; see <see cref="EnvironmentVariables.OfThisProcess"/>.</param>
    /// <returns>Warnings: sentences in which options stand as <c>{VmSize}</c>.</returns>
    /// <exception cref="InvalidInputException">There are faults (<see cref="ErrorId"/>).</exception>
    public static IReadOnlyList<string> Validate(AzureBatchConfig config, WorkerHome home, Func<string, string?> environment)
    {
        IReadOnlyList<ConfigFinding> findings = Inspect(config, home, environment);
        Refuse(findings);
        return [.. findings.Select(finding => finding.Message)];
    }

    /// <summary>Every fault and every warning, one by one; <see cref="ConfigFinding.Check"/> is the setting's name.</summary>
    /// <inheritdoc cref="Validate" path="/param"/>
    public static IReadOnlyList<ConfigFinding> Inspect(AzureBatchConfig config, WorkerHome home, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(environment);
        AzureBatchConfig filled = AzureEnvironment.Fill(config, environment);
        AzureKeys keys = SecretResolver.Resolve(filled, environment);
        ConfigErrors faults = new();
        AccountValidator.Check(filled, keys, environment, faults);
        StorageValidator.Check(filled, keys, environment, faults);
        PoolValidator.Check(filled, faults);
        ImageValidator.Check(filled, faults);
        ContainerValidator.Check(filled, keys, faults);
        TaskValidator.Check(filled, faults);
        WorkerValidator.Check(filled, home, faults);
        foreach (string warning in keys.Warnings)
        {
            faults.Warn("Secrets", warning);
        }

        return faults.Findings;
    }

    /// <summary>Throws when there are faults among findings, naming all of them.</summary>
    /// <exception cref="InvalidInputException">There are faults (<see cref="ErrorId"/>).</exception>
    internal static void Refuse(IEnumerable<ConfigFinding> findings)
    {
        ConfigFinding[] faults = [.. findings.Where(finding => finding.Severity == FindingSeverity.Error)];
        if (faults.Length > 0)
        {
            throw faults is [ConfigFinding only]
                ? new InvalidInputException(ErrorId, only.Message, only.Check)
                : new InvalidInputException(ErrorId, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The configuration has {faults.Length} faults:{string.Concat(faults.Select(fault => $"\n  - {fault.Message}"))}"));
        }
    }
}
