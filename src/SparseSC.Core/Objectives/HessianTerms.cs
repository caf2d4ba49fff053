using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

/// <summary>Adds one donor block's second derivatives from its parts.</summary>
/// <remarks>
/// With ∂r_k/∂v_l = −Φ_kl r_l and ∂Q_k/∂v_l = −Φ_kl Q_l, Φ = (wI + SV)⁻¹S symmetric, and A = R'E:
/// ∂²Σ‖e‖²/∂v∂v' = 2(R'R)∘(QQ') + 2Φ∘(AQ' + QA'). The first term is Gauss–Newton's.
/// </remarks>
internal static class HessianTerms
{
    /// <param name="work">R'R, Φ, and the rows of Q and A by coordinate.</param>
    /// <param name="hessian">Receives the sum.</param>
    public static void Add(HessianScratch work, AlignedMatrix hessian)
    {
        work.Outer.Reshape(hessian.Rows, hessian.Rows);
        work.Outer.Clear();
        PrimalEvaluator.AddOuterProducts(work.Q, work.Outer, work.Selected);
        Gemm.Multiply(work.Products, work.Selected, work.Cross);
        for (int a = 0; a < hessian.Rows; a++)
        {
            Span<double> gram = work.Gram.Row(a);
            Span<double> phi = work.Phi.Row(a);
            Span<double> outer = work.Outer.Row(a);
            Span<double> cross = work.Cross.Row(a);
            for (int b = 0; b <= a; b++)
            {
                double term = 2 * ((gram[b] * outer[b]) + (phi[b] * (cross[b] + work.Cross[b, a])));
                hessian[a, b] += term;
                if (a != b)
                {
                    hessian[b, a] += term;
                }
            }
        }
    }
}
