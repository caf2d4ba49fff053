using System.Text.Json;

namespace SparseSC.Infra.Tests;

/// <summary>
/// The compiler has nothing to say. Its exit code alone would not do: it is 0 for warnings that no setting makes errors, such as a
/// resource type that it does not know.
/// </summary>
public sealed class LintTests : IDisposable
{
    private const string Sound = "param location string\n\noutput region string = location\n";
    private readonly BicepFolder _folder = new();

    [BicepFact]
    public void Every_file_is_without_a_warning()
    {
        string[] files = Directory.GetFiles(Bicep.Infra, "*.bicep");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(new BicepRun(0, "", ""), Bicep.Run("lint", file)));
    }

    [BicepFact]
    public void Every_file_is_formatted()
    {
        foreach (string file in Directory.GetFiles(Bicep.Infra, "*.bicep"))
        {
            Assert.Equal(new BicepRun(0, File.ReadAllText(file), ""), Bicep.Run("format", file, "--stdout"));
        }
    }

    [BicepFact]
    public void Blocks_of_the_documentation_are_without_a_warning()
    {
        IReadOnlyList<string> blocks = Bicep.Blocks("azure-setup.md");
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Equal(new BicepRun(0, "", ""), Bicep.Run("lint", _folder.Write("block.bicep", block))));
    }

    [BicepFact]
    public void It_compiles()
    {
        string template = _folder.Path("main.json");
        Assert.Equal(new BicepRun(0, "", ""), Bicep.Run("build", Path.Combine(Bicep.Infra, "main.bicep"), "--outfile", template));
        using JsonDocument built = JsonDocument.Parse(File.ReadAllText(template));
        JsonProperty[] parameters = [.. built.RootElement.GetProperty("parameters").EnumerateObject()];
        Assert.All(parameters, parameter => Assert.True(parameter.Value.GetProperty("metadata").TryGetProperty("description", out _)));

        // Who submits is all that has to be said.
        Assert.Equal("submitterId", parameters.Single(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Name);
    }

    [BicepFact]
    public void A_warning_of_the_linter_is_an_error()
    {
        Assert.Equal(new BicepRun(0, "", ""), Bicep.Run("lint", _folder.Write("sound.bicep", Sound)));
        BicepRun run = Bicep.Run("lint", _folder.Write("unused.bicep", "param forgotten string\n" + Sound));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Error no-unused-params", run.Output + run.Error, StringComparison.Ordinal);
    }

    [BicepFact]
    public void A_warning_of_the_compiler_is_seen()
    {
        BicepRun run = Bicep.Run("lint", _folder.Write("unknown.bicep", """
            param location string

            resource account 'Microsoft.Batch/batchAccounts@2099-01-01' = {
              name: 'account'
              location: location
            }
            """));
        Assert.Contains("Warning BCP081", run.Output + run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
