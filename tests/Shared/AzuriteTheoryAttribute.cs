namespace SparseSC.Tests;

<<<<<<< HEAD
/// <summary>A theory against Azurite; skipped by its name where that cannot be had.</summary>
=======
/// <summary>A test with data that runs where Azurite does, and is skipped by name elsewhere.</summary>
>>>>>>> watch
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = AzuriteInstall.Missing;
<<<<<<< HEAD

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
=======
>>>>>>> watch
}
