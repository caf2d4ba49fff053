using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.MatchSpace;

/// <summary>Averages neighbouring targets, so that a lasso follows their level and not their noise.</summary>
internal static class TargetBlocks
{
    /// <summary>Targets averaged over blocks of <paramref name="block"/> columns; it divides their number.</summary>
    public static UnitData Average(UnitData data, int? block)
    {
        if (block is not int size || size == 1)
        {
            return data;
        }

        AlignedMatrix means = new(data.Units, data.Targets / size);
        for (int i = 0; i < data.Units; i++)
        {
            Span<double> y = data.Y.Row(i);
            for (int b = 0; b < means.Columns; b++)
            {
                double sum = 0;
                foreach (double value in y.Slice(b * size, size))
                {
                    sum += value;
                }

                means[i, b] = sum / size;
            }
        }

        return new UnitData(data.X, means);
    }
}
