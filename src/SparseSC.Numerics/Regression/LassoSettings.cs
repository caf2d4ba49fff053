namespace SparseSC.Numerics.Regression;

/// <summary>How a multi-task lasso is solved.</summary>
public enum LassoSolver : long
{
    /// <summary>Block descent over the features in play with gap-safe screening, and Newton steps in the group norms where that is slow.</summary>
    ActiveSet,

    /// <summary>Plain cyclic block descent, sweep by sweep as scikit-learn's <c>MultiTaskLasso</c>.</summary>
    Cyclic,
}

/// <summary>When a multi-task lasso is solved.</summary>
/// <param name="Solver">The method.</param>
/// <param name="Tolerance">Stops when the duality gap is at most this share of ‖Y‖².</param>
/// <param name="MaxSweeps">Sweeps after which the solver gives up.</param>
public sealed record LassoSettings(LassoSolver Solver, double Tolerance, int MaxSweeps);

/// <summary>How a solve ended.</summary>
/// <param name="Sweeps">Sweeps over the features, Newton steps included.</param>
/// <param name="DualGap">The duality gap of <c>½‖Y − XB‖² + αN Σ‖B_k‖</c>.</param>
/// <param name="Converged">Whether the gap met the tolerance.</param>
public readonly record struct LassoResult(int Sweeps, double DualGap, bool Converged);
