using System.Xml.Linq;

namespace SparseSC.Architecture.Tests;

/// <summary>What nodes run is made with the property Worker, and has neither Azure nor the verbs that need it.</summary>
public class WorkerVariantTests
{
    private static readonly string Cli = Path.Combine(House.Root, "src", "SparseSC.Cli");
    private static readonly XElement Project = House.Load(Path.Combine(Cli, "SparseSC.Cli.csproj"));

    [Fact]
    public void A_worker_has_no_reference_to_Azure()
    {
        XElement reference = Project.Descendants("ProjectReference").Single(item => item.Attribute("Include")!.Value.EndsWith("SparseSC.Azure.csproj", StringComparison.Ordinal));

        Assert.Equal("'$(Worker)' != 'true'", reference.Parent!.Attribute("Condition")?.Value);
        Assert.Equal("'$(Worker)' == 'true'", Project.Descendants("Compile").Single(item => item.Attribute("Remove")?.Value == "Jobs/**").Parent!.Attribute("Condition")?.Value);
    }

    [Fact]
    public void Whatever_is_trimmed_is_a_worker()
    {
        XElement worker = Project.Descendants("Worker").Single();

        Assert.Equal(("'$(Worker)' == ''", "$(PublishTrimmed)"), (worker.Attribute("Condition")?.Value, worker.Value));
    }

    [Fact]
    public void Only_the_verbs_of_jobs_name_Azure() => Assert.All(
        House.Sources(Path.Combine("src", "SparseSC.Cli"))
            .Select(file => Path.GetRelativePath(Cli, file))
            .Where(file => !file.StartsWith("Jobs", StringComparison.Ordinal)),
        file => Assert.DoesNotContain("SparseSC.Azure", File.ReadAllText(Path.Combine(Cli, file)), StringComparison.Ordinal));

    [Fact]
    public void The_module_carries_a_worker()
    {
        XElement target = House.Load(Path.Combine(House.Root, "eng", "Module.proj"))
            .Descendants("Target").Single(target => target.Attribute("Name")!.Value == "Worker");

        Assert.Contains(";Worker=true;", target.Descendants("WorkerProperties").First().Value, StringComparison.Ordinal);

        // A restore with other properties than the publish leaves out packages that only a machine with a full cache has.
        Assert.Equal(["Restore", "Publish"], target.Elements("MSBuild").Select(build => build.Attribute("Targets")!.Value));
        Assert.All(
            target.Elements("MSBuild"),
            build => Assert.StartsWith("$(WorkerProperties);", build.Attribute("Properties")!.Value, StringComparison.Ordinal));
    }
}
