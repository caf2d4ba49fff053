using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SparseSC.Core.Data;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects;

/// <summary>‖A(S)‖/q(S) of many sets S of contrasts (see <see cref="PlaceboDesign"/>).</summary>
/// <remarks>
/// Contrasts are as long as there are units, and every set reads as many as there are treated units. They are taken some columns at a time,
/// so that those columns of all contrasts stay in the processor's cache. Sums run in an order of their own, whatever the number of threads.
/// </remarks>
internal sealed class ContrastNorms
{
    private const int TileColumns = 64;
    private const int FewestSets = 256;
    private const int MostChunks = 16;

    private readonly double[][,] _contrasts;
    private readonly double[][] _squares;
    private readonly int[] _offsets;
    private readonly int[] _treated;
    private readonly int[] _columns;
    private readonly int _total;

    /// <summary>Takes up the contrasts.</summary>
    /// <param name="contrasts">Per treatment time, one row per contrast, one column per unit.</param>
    /// <param name="treated">Members of a set per treatment time.</param>
    /// <param name="columns">Column of the treatment per treatment time.</param>
    public ContrastNorms(double[][,] contrasts, int[] treated, int[] columns)
    {
        _contrasts = contrasts;
        _treated = treated;
        _columns = columns;
        _total = treated.Sum();
        _squares = [.. contrasts.Select(Squares)];
        _offsets = new int[contrasts.Length];
        for (int g = 1; g < contrasts.Length; g++)
        {
            _offsets[g] = _offsets[g - 1] + contrasts[g - 1].GetLength(0);
        }
    }

    /// <summary>Norms of every set, in a statistic of one event time and in the mean over several.</summary>
    /// <param name="sets">Rows in the stacked contrasts, as many per set as there are treated units.</param>
    /// <param name="doses">Doses of the treated units.</param>
    /// <param name="periods">Event times in the mean.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public (double[] Single, double[] Mean) Of(int[] sets, double[] doses, int periods, ParallelOptions parallel)
    {
        int count = sets.Length / _total;
        double[] factors = [.. doses.Select(dose => 1 / (_total * dose))];
        double[] single = new double[count];
        double[] mean = new double[count];
        int chunk = Math.Max(FewestSets, (count + MostChunks - 1) / MostChunks);
        OrderedWork.Run((count + chunk - 1) / chunk, parallel, () => 0, (i, _) =>
        {
            int start = i * chunk;
            int length = Math.Min(chunk, count - start);
            Fill(sets.AsSpan(start * _total, length * _total), factors, periods, single.AsSpan(start, length), mean.AsSpan(start, length));
        });
        return (single, mean);
    }

    private void Fill(ReadOnlySpan<int> sets, double[] factors, int periods, Span<double> single, Span<double> mean)
    {
        int units = _contrasts[0].GetLength(1);
        double[][] tiles = [.. _contrasts.Select(contrasts => new double[contrasts.GetLength(0) * TileColumns])];
        double[][] vectors = [.. _contrasts.Select(_ => new double[TileColumns])];
        for (int from = 0; from < units; from += TileColumns)
        {
            int width = Math.Min(TileColumns, units - from);
            for (int g = 0; g < tiles.Length; g++)
            {
                Copy(_contrasts[g], from, width, tiles[g]);
            }

            for (int i = 0; i < single.Length; i++)
            {
                Sum(sets.Slice(i * _total, _total), factors, tiles, vectors);
                Accumulate(vectors, periods, ref single[i], ref mean[i]);
            }
        }

        for (int i = 0; i < single.Length; i++)
        {
            double q = Single(sets.Slice(i * _total, _total), factors);
            single[i] = Math.Sqrt(single[i] / q);
            mean[i] = Math.Sqrt(Math.Max(0, mean[i]) / q) / periods;
        }
    }

    private void Sum(ReadOnlySpan<int> set, double[] factors, double[][] tiles, double[][] vectors)
    {
        int position = 0;
        for (int g = 0; g < tiles.Length; g++)
        {
            Span<Vector256<double>> v = MemoryMarshal.Cast<double, Vector256<double>>(vectors[g].AsSpan());
            v.Clear();
            for (int i = 0; i < _treated[g]; i++, position++)
            {
                Vector256<double> factor = Vector256.Create(factors[position]);
                ReadOnlySpan<Vector256<double>> row = MemoryMarshal.Cast<double, Vector256<double>>(
                    tiles[g].AsSpan((set[position] - _offsets[g]) * TileColumns, TileColumns));
                for (int k = 0; k < v.Length; k++)
                {
                    v[k] += factor * row[k];
                }
            }
        }
    }

    private void Accumulate(double[][] vectors, int periods, ref double single, ref double mean)
    {
        for (int g = 0; g < vectors.Length; g++)
        {
            for (int h = 0; h <= g; h++)
            {
                int shared = periods - (_columns[g] - _columns[h]);
                if (g != h && shared <= 0)
                {
                    continue;
                }

                double product = Dot(vectors[g], vectors[h]);
                single += g == h ? product : 0;
                mean += (g == h ? periods : 2.0 * shared) * product;
            }
        }
    }

    private double Single(ReadOnlySpan<int> set, double[] factors)
    {
        double q = 0;
        int position = 0;
        for (int g = 0; g < _treated.Length; g++)
        {
            for (int i = 0; i < _treated[g]; i++, position++)
            {
                q += factors[position] * factors[position] * _squares[g][set[position] - _offsets[g]];
            }
        }

        return q;
    }

    private static void Copy(double[,] contrasts, int from, int width, double[] tile)
    {
        for (int row = 0; row < contrasts.GetLength(0); row++)
        {
            Span<double> target = tile.AsSpan(row * TileColumns, TileColumns);
            MatrixRows.Row(contrasts, row).Slice(from, width).CopyTo(target);
            target[width..].Clear();
        }
    }

    private static double[] Squares(double[,] contrasts) =>
        [.. Enumerable.Range(0, contrasts.GetLength(0)).Select(row => Dot(MatrixRows.Row(contrasts, row), MatrixRows.Row(contrasts, row)))];

    // Four sums side by side, on every processor alike.
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ReadOnlySpan<Vector256<double>> a = MemoryMarshal.Cast<double, Vector256<double>>(left);
        ReadOnlySpan<Vector256<double>> b = MemoryMarshal.Cast<double, Vector256<double>>(right);
        Vector256<double> sums = Vector256<double>.Zero;
        for (int k = 0; k < a.Length; k++)
        {
            sums += a[k] * b[k];
        }

        double sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (int k = a.Length * Vector256<double>.Count; k < left.Length; k++)
        {
            sum += left[k] * right[k];
        }

        return sum;
    }
}
