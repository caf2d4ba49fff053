namespace SparseSC.Azure.Tests.Jobs;

/// <summary>The worker of the tests: as native code, which starts in a hundredth of the time, or else the command line that was built.</summary>
internal static class Worker
{
    private static readonly NativePublish Native = NativePublish.Worker();

    /// <summary>How a shell starts it.</summary>
    public static string Command { get; } = NativePublish.Missing is null
        ? $"'{Native.Program}'"
        : $"dotnet '{Path.Combine(AppContext.BaseDirectory, "sparsesc.dll")}'";

    /// <summary>Writes a script that starts it, small enough to be uploaded by every test.</summary>
    public static string Script(string folder)
    {
        string path = Path.Combine(folder, "sparsesc");
        File.WriteAllText(path, $"#!/bin/sh\nexport DOTNET_TieredPGO=0 DOTNET_gcServer=0\nexec {Command} \"$@\"\n");
        return path;
    }
}
