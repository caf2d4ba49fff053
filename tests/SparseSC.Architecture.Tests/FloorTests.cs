using System.Text.RegularExpressions;
using Mono.Cecil;

namespace SparseSC.Architecture.Tests;

/// <summary>Who uses whom inside a project.</summary>
public class FloorTests
{
    private static readonly string[] Floors = ReadFloors();

    public static TheoryData<string> Projects => [.. House.Projects];

    [Fact]
    public void No_floor_of_Core_uses_one_above_it()
    {
        string core = House.Projects.Single(project => project.EndsWith("SparseSC.Core.csproj", StringComparison.Ordinal));
        TypeGraph graph = TypeGraph.Read(core);
        Assert.Equal(
            graph.Types.Select(type => graph.Folder(type, "SparseSC.Core")).Where(folder => folder.Length > 0).Distinct().Order(),
            Floors.Order());

        string[] upwards =
        [
            .. graph.Edges
                .Where(edge => Height(graph, edge.Used) > Height(graph, edge.User))
                .Select(edge => $"{edge.User.FullName} uses {edge.Used.FullName}"),
        ];

        Assert.True(upwards.Length == 0, string.Join(Environment.NewLine, upwards));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_of_a_project_form_no_circle(string project)
    {
        TypeGraph graph = TypeGraph.Read(project);
        string root = Path.GetFileNameWithoutExtension(project);
        ILookup<string, string> uses = graph.Edges
            .Select(edge => (From: graph.Folder(edge.User, root), To: graph.Folder(edge.Used, root)))
            .Where(edge => edge.From != edge.To)
            .Distinct()
            .ToLookup(edge => edge.From, edge => edge.To);

        string[] circles = [.. uses.Select(folder => folder.Key).Where(folder => Reaches(uses, folder, folder, []))];

        string named = string.Join(", ", circles.Select(folder => folder.Length == 0 ? "(top)" : folder));
        Assert.True(circles.Length == 0, $"{root}: these folders use each other in a circle: {named}.");
    }

    // Models of the Batch client stand in its own namespace, as those of Azure's libraries do; the application's verbs of jobs are a part of
    // it that the worker leaves out.
    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_are_folders(string project)
    {
        string folder = Path.GetDirectoryName(project)!;
        string name = Path.GetFileNameWithoutExtension(project);
        IEnumerable<string> wrong = House.Sources(Path.GetRelativePath(House.Root, folder))
            .Select(file => (
                File: file,
                Said: Regex.Match(File.ReadAllText(file), @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value,
                Right: string.Join('.', [name, .. Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).SkipLast(1)])))
            .Where(item => item.Right != "SparseSC.Azure.Batch.Models" && Path.GetFileName(item.File) != "CliApplication.Jobs.cs")
            .Where(item => item.Said.Length > 0 && item.Said != item.Right)
            .Select(item => $"{Path.GetRelativePath(House.Root, item.File)} is in {item.Said}, not in {item.Right}.");

        Assert.True(!wrong.Any(), string.Join(Environment.NewLine, wrong));
    }

    // An interface that another project implements is a border, and one that only constrains a type argument is no indirection: the compiler
    // sees the type.
    [Fact]
    public void No_interface_has_a_single_implementation()
    {
        TypeDefinition[] types = [.. House.Projects.SelectMany(project => TypeGraph.Read(project).Types).SelectMany(WithNested)];
        IEnumerable<string> lonely = types
            .Where(type => type.IsInterface && type.Name != "ILineFunction")
            .Select(type => (type, by: types.Where(other => Implements(other, type)).ToArray()))
            .Where(item => item.by.Length == 1 && item.by[0].Module.Name == item.type.Module.Name)
            .Select(item => item.type.FullName);

        Assert.Empty(lonely);
    }

    [Fact]
    public void Azure_shows_nothing_but_what_opens_it()
    {
        string azure = House.Projects.Single(project => project.EndsWith("SparseSC.Azure.csproj", StringComparison.Ordinal));

        Assert.Equal(["AzureBackendProvider"], TypeGraph.Read(azure).Types.Where(type => type.IsPublic).Select(type => type.Name));
    }

    private static bool Implements(TypeDefinition type, TypeDefinition other) =>
        type.Interfaces.Any(item => item.InterfaceType.GetElementType().FullName == other.FullName);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(WithNested)];

    private static int Height(TypeGraph graph, TypeDefinition type) => Array.IndexOf(Floors, graph.Folder(type, "SparseSC.Core"));

    private static bool Reaches(ILookup<string, string> uses, string from, string to, HashSet<string> seen) =>
        uses[from].Any(next => next == to || (seen.Add(next) && Reaches(uses, next, to, seen)));

    private static string[] ReadFloors()
    {
        string notes = File.ReadAllText(Path.Combine(House.Root, "docs", "design.md"));
        string said = Regex.Match(notes, @"inside `SparseSC\.Core` they are ([^;]+);").Groups[1].Value;
        return [.. Regex.Matches(said, "`(\\w+)`").Select(name => name.Groups[1].Value)];
    }
}
