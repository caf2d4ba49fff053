using SparseSC.Core.Errors;

namespace SparseSC.Azure.Storage;

/// <summary>Names of containers: made for a plan, or given and checked.</summary>
internal static class ContainerName
{
    private const string Prefix = "sparsesc-";
    private const int DigestLength = 24;
    private const int Shortest = 3;
    private const int Longest = 63;

    /// <summary>The container of a plan: always the same for the same plan, and another for another.</summary>
    /// <param name="planHash">The plan's SHA-256 in hex.</param>
    /// <exception cref="ArgumentException">It is not a SHA-256 in hex.</exception>
    public static string ForPlan(string planHash)
    {
        ArgumentNullException.ThrowIfNull(planHash);
        string name = ContentHash.Normalize(planHash) ?? throw new ArgumentException("A plan's hash is 64 hexadecimal digits.", nameof(planHash));
        return Prefix + name[..DigestLength];
    }

    /// <summary>Returns <paramref name="name"/> when the service takes it as the name of a container.</summary>
    /// <exception cref="InvalidInputException">It does not (<c>ContainerNameInvalid</c>).</exception>
    public static string Checked(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Fault(name) is { } fault
            ? throw new InvalidInputException(
                "ContainerNameInvalid",
                $"{{ContainerName}} '{name}' cannot be the name of a container: {fault}. Use {Shortest} to {Longest} lower-case letters, digits and single hyphens, with a letter or digit at both ends.",
                "ContainerName")
            : name;
    }

    private static string? Fault(string name)
    {
        if (name.Length is < Shortest or > Longest)
        {
            return $"it has {name.Length} characters";
        }

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return char.IsAsciiLetterUpper(c) ? $"'{c}' is a capital" : $"'{c}' is not allowed";
            }
        }

        return name[0] == '-' || name[^1] == '-' ? "it starts or ends with a hyphen"
            : name.Contains("--", StringComparison.Ordinal) ? "two hyphens follow each other"
            : null;
    }
}
