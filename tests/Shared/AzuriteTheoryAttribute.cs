namespace SparseSC.Tests;

/// <summary>A test with data that runs where Azurite does, and is skipped by name elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = AzuriteInstall.Missing;
}
