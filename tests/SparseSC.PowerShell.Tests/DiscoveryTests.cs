namespace SparseSC.PowerShell.Tests;

/// <summary>The tests are found without a PowerShell, so that a run in which it does not start names each of them.</summary>
public sealed class DiscoveryTests
{
    [Fact]
    public void Every_cmdlet_has_tests_that_are_found()
    {
        string[] files = [.. PesterTest.Discover().Select(t => t.File).Distinct()];
        Assert.Equal(Directory.EnumerateFiles(PesterRun.TestFolder, "*.Tests.ps1").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal), files);
        Assert.All(PesterTest.Discover(), test => Assert.False(string.IsNullOrWhiteSpace(test.Name)));
    }
}
