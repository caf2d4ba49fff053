using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SparseSC.Architecture.Tests;

/// <summary>What an assembly refers to, read from its metadata without loading it.</summary>
internal sealed class BuiltAssembly
{
    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private BuiltAssembly(string[] references, string[] types, Version version)
    {
        References = references;
        Types = types;
        Version = version;
    }

    /// <summary>Names of the assemblies referred to that are not the framework's own.</summary>
    public string[] References { get; }

    /// <summary>Full names of the types of other assemblies that are used.</summary>
    public string[] Types { get; }

    public Version Version { get; }

    /// <summary>Where the tests find what was built.</summary>
    public static string PathOf(string project)
    {
        string assembly = House.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);
        return Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");
    }

    public static BuiltAssembly Read(string project)
    {
        using FileStream stream = File.OpenRead(PathOf(project));
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        return new BuiltAssembly(
            [
                .. metadata.AssemblyReferences
                    .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                    .Where(name => !File.Exists(Path.Combine(FrameworkFolder, $"{name}.dll"))),
            ],
            [
                .. metadata.TypeReferences
                    .Select(handle => metadata.GetTypeReference(handle))
                    .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"),
            ],
            metadata.GetAssemblyDefinition().Version);
    }
}
