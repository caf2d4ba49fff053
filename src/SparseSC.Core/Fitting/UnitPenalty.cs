using SparseSC.Core.Fitting.Objectives;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Fitting;

/// <summary>The penalty on the unit weights for given feature weights, in the fast fit.</summary>
internal sealed class UnitPenalty(UnitData data, UnitRoles roles, FastFitOptions options, ParallelOptions parallel)
{
    private readonly double[] _penalties = options.WPens ?? RidgeLeaveOneOut.DefaultPenalties;

    /// <summary>The penalty chosen; <c>NaN</c> when no feature is matched and every penalty gives equal weights.</summary>
    public double Choose(double[] v)
    {
        if (!v.Any(x => x > 0))
        {
            return double.NaN;
        }

        return options.WPenBy == WPenRule.Ridge
            ? RidgePenalty.Choose(data, roles.ControlUnits, roles.Goals, v, _penalties, parallel)
            : ChooseByScore(v);
    }

    /// <summary>Σe² over the units fitted, at the penalty chosen for <paramref name="v"/>.</summary>
    public double MatchingScore(double[] v) => Score(v, Choose(v));

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

    private double ChooseByScore(double[] v)
    {
        double best = _penalties[0];
        double lowest = double.PositiveInfinity;
        foreach (double w in _penalties)
        {
            double score = Score(v, w);
            if (score < lowest)
            {
                lowest = score;
                best = w;
            }
        }

        return best;
    }

    private double Score(double[] v, double w)
    {
        (_, double[,] predictions) = UnitWeights.Compute(
            data, roles.ControlUnits, v, double.IsNaN(w) ? 1 : w, options.DonorPool, keepWeights: false, parallel);
        return SquaredErrors(data, predictions, roles.Rows);
    }
}
