namespace SparseSC.Tests;

/// <summary>A test against Azurite; skipped by its name where that cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = AzuriteInstall.Missing;

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
