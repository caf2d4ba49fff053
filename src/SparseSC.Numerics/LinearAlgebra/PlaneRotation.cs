namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Rotates two vectors in their plane.</summary>
internal static class PlaneRotation
{
    /// <summary>(x, y) becomes (c·x − s·y, s·x + c·y).</summary>
    public static void Apply(Span<double> x, Span<double> y, double c, double s)
    {
        for (int j = 0; j < x.Length; j++)
        {
            double xj = x[j];
            double yj = y[j];
            x[j] = (c * xj) - (s * yj);
            y[j] = (s * xj) + (c * yj);
        }
    }
}
