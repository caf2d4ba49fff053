namespace SparseSC.Tests;

/// <summary>One build of the module at a time: test projects that run beside each other share its intermediate files.</summary>
internal sealed class ModuleBuild : IDisposable
{
    private readonly FileStream _lock;

    private ModuleBuild(FileStream held) => _lock = held;

    /// <summary>Waits for its turn.</summary>
    public static ModuleBuild Enter()
    {
        string folder = Path.Combine(RepositoryFiles.Root, "artifacts");
        Directory.CreateDirectory(folder);
        while (true)
        {
            try
            {
                return new ModuleBuild(new FileStream(Path.Combine(folder, "module.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                Thread.Sleep(200);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
