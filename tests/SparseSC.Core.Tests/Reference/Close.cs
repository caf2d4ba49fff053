namespace SparseSC.Core.Tests.Reference;

/// <summary>Comparisons relative to the size of what is expected.</summary>
internal static class Close
{
    public static void Equal(double expected, double actual, double relative, string what, double scale = 0)
    {
        if (double.IsNaN(expected))
        {
            Assert.True(double.IsNaN(actual), $"{what}: expected no number, got {actual:R}");
            return;
        }

        double size = Math.Max(Math.Max(Math.Abs(expected), scale), 1e-300);
        Assert.True(Math.Abs(expected - actual) <= relative * size, $"{what}: expected {expected:R}, got {actual:R} (relative {Math.Abs(expected - actual) / size:E1})");
    }

    /// <summary>Each number relative to the largest expected one.</summary>
    public static void Equal(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 0;
        foreach (double x in expected)
        {
            scale = Math.Max(scale, Math.Abs(x));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Equal(expected[i], actual[i], relative, $"{what}[{i}]", scale);
        }
    }

    /// <summary>A matrix given as rows, to 1e-6 of its largest number.</summary>
    public static void Rows(double[][] expected, double[,] actual, string what)
    {
        Assert.Equal(expected.Length, actual.GetLength(0));
        Equal(expected.SelectMany(row => row).ToArray(), actual.Cast<double>().ToArray(), 1e-6, what);
    }
}
