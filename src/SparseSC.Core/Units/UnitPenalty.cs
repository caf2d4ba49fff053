using System.Globalization;
using SparseSC.Core.Models;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Units;

/// <summary>The penalty on the unit weights for given feature weights, in the fast fit.</summary>
internal sealed class UnitPenalty(UnitData data, UnitRoles roles, FastFitOptions options, ParallelOptions parallel)
{
    /// <summary>The penalty chosen; <c>NaN</c> when no feature is matched and every penalty gives equal weights.</summary>
    public UnitPenaltyChoice Choose(double[] v)
    {
        if (!v.Any(x => x > 0))
        {
            return new UnitPenaltyChoice(double.NaN, null);
        }

        double[] penalties = options.WPens ?? RidgePenalty.Candidates(data, roles.ControlUnits, v, options.WPenGrid);
        RidgeChoice choice = options.WPenBy == WPenRule.Ridge
            ? RidgePenalty.Choose(data, roles.ControlUnits, roles.Goals, v, penalties, parallel)
            : ChooseByScore(v, penalties);
        return new UnitPenaltyChoice(penalties[choice.Index], EndOfGrid(penalties, choice));
    }

    /// <summary>Σe² over the units fitted, at the penalty chosen for <paramref name="v"/>.</summary>
    public double MatchingScore(double[] v) => Score(v, Choose(v).Penalty);

    /// <summary>Σe² over the units fitted.</summary>
    public static double SquaredErrors(UnitData data, double[,] predictions, int[] rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            Span<double> y = data.Y.Row(row);
            for (int t = 0; t < y.Length; t++)
            {
                double e = y[t] - predictions[row, t];
                sum += e * e;
            }
        }

        return sum;
    }

    private RidgeChoice ChooseByScore(double[] v, double[] penalties)
    {
        double[] scores = [.. penalties.Select(w => Score(v, w))];
        return new RidgeChoice(Array.IndexOf(scores, scores.Min()), Array.TrueForAll(scores, score => score == scores[0]));
    }

    // What lies beyond the end was not tried, and the best penalty may be there.
    private static string? EndOfGrid(double[] penalties, RidgeChoice choice)
    {
        if (choice.AllTie || penalties.Length == 1 || (choice.Index > 0 && choice.Index < penalties.Length - 1))
        {
            return null;
        }

        (string which, string meaning) = (penalties[choice.Index] == penalties.Min())
            ? ("smallest", "units are matched nearly without a penalty")
            : ("largest", "the weights are all nearly equal");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The unit-weight penalty {penalties[choice.Index]:G4} is the {which} of those tried: {meaning}, and a better one may lie beyond. Give {{WPens}} that reach farther to see.");
    }

    private double Score(double[] v, double w)
    {
        (_, double[,] predictions) = UnitWeights.Compute(
            data, roles.ControlUnits, v, double.IsNaN(w) ? 1 : w, options.DonorPool, kept: null, parallel);
        return SquaredErrors(data, predictions, roles.Rows);
    }
}

/// <summary>The penalty chosen, and what to say about the choice.</summary>
/// <param name="Penalty">The penalty; <c>NaN</c> when there was nothing to choose.</param>
/// <param name="Warning">A warning, or <c>null</c>.</param>
internal readonly record struct UnitPenaltyChoice(double Penalty, string? Warning);
