using SparseSC.Core.Models;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Units;

/// <summary>The unit-weight penalty by ridge leave-one-out at given feature weights (math: "Choosing w_pen by ridge leave-one-out").</summary>
internal static class RidgePenalty
{
    /// <summary>Penalties to try: <see cref="RidgeLeaveOneOut.DefaultPenalties"/>, times the features' scale unless they are absolute.</summary>
    public static double[] Candidates(UnitData data, int[] donors, ReadOnlySpan<double> v, WPenGrid grid)
    {
        double scale = grid == WPenGrid.Absolute ? 1 : Scale(data, donors, v);
        return [.. RidgeLeaveOneOut.DefaultPenalties.Select(penalty => penalty * scale)];
    }

    /// <summary>The mean over the features in play of v times their population variance over the donors; 1 when none varies.</summary>
    /// <remarks>It has the unit of the squared distance between units, as the penalty has: a common factor on outcomes then changes no weight.</remarks>
    private static double Scale(UnitData data, int[] donors, ReadOnlySpan<double> v)
    {
        int[] support = [.. Positive(v)];

        // Offsets from the first donor keep the digits of a large mean.
        double[] origins = [.. support.Select(k => data.X[donors[0], k])];
        double[] means = new double[support.Length];
        double[] squares = new double[support.Length];
        foreach (int donor in donors)
        {
            Span<double> x = data.X.Row(donor);
            for (int a = 0; a < support.Length; a++)
            {
                means[a] += x[support[a]] - origins[a];
            }
        }

        for (int a = 0; a < support.Length; a++)
        {
            means[a] /= donors.Length;
        }

        foreach (int donor in donors)
        {
            Span<double> x = data.X.Row(donor);
            for (int a = 0; a < support.Length; a++)
            {
                double offset = x[support[a]] - origins[a] - means[a];
                squares[a] += offset * offset;
            }
        }

        double total = 0;
        for (int a = 0; a < support.Length; a++)
        {
            total += v[support[a]] * (squares[a] / donors.Length);
        }

        double scale = total / Math.Max(1, support.Length);
        return scale > 0 && double.IsFinite(scale) ? scale : 1;
    }

    /// <summary>The penalty chosen among the candidates of <paramref name="grid"/>.</summary>
    public static double Choose(UnitData data, int[] donors, int[] goals, ReadOnlySpan<double> v, WPenGrid grid, ParallelOptions parallel)
    {
        double[] candidates = Candidates(data, donors, v, grid);
        return candidates[Choose(data, donors, goals, v, candidates, parallel).Index];
    }

    /// <summary>Chooses w for <paramref name="goals"/> predicted from <paramref name="donors"/> (goals are all the donors, others, or both; a donor leaves itself out).</summary>
    public static RidgeChoice Choose(
        UnitData data, int[] donors, int[] goals, ReadOnlySpan<double> v, double[] penalties, ParallelOptions parallel)
    {
        int[] support = [.. Positive(v)];
        double[] roots = new double[support.Length];
        for (int a = 0; a < support.Length; a++)
        {
            roots[a] = Math.Sqrt(v[support[a]]);
        }

        HashSet<int> donorSet = [.. donors];
        int[] outside = [.. goals.Where(goal => !donorSet.Contains(goal))];
        return RidgeLeaveOneOut.Choose(
            new ScaledRows(data.X, donors, support, roots), outside.Length < goals.Length, new ScaledRows(data.X, outside, support, roots), penalties, parallel);
    }

    private static List<int> Positive(ReadOnlySpan<double> v)
    {
        List<int> result = [];
        for (int k = 0; k < v.Length; k++)
        {
            if (v[k] > 0)
            {
                result.Add(k);
            }
        }

        return result;
    }
}
