using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>
/// Chooses a ridge penalty by leave-one-out error for many regressions that share their columns: row k of a regression has the donors'
/// values of feature k as regressors and that of the goal, minus the donors' mean, as response.
/// </summary>
/// <remarks>
/// With G = X'X of the donor rows X (n×K) the leave-one-out residuals at α are (G + αI)⁻¹y / diag((G + αI)⁻¹). A goal that is itself a
/// donor uses G − xx', a rank-one downdate. All is done with X = USV', because squaring X would lose the small singular values when means
/// are large; with no more donors than features the denominator 1 − h of the downdate is Σ_j u_j²·α/(s_j² + α), where nothing cancels.
/// Source: Golub, Heath, Wahba (1979), Technometrics 21(2).
/// </remarks>
public static class RidgeLeaveOneOut
{
    /// <summary>The default penalties: 40 values from 1e−5 to 1e5, evenly spaced in the logarithm.</summary>
    public static double[] DefaultPenalties { get; } = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(10, -5 + (10.0 * i / 39)))];

    /// <summary>Finds the penalty with the lowest mean squared leave-one-out error (the first of several).</summary>
    /// <param name="donors">Scaled features of the donors, n×K.</param>
    /// <param name="donorsAreGoals">Whether every donor is a goal too, predicted from the other donors.</param>
    /// <param name="outside">Scaled features of the goals that are not donors, m×K.</param>
    /// <param name="penalties">Penalties to try.</param>
    /// <param name="parallel">Threads and cancellation; the result does not depend on the threads.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RidgeChoice Choose(ScaledRows donors, bool donorsAreGoals, ScaledRows outside, double[] penalties, ParallelOptions parallel)
    {
        ArgumentNullException.ThrowIfNull(donors);
        ArgumentNullException.ThrowIfNull(outside);
        ArgumentNullException.ThrowIfNull(penalties);
        ArgumentNullException.ThrowIfNull(parallel);

        // One row has nothing to be left out for: every penalty has the same error.
        if (donors.Columns <= 1)
        {
            return new RidgeChoice(0, AllTie: true);
        }

        RidgeGoals goals = new(donors, donorsAreGoals, outside);
        if (donorsAreGoals && donors.Rows >= RidgeCandidates.FewestDonors)
        {
            int[] candidates = RidgeCandidates.Of(goals, donors.Rows, penalties, parallel);
            if (candidates.Length < penalties.Length)
            {
                RidgeChoice among = candidates.Length == 1 ? default : Best(goals.Errors([.. candidates.Select(p => penalties[p])], parallel));
                return new RidgeChoice(candidates[among.Index], AllTie: false);
            }
        }

        return Best(goals.Errors(penalties, parallel));
    }

    private static RidgeChoice Best(double[] errors)
    {
        int best = 0;
        for (int p = 1; p < errors.Length; p++)
        {
            if (errors[p] < errors[best])
            {
                best = p;
            }
        }

        return new RidgeChoice(best, Array.TrueForAll(errors, error => error == errors[0]));
    }
}

/// <summary>Which of the penalties tried was chosen.</summary>
/// <param name="Index">Its index.</param>
/// <param name="AllTie">Whether all have the same error, so that nothing was chosen but the first.</param>
public readonly record struct RidgeChoice(int Index, bool AllTie);
