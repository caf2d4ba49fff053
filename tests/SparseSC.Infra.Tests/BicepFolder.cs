namespace SparseSC.Infra.Tests;

/// <summary>A folder of its own with the linter's settings, which the compiler looks for beside a file.</summary>
internal sealed class BicepFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sparsesc-bicep-");

    public BicepFolder() => Copy("bicepconfig.json");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string Copy(string name)
    {
        File.Copy(System.IO.Path.Combine(Bicep.Infra, name), Path(name));
        return Path(name);
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
