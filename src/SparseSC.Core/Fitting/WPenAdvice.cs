using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>Finds a penalty of the unit weights that works where the one given is too small, by trying.</summary>
internal static class WPenAdvice
{
    // Multiples of the features' mean variance, from the smallest: whoever gives a tiny penalty wants one.
    private static readonly double[] Multiples = [1e-8, 1e-6, 1e-4, 1e-2, 1];

    /// <summary>Whether the penalty was given, and so can be given otherwise.</summary>
    public static bool Applies(FitOptions options) => options.WPen is not null;

    /// <summary>A sentence with the smallest penalty tried with which the fit succeeds.</summary>
    public static string For(FitProblem problem, FitOptions options, CancellationToken cancellationToken)
    {
        double variance = new PenaltyGrid(problem, options).WPenGuess();
        double given = options.WPen!.Min();
        foreach (double penalty in Multiples.Select(multiple => Round(multiple * variance)).Where(penalty => penalty > given))
        {
            if (Works(problem, options, penalty, cancellationToken))
            {
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"With these data {{WPen}} {penalty:R} works; without {{WPen}} one is chosen.");
            }
        }

        return "Without {WPen} one is chosen.";
    }

    private static bool Works(FitProblem problem, FitOptions options, double penalty, CancellationToken cancellationToken)
    {
        FitOptions tried = options.Copy();
        tried.WPen = [penalty];
        tried.VPen = options.VPen is { Length: 1 } given ? given : [new PenaltyGrid(problem, options).VPenalties(penalty)[0]];
        tried.Constraint = ConstraintRule.Resolve(options);
        tried.ChoiceCallback = null;
        tried.StoppingCallback = null;
        tried.KeepWeights = false;
        try
        {
            new AlternatingSearch(new PreparedFit(problem, tried), tried, null, cancellationToken).Run();
            return true;
        }
        catch (SparseSCException error) when (error is SingularSystemException or ConvergenceException)
        {
            return false;
        }
    }

    // One digit is as much as a scale is known to.
    private static double Round(double value) => double.Parse(value.ToString("E0", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
