namespace SparseSC.PowerShell.Tests;

/// <summary>Every cmdlet in a real PowerShell.</summary>
public sealed class PesterTests(PesterRun run) : IClassFixture<PesterRun>
{
    /// <summary>One <c>It</c> of tests/powershell.</summary>
    [PesterFact]
    public void Pester(string file, int line, string name)
    {
        IReadOnlyList<(string Result, string Message)> results = run.Of(file, line);
        Assert.True(results.Count > 0, $"'{name}' did not run.");
        Assert.All(results, result => Assert.True(result.Result == "Passed", $"{result.Result}: {result.Message}"));
    }
}
