using Xunit.Abstractions;
using Xunit.Sdk;

namespace SparseSC.PowerShell.Tests;

/// <summary>A test method that stands for every <c>It</c> under tests/powershell.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("SparseSC.PowerShell.Tests.PesterDiscoverer", "SparseSC.PowerShell.Tests")]
public sealed class PesterFactAttribute : FactAttribute;

/// <summary>Makes one test case per <c>It</c>.</summary>
public sealed class PesterDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
        => PesterTest.Discover().Select(test => new PesterTestCase(
            sink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, test.File, test.Line, test.Name));
}

/// <summary>One <c>It</c>; one that needs a storage service is skipped by name where Azurite cannot be had.</summary>
public sealed class PesterTestCase : XunitTestCase
{
    /// <summary>For the test framework, which makes the case anew in another process.</summary>
    [Obsolete("Called by the test framework.")]
    public PesterTestCase()
    {
    }

    /// <summary>Creates the case.</summary>
    public PesterTestCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method, string file, int line, string name)
        : base(sink, display, options, method, [file, line, name])
    {
    }

    /// <inheritdoc/>
    protected override string GetDisplayName(IAttributeInfo factAttribute, string displayName)
        => $"{Path.GetFileNameWithoutExtension((string)TestMethodArguments[0])} line {TestMethodArguments[1]}: {TestMethodArguments[2]}";

    /// <inheritdoc/>
    protected override string? GetSkipReason(IAttributeInfo factAttribute)
        => (string)TestMethodArguments[0] == PesterRun.AzureTests ? AzuriteInstall.Missing : null;
}
