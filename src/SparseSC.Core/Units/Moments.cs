using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>Sums and products of some rows of X and Y about a fixed centre: what a donor set contributes, whatever its size.</summary>
/// <remarks>About a centre near the mean, differences of moments (a fold taken out of the whole) lose no digits.</remarks>
internal sealed class Moments
{
    private const int ChunkRows = 128;

    public Moments(int features, int targets)
    {
        SumX = new double[features];
        SumY = new double[targets];
        XX = new AlignedMatrix(features, features);
        XY = new AlignedMatrix(features, targets);
    }

    public int Count { get; private set; }

    public double[] SumX { get; }

    public double[] SumY { get; }

    /// <summary>K×K, symmetric.</summary>
    public AlignedMatrix XX { get; }

    /// <summary>K×T.</summary>
    public AlignedMatrix XY { get; }

    /// <summary>Σ‖y‖².</summary>
    public double YY { get; private set; }

    public static Moments Of(UnitData data, ReadOnlySpan<int> rows, double[] centreX, double[] centreY)
    {
        Moments result = new(data.Features, data.Targets);
        AlignedMatrix x = new(Math.Min(ChunkRows, rows.Length), data.Features);
        AlignedMatrix y = new(x.Rows, data.Targets);
        for (int start = 0; start < rows.Length; start += ChunkRows)
        {
            ReadOnlySpan<int> chunk = rows.Slice(start, Math.Min(ChunkRows, rows.Length - start));
            x.Reshape(chunk.Length, data.Features);
            y.Reshape(chunk.Length, data.Targets);
            GatherCentred(data.X, chunk, centreX, x, result.SumX);
            GatherCentred(data.Y, chunk, centreY, y, result.SumY);
            result.Accumulate(x, y);
        }

        result.Mirror();
        return result;
    }

    /// <summary>The sum of both, about the same centre.</summary>
    public void Add(Moments other) => Combine(other, 1);

    /// <summary>Takes a subset out again.</summary>
    public void Subtract(Moments other) => Combine(other, -1);

    public Moments Clone()
    {
        Moments copy = new(SumX.Length, SumY.Length);
        copy.Combine(this, 1);
        return copy;
    }

    /// <summary>Copies rows minus a centre into <paramref name="target"/> and adds them to <paramref name="sums"/>.</summary>
    internal static void GatherCentred(AlignedMatrix source, ReadOnlySpan<int> rows, double[] centre, AlignedMatrix target, double[]? sums)
    {
        for (int r = 0; r < rows.Length; r++)
        {
            Span<double> from = source.Row(rows[r]);
            Span<double> to = target.Row(r);
            int k = 0;
            ref double f = ref MemoryMarshal.GetReference(from);
            ref double t = ref MemoryMarshal.GetReference(to);
            ref double c = ref MemoryMarshal.GetArrayDataReference(centre);
            for (; k <= to.Length - Vector256<double>.Count; k += Vector256<double>.Count)
            {
                Vector256<double> offset = Vector256.LoadUnsafe(ref f, (nuint)k) - Vector256.LoadUnsafe(ref c, (nuint)k);
                offset.StoreUnsafe(ref t, (nuint)k);
                if (sums is not null)
                {
                    ref double s = ref MemoryMarshal.GetArrayDataReference(sums);
                    (Vector256.LoadUnsafe(ref s, (nuint)k) + offset).StoreUnsafe(ref s, (nuint)k);
                }
            }

            for (; k < to.Length; k++)
            {
                to[k] = from[k] - centre[k];
                if (sums is not null)
                {
                    sums[k] += to[k];
                }
            }
        }
    }

    private void Accumulate(AlignedMatrix x, AlignedMatrix y)
    {
        Syrk.AddUpper(x, XX);
        Gemm.AddTransposed(x, y, XY);
        double sum = YY;
        for (int r = 0; r < y.Rows; r++)
        {
            foreach (double value in y.Row(r))
            {
                sum = Math.FusedMultiplyAdd(value, value, sum);
            }
        }

        YY = sum;
        Count += y.Rows;
    }

    private void Mirror()
    {
        for (int i = 0; i < XX.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                XX[i, j] = XX[j, i];
            }
        }
    }

    private void Combine(Moments other, int sign)
    {
        Count += sign * other.Count;
        YY += sign * other.YY;
        Combine(SumX, other.SumX, sign);
        Combine(SumY, other.SumY, sign);
        for (int i = 0; i < XX.Rows; i++)
        {
            Combine(XX.Row(i), other.XX.Row(i), sign);
            Combine(XY.Row(i), other.XY.Row(i), sign);
        }
    }

    private static void Combine(Span<double> target, ReadOnlySpan<double> source, int sign)
    {
        for (int k = 0; k < target.Length; k++)
        {
            target[k] += sign * source[k];
        }
    }
}
