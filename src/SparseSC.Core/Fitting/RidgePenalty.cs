using SparseSC.Core.Fitting.Objectives;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Fitting;

/// <summary>The unit-weight penalty by ridge leave-one-out at given feature weights (math: "Choosing w_pen by ridge leave-one-out").</summary>
internal static unsafe class RidgePenalty
{
    /// <summary>Chooses w for <paramref name="goals"/> predicted from <paramref name="donors"/> (a goal among the donors leaves itself out).</summary>
    public static double Choose(UnitData data, int[] donors, int[] goals, ReadOnlySpan<double> v)
    {
        int[] support = [.. Positive(v)];
        double[] roots = [.. support.Select(k => 0.0)];
        for (int a = 0; a < support.Length; a++)
        {
            roots[a] = Math.Sqrt(v[support[a]]);
        }

        AlignedMatrix donorRows = Scaled(data, donors, support, roots);
        AlignedMatrix gram = new(support.Length, support.Length);
        RowUpdate.Add(gram.Pointer, gram.Stride, support.Length, donorRows.Pointer, 1, donorRows.Stride, donors.Length, donorRows.Pointer, donorRows.Stride, donorRows.Stride);
        double[] sums = new double[support.Length];
        for (int i = 0; i < donors.Length; i++)
        {
            for (int a = 0; a < sums.Length; a++)
            {
                sums[a] += donorRows[i, a];
            }
        }

        HashSet<int> donorSet = [.. donors];
        bool[] isDonor = [.. goals.Select(donorSet.Contains)];
        AlignedMatrix goalRows = Scaled(data, goals, support, roots);
        AlignedMatrix responses = new(goals.Length, support.Length);
        for (int i = 0; i < goals.Length; i++)
        {
            for (int a = 0; a < sums.Length; a++)
            {
                double x = goalRows[i, a];
                double mean = isDonor[i] ? (sums[a] - x) / (donors.Length - 1) : sums[a] / donors.Length;
                responses[i, a] = x - mean;
            }
        }

        return RidgeLeaveOneOut.Choose(gram, goalRows, responses, isDonor, RidgeLeaveOneOut.DefaultPenalties);
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
