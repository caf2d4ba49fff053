using SparseSC.Core.Fitting.Objectives;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Fitting;

/// <summary>The unit-weight penalty by ridge leave-one-out at given feature weights (math: "Choosing w_pen by ridge leave-one-out").</summary>
internal static class RidgePenalty
{
    /// <summary>Chooses w for <paramref name="goals"/> predicted from <paramref name="donors"/> (goals are all the donors, others, or both; a donor leaves itself out).</summary>
    public static double Choose(
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
            Scaled(data, donors, support, roots), outside.Length < goals.Length, Scaled(data, outside, support, roots), penalties, parallel);
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

    private static AlignedMatrix Scaled(UnitData data, int[] rows, int[] support, double[] roots)
    {
        AlignedMatrix result = new(rows.Length, support.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int a = 0; a < support.Length; a++)
            {
                result[i, a] = roots[a] * data.X[rows[i], support[a]];
            }
        }

        return result;
    }
}
