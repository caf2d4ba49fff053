namespace SparseSC.Cli.Tests.Native;

/// <summary>The whole command line as native code.</summary>
internal static class NativeProgram
{
    private static readonly NativePublish Whole = NativePublish.CommandLine();

    /// <summary>Why there can be none on this machine; <c>null</c> when there can.</summary>
    public static string? Missing => NativePublish.Missing;

    /// <summary>The executable.</summary>
    public static string Path => Whole.Program;

    /// <summary>The folder it is published to, with nothing else in it.</summary>
    public static string Folder => Whole.Folder;
}
