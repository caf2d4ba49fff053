namespace SparseSC.Azure.Tests.Jobs;

/// <summary>The worker as tests have it: the command line that was built, behind a script that needs no publishing.</summary>
internal static class Worker
{
    public static string Script(string folder)
    {
        string path = Path.Combine(folder, "sparsesc");
        string library = Path.Combine(AppContext.BaseDirectory, "sparsesc.dll");
        File.WriteAllText(path, $"#!/bin/sh\nexport DOTNET_TieredPGO=0 DOTNET_gcServer=0\nexec dotnet '{library}' \"$@\"\n");
        return path;
    }
}
