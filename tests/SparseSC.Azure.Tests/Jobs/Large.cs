using System.Globalization;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Sizes of tests that can be made larger than a run of all tests has time for; docs are in CONTRIBUTING.md.</summary>
internal static class Large
{
    /// <summary>The variable's value, or <paramref name="usual"/> when it is not set.</summary>
    public static int Of(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : usual;

    /// <summary>A worker to run in place of the built one, which takes longer to start; <c>null</c> when none is given.</summary>
    public static string? Worker => Environment.GetEnvironmentVariable("SPARSESC_TEST_WORKER") is { Length: > 0 } path ? path : null;
}
