using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

internal sealed unsafe partial class DualEvaluator
{
    /// <summary>Adds the block's second derivatives among <paramref name="coordinates"/>; the value must have been computed.</summary>
    /// <remarks>Φ = X_C'A⁻¹X_C and r_i = z_i − X_C'A⁻¹X_C V z_i.</remarks>
    public void AddHessian(SupportSet support, BlockScratch scratch, HessianScratch work, ReadOnlySpan<int> coordinates, AlignedMatrix hessian)
    {
        ComputeProducts(support, scratch);
        HessianScratch.SelectRows(scratch.Q, coordinates, scratch.Q.Columns, work.Q);
        HessianScratch.SelectRows(scratch.ResidualProducts, coordinates, scratch.Q.Columns, work.Products);
        ComputePhi(work, coordinates);
        ComputeGram(support, work, coordinates);
        HessianTerms.Add(work.Gram, work.Phi, work.Q, work.Products, hessian);
    }

    private void ComputePhi(HessianScratch work, ReadOnlySpan<int> coordinates)
    {
        int n = _block.DonorCount;
        HessianScratch.SelectRows(_rows.DonorXTransposed, coordinates, n, work.Coefficients);
        work.Solved.Reshape(n, coordinates.Length);
        for (int i = 0; i < n; i++)
        {
            for (int a = 0; a < coordinates.Length; a++)
            {
                work.Solved[i, a] = work.Coefficients[a, i];
            }
        }

        Cholesky.Solve(_factor.Pointer, n, _factor.Stride, work.Solved.Pointer, work.Solved.Stride, work.Solved.Stride);
        Multiply(work.Coefficients, work.Solved, work.Phi, coordinates.Length);
    }

    private void ComputeGram(SupportSet support, HessianScratch work, ReadOnlySpan<int> coordinates)
    {
        int n = _block.DonorCount;
        int units = _rows.TargetX.Rows;
        work.Selected.Reshape(support.Count, units);
        for (int a = 0; a < support.Count; a++)
        {
            for (int i = 0; i < units; i++)
            {
                work.Selected[a, i] = _rows.TargetX[i, support.Indices[a]];
            }
        }

        work.Solved.Reshape(n, units);
        work.Solved.Clear();
        RowUpdate.Add(
            work.Solved.Pointer, work.Solved.Stride, n, _weighted.Pointer, 1, _weighted.Stride, support.Count,
            work.Selected.Pointer, work.Selected.Stride, work.Selected.Stride);
        Cholesky.Solve(_factor.Pointer, n, _factor.Stride, work.Solved.Pointer, work.Solved.Stride, work.Solved.Stride);
        work.Residuals.Reshape(coordinates.Length, units);
        for (int a = 0; a < coordinates.Length; a++)
        {
            for (int i = 0; i < units; i++)
            {
                work.Residuals[a, i] = _rows.TargetX[i, coordinates[a]];
            }
        }

        RowUpdate.Subtract(
            work.Residuals.Pointer, work.Residuals.Stride, coordinates.Length,
            work.Coefficients.Pointer, work.Coefficients.Stride, 1, n,
            work.Solved.Pointer, work.Solved.Stride, work.Solved.Stride);
        work.Gram.Reshape(coordinates.Length, coordinates.Length);
        work.Gram.Clear();
        PrimalEvaluator.AddOuterProducts(work.Residuals, work.Gram, work.Selected);
    }
}
