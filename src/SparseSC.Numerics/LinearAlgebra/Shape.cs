namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Refuses operands whose shapes do not fit: behind them the kernels follow pointers.</summary>
internal static class Shape
{
    public static void Require(bool fits, string parameter)
    {
        if (!fits)
        {
            throw new ArgumentException("The shapes of the operands do not fit.", parameter);
        }
    }
}
