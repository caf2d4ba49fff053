using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

internal sealed partial class DualEvaluator
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
        HessianTerms.Add(work, hessian);
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

        Cholesky.Solve(_factor, work.Solved);
        Gemm.Multiply(work.Coefficients, work.Solved, work.Phi);
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

        Gemm.MultiplyTransposed(_weighted, work.Selected, work.Solved);
        Cholesky.Solve(_factor, work.Solved);
        work.Residuals.Reshape(coordinates.Length, units);
        for (int a = 0; a < coordinates.Length; a++)
        {
            for (int i = 0; i < units; i++)
            {
                work.Residuals[a, i] = _rows.TargetX[i, coordinates[a]];
            }
        }

        Gemm.Subtract(work.Coefficients, work.Solved, work.Residuals);
        work.Gram.Reshape(coordinates.Length, coordinates.Length);
        work.Gram.Clear();
        PrimalEvaluator.AddOuterProducts(work.Residuals, work.Gram, work.Selected);
    }
}
