using System.Xml.Linq;

namespace SparseSC.Architecture.Tests;

public class ReferenceTests
{
    public static TheoryData<string> Projects => [.. House.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_project_has_its_row_in_the_table(string project) =>
        Assert.Contains(Path.GetFileNameWithoutExtension(project), ReferenceTable.Rows.Keys);

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_names_only_what_the_table_admits(string project)
    {
        XElement root = House.Load(project);
        IEnumerable<string> projects = root.Descendants("ProjectReference").Select(item => Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value));
        IEnumerable<string> packages = root.Descendants("PackageReference").Select(item => item.Attribute("Include")!.Value);

        Assert.All(projects.Concat(packages), name => Assert.True(Row(project).Admits(name), name));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_built_assembly_refers_only_to_what_the_table_admits(string project) =>
        Assert.All(BuiltAssembly.Read(project).References, name => Assert.True(Row(project).Admits(name), name));

    // The compiler refuses the keyword everywhere else.
    [Fact]
    public void Only_Numerics_may_be_unsafe() =>
        Assert.Equal(
            ["SparseSC.Numerics"],
            House.Projects.Where(project => House.Load(project).Descendants("AllowUnsafeBlocks").Any()).Select(Path.GetFileNameWithoutExtension));

    [Theory]
    [InlineData("SparseSC.PowerShell")]
    [InlineData("SparseSC.Loading")]
    public void PowerShell_itself_is_never_shipped(string name)
    {
        XElement reference = House.Load(House.Projects.Single(project => project.EndsWith($"{name}.csproj", StringComparison.Ordinal)))
            .Descendants("PackageReference")
            .Single(item => item.Attribute("Include")!.Value == "PowerShellStandard.Library");

        Assert.Equal("all", reference.Attribute("PrivateAssets")?.Value);
        Assert.Equal("runtime", reference.Attribute("ExcludeAssets")?.Value);
    }

    [Theory]
    [InlineData("SparseSC.Numerics", "net8.0")]
    [InlineData("SparseSC.Core", "net8.0")]
    [InlineData("SparseSC.Batch", "net8.0")]
    [InlineData("SparseSC.Azure", "net8.0")]
    [InlineData("SparseSC.Plots", "net8.0")]
    [InlineData("SparseSC.PowerShell", "net8.0")]
    [InlineData("SparseSC.Loading", "net8.0")]
    [InlineData("SparseSC.Cli", "net10.0")]
    public void Libraries_run_where_PowerShell_7_4_does(string project, string framework)
    {
        XElement root = House.Load(Path.Combine(House.Root, "src", project, $"{project}.csproj"));

        Assert.Equal(framework, root.Descendants("TargetFramework").Single().Value);
    }

    // What a type reference can betray and an assembly reference cannot, because the type is the framework's own.
    [Theory]
    [InlineData("SparseSC.Numerics", "System.Console")]
    [InlineData("SparseSC.Core", "System.Console")]
    [InlineData("SparseSC.Batch", "System.Console")]
    [InlineData("SparseSC.Core", "System.Diagnostics.Process")]
    [InlineData("SparseSC.PowerShell", "System.Console")]
    [InlineData("SparseSC.Core", "System.Text.Json.JsonSerializer")]
    [InlineData("SparseSC.Cli", "System.Text.Json.JsonSerializer")]
    [InlineData("SparseSC.Core", "System.Net.Http.HttpClient")]
    [InlineData("SparseSC.Batch", "System.Net.Http.HttpClient")]
    [InlineData("SparseSC.Azure", "System.Console")]
    [InlineData("SparseSC.Azure", "System.Net.Http.HttpClient")]
    [InlineData("SparseSC.PowerShell", "System.Net.Http.HttpClient")]
    [InlineData("SparseSC.PowerShell", "System.Net.WebClient")]
    public void A_project_keeps_off(string project, string type)
    {
        string file = House.Projects.Single(candidate => Path.GetFileNameWithoutExtension(candidate) == project);

        Assert.DoesNotContain(type, BuiltAssembly.Read(file).Types);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_manifest_holds_the_one_version_number(string project)
    {
        string version = System.Text.RegularExpressions.Regex.Match(House.Manifest, @"ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value;

        Assert.Equal(Version.Parse(version), Version.Parse(BuiltAssembly.Read(project).Version.ToString(3)));
    }

    private static ReferenceTable.Allowed Row(string project) => ReferenceTable.Rows[Path.GetFileNameWithoutExtension(project)];
}
