namespace SparseSC.Tests;

/// <summary>A theory against Azurite; skipped by its name where that cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = AzuriteInstall.Missing;

    /// <summary>Whether it also needs Unix.</summary>
    public bool NeedsUnix
    {
        get;
        init
        {
            field = value;
            Skip ??= value && OperatingSystem.IsWindows() ? "Needs Unix." : null;
        }
    }
}
