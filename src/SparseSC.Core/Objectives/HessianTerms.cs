using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

/// <summary>Adds one donor block's second derivatives from its parts.</summary>
/// <remarks>
/// With ∂r_k/∂v_l = −Φ_kl r_l and ∂Q_k/∂v_l = −Φ_kl Q_l, Φ = (wI + SV)⁻¹S symmetric, and A = R'E:
/// ∂²Σ‖e‖²/∂v∂v' = 2(R'R)∘(QQ') + 2Φ∘(AQ' + QA'). The first term is Gauss–Newton's.
/// </remarks>
internal static class HessianTerms
{
    /// <param name="gram">R'R among the coordinates.</param>
    /// <param name="phi">Φ among the coordinates.</param>
    /// <param name="q">Rows of Q by coordinate.</param>
    /// <param name="products">Rows of A by coordinate.</param>
    /// <param name="hessian">Receives the sum.</param>
    public static void Add(AlignedMatrix gram, AlignedMatrix phi, AlignedMatrix q, AlignedMatrix products, AlignedMatrix hessian)
    {
        for (int a = 0; a < hessian.Rows; a++)
        {
            Span<double> qa = q.Row(a);
            Span<double> pa = products.Row(a);
            for (int b = 0; b <= a; b++)
            {
                Span<double> qb = q.Row(b);
                Span<double> pb = products.Row(b);
                double qq = 0;
                double cross = 0;
                for (int t = 0; t < qa.Length; t++)
                {
                    qq += qa[t] * qb[t];
                    cross += (pa[t] * qb[t]) + (qa[t] * pb[t]);
                }

                double term = 2 * ((gram[a, b] * qq) + (phi[a, b] * cross));
                hessian[a, b] += term;
                if (a != b)
                {
                    hessian[b, a] += term;
                }
            }
        }
    }
}
