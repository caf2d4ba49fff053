using System.Reflection;

namespace SparseSC.Cli.Hosting;

/// <summary>Which build this is.</summary>
internal static class ProductVersion
{
    /// <summary>The version all assemblies carry.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
