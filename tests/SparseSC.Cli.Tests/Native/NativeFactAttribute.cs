namespace SparseSC.Cli.Tests.Native;

/// <summary>A test of the command line as native code; skipped by its name where that cannot be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute() => Skip = NativeProgram.Missing;

    /// <summary>Whether it also needs Azurite.</summary>
    public bool NeedsAzurite
    {
        get;
        init
        {
            field = value;
            Skip ??= value ? AzuriteInstall.Missing : null;
        }
    }
}
