using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Names of settings in a configuration file.</summary>
public static partial class ConfigNames
{
    private static readonly FrozenSet<string> All = AzureSettings.All.Select(setting => setting.Name)
        .Concat(LocalSettings.All.Select(setting => setting.Name))
        .ToFrozenSet();

    private static readonly FrozenDictionary<string, string> SecretVariables = new Dictionary<string, string>
    {
        ["BatchAccountKey"] = EnvironmentVariables.BatchAccountKey,
        ["StorageAccountKey"] = EnvironmentVariables.StorageAccountKey,
        ["StorageConnectionString"] = EnvironmentVariables.StorageConnectionString,
        ["StorageAccountConnectionString"] = EnvironmentVariables.StorageConnectionString,
        ["RegistryPassword"] = EnvironmentVariables.RegistryPassword,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Renders settings that messages name as <c>{VmSize}</c> the way they stand in a file: <c>vmSize</c>; other names stay.</summary>
    public static string Render(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Token().Replace(message, match =>
            match.Groups[2].Success
                ? All.Contains(match.Groups[1].Value) ? match.Groups[2].Value : match.Value
                : IsSetting(match.Groups[1].Value) ? ToFile(match.Groups[1].Value)
                : SecretVariables.GetValueOrDefault(match.Groups[1].Value) ?? match.Value);
    }

    /// <summary><c>vmSize</c> for <c>VmSize</c>.</summary>
    internal static string ToFile(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    internal static bool IsSetting(string name) => All.Contains(name);

    /// <summary>Whether a name sounds like that of a key, a password or anything else that has no place in a file.</summary>
    internal static bool IsSecret(string name) => SecretName().IsMatch(name);

    /// <summary>A sentence on where a secret belongs.</summary>
    internal static string PlaceOf(string secret) => SecretVariables.TryGetValue(secret, out string? variable)
        ? $"Set {variable} in the environment, or sign in"
        : $"Set {string.Join(", ", SecretVariables.Values.Distinct().Order(StringComparer.Ordinal))} in the environment, or sign in";

    [GeneratedRegex(@"\{([A-Z][A-Za-z0-9]*)(?::([A-Z][A-Za-z0-9]*))?\}")]
    private static partial Regex Token();

    [GeneratedRegex("(key|keys|password|passwd|pwd|secret|secrets|token|sas|signature|credentials)$|connection_?-?string|shared_?-?access", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
