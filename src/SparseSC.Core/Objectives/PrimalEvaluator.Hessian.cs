using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

internal sealed partial class PrimalEvaluator
{
    private const int UnitChunk = 64;

    /// <summary>Adds the block's second derivatives among <paramref name="coordinates"/>; the value must have been computed.</summary>
    /// <remarks>Φ = Φ̃ + w·n/δ·gg' with Φ̃ = (wI + S̃V)⁻¹S̃, by the rank-one part of the mean.</remarks>
    public void AddHessian(SupportSet support, BlockScratch scratch, HessianScratch work, ReadOnlySpan<int> coordinates, AlignedMatrix hessian)
    {
        int periods = _moments.H.Columns;
        double[] g = new double[coordinates.Length];
        if (support.Count == 0)
        {
            AtZero(work, coordinates, g);
        }
        else
        {
            ComputeProducts(support, scratch);
            for (int a = 0; a < g.Length; a++)
            {
                g[a] = scratch.Q[coordinates[a], periods];
            }

            HessianScratch.SelectRows(scratch.Q, coordinates, periods, work.Q);
            HessianScratch.SelectRows(scratch.ResidualProducts, coordinates, periods, work.Products);
        }

        Scale(work.Products, _w);
        ComputePhi(support, work, coordinates, g);
        ComputeGram(support, work, coordinates, g);
        HessianTerms.Add(work, hessian);
    }

    private void AtZero(HessianScratch work, ReadOnlySpan<int> coordinates, double[] g)
    {
        int periods = _moments.H.Columns;
        double n = _block.DonorCount;
        _meanFactor = n;
        work.Q.Reshape(coordinates.Length, periods);
        work.Products.Reshape(coordinates.Length, periods);
        for (int a = 0; a < g.Length; a++)
        {
            int k = coordinates[a];
            g[a] = _block.MeanX[k] / _w;
            for (int t = 0; t < periods; t++)
            {
                work.Q[a, t] = (_moments.P[k, t] + (n * _block.MeanX[k] * _block.MeanY[t])) / _w;
                work.Products[a, t] = _moments.H[k, t] / _w;
            }
        }
    }

    private void ComputePhi(SupportSet support, HessianScratch work, ReadOnlySpan<int> coordinates, double[] g)
    {
        SolveColumns(support, work, _moments.S, coordinates);
        work.Phi.Reshape(coordinates.Length, coordinates.Length);
        for (int a = 0; a < coordinates.Length; a++)
        {
            for (int b = 0; b < coordinates.Length; b++)
            {
                work.Phi[a, b] = _moments.S[coordinates[a], coordinates[b]];
            }
        }

        ResolveSelected(support, work, coordinates, work.Phi);
        for (int a = 0; a < coordinates.Length; a++)
        {
            for (int b = 0; b < coordinates.Length; b++)
            {
                work.Phi[a, b] += _w * _meanFactor * g[a] * g[b];
            }
        }
    }

    /// <summary>R'R from the units: r_i = w(wI + SV)⁻¹z_i.</summary>
    private void ComputeGram(SupportSet support, HessianScratch work, ReadOnlySpan<int> coordinates, double[] g)
    {
        UnitData data = _block.Data;
        work.Gram.Reshape(coordinates.Length, coordinates.Length);
        work.Gram.Clear();
        for (int start = 0; start < _block.Targets.Length; start += UnitChunk)
        {
            ReadOnlySpan<int> rows = _block.Targets.AsSpan(start, Math.Min(UnitChunk, _block.Targets.Length - start));
            work.Residuals.Reshape(coordinates.Length, rows.Length);
            for (int i = 0; i < rows.Length; i++)
            {
                for (int a = 0; a < coordinates.Length; a++)
                {
                    work.Residuals[a, i] = data.X[rows[i], coordinates[a]] - _block.MeanX[coordinates[a]];
                }
            }

            SolveUnits(support, work, rows);
            ResolveSelected(support, work, coordinates, work.Residuals);
            for (int i = 0; i < rows.Length; i++)
            {
                double mean = 0;
                for (int a = 0; a < support.Count; a++)
                {
                    mean += _block.MeanX[support.Indices[a]] * work.Solved[a, i];
                }

                for (int a = 0; a < coordinates.Length; a++)
                {
                    work.Residuals[a, i] = _w * (work.Residuals[a, i] - (_meanFactor * mean * g[a]));
                }
            }

            AddOuterProducts(work.Residuals, work.Gram, work.Selected);
        }
    }

    /// <summary>V(wI + S̃V)⁻¹ applied to columns of a K×K matrix, on the support.</summary>
    private void SolveColumns(SupportSet support, HessianScratch work, AlignedMatrix source, ReadOnlySpan<int> coordinates)
    {
        work.Solved.Reshape(support.Count, coordinates.Length);
        for (int a = 0; a < support.Count; a++)
        {
            for (int b = 0; b < coordinates.Length; b++)
            {
                work.Solved[a, b] = support.Roots[a] * source[support.Indices[a], coordinates[b]];
            }
        }

        FinishSolve(support, work);
    }

    private void SolveUnits(SupportSet support, HessianScratch work, ReadOnlySpan<int> rows)
    {
        work.Solved.Reshape(support.Count, rows.Length);
        for (int a = 0; a < support.Count; a++)
        {
            int k = support.Indices[a];
            for (int i = 0; i < rows.Length; i++)
            {
                work.Solved[a, i] = support.Roots[a] * (_block.Data.X[rows[i], k] - _block.MeanX[k]);
            }
        }

        FinishSolve(support, work);
    }

    private void FinishSolve(SupportSet support, HessianScratch work)
    {
        if (support.Count > 0)
        {
            Cholesky.Solve(_factor, work.Solved);
        }

        ScaleRows(work.Solved, support.Roots);
    }

    /// <summary>(wI + S̃V)⁻¹C by coordinate; <paramref name="c"/> holds C and receives the result, <c>work.Solved</c> holds V(…)⁻¹C.</summary>
    private void ResolveSelected(SupportSet support, HessianScratch work, ReadOnlySpan<int> coordinates, AlignedMatrix c)
    {
        work.Coefficients.Reshape(coordinates.Length, support.Count);
        for (int a = 0; a < coordinates.Length; a++)
        {
            for (int b = 0; b < support.Count; b++)
            {
                work.Coefficients[a, b] = _moments.S[coordinates[a], support.Indices[b]];
            }
        }

        Gemm.Subtract(work.Coefficients, work.Solved, c);
        for (int a = 0; a < coordinates.Length; a++)
        {
            int position = support.PositionOf(coordinates[a]);
            bool divisible = position >= 0 && IsDivisible(support, position);
            Span<double> target = c.Row(a);
            Span<double> source = divisible ? work.Solved.Row(position) : target;
            double factor = 1 / (divisible ? support.Values[position] : _w);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[i] * factor;
            }
        }
    }

    /// <summary>Adds rows·rows' to <paramref name="gram"/>.</summary>
    internal static void AddOuterProducts(AlignedMatrix rows, AlignedMatrix gram, AlignedMatrix transposed)
    {
        transposed.Reshape(rows.Columns, rows.Rows);
        for (int a = 0; a < rows.Rows; a++)
        {
            for (int i = 0; i < rows.Columns; i++)
            {
                transposed[i, a] = rows[a, i];
            }
        }

        Gemm.Add(rows, transposed, gram);
    }

    private static void Scale(AlignedMatrix matrix, double factor)
    {
        for (int a = 0; a < matrix.Rows; a++)
        {
            foreach (ref double x in matrix.Row(a))
            {
                x *= factor;
            }
        }
    }
}
