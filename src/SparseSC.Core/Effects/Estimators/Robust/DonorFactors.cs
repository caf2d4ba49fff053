using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Effects.Estimators.Robust;

/// <summary>Donors' outcomes without their smallest singular values, and regressions on what is left.</summary>
/// <remarks>
/// With Y = U S V' of n donors over all periods, cut to r singular values: w = (M'M + λ)⁻¹ M'y of the periods before the treatment, M = U_r S_r V_r'/p, has
/// its solution in the r columns of U_r, and so the regression has r unknowns whatever n. As w lies in their span, it makes the same of the donors' outcomes
/// as of the cut ones. p is the share of outcomes that are not 0; it is kept out of w, so that it only multiplies λ by p².
/// </remarks>
internal sealed class DonorFactors
{
    private readonly double[] _values;
    private readonly double[][] _left;
    private readonly double[][] _right;
    private readonly double _share;

    /// <param name="donors">n rows of T outcomes, those before the treatment first.</param>
    public DonorFactors(double[][] donors)
    {
        int periods = donors[0].Length;
        AlignedMatrix matrix = new(donors.Length, periods);
        double nonzero = 0;
        for (int j = 0; j < donors.Length; j++)
        {
            donors[j].CopyTo(matrix.Row(j));
            nonzero += donors[j].Count(value => value != 0);
        }

        ThinSingularValues svd = new(matrix);
        int[] order = [.. Enumerable.Range(0, svd.Values.Length).Where(k => svd.Values[k] > 0).OrderByDescending(k => svd.Values[k])];
        _values = [.. order.Select(k => svd.Values[k])];
        _left = [.. order.Select(k => svd.Left.Row(k).ToArray())];
        _right = [.. order.Select(k => svd.VectorsTransposed.Row(k).ToArray())];
        _share = nonzero / (donors.Length * periods);
        Donors = donors.Length;
    }

    private int Donors { get; }

    /// <summary>r, where so many are asked for: never more than there are.</summary>
    public int Kept(int rank) => Math.Min(rank, _values.Length);

    /// <summary>The donors' weights for a unit.</summary>
    /// <param name="before">Its outcomes before the treatment, the first of the donors' periods.</param>
    /// <param name="ridge">λ; 0 takes the shortest weights.</param>
    /// <param name="rank">How many singular values are kept at most.</param>
    public double[] Weights(double[] before, double ridge, int rank)
    {
        double[] weights = new double[Donors];
        int kept = Kept(rank);
        if (kept == 0)
        {
            return weights;
        }

        // (BB' + λ)⁻¹ B y with B = S V_r' before the treatment, by B = P D Q'.
        AlignedMatrix scores = new(kept, before.Length);
        for (int k = 0; k < kept; k++)
        {
            for (int t = 0; t < before.Length; t++)
            {
                scores[k, t] = _values[k] * _right[k][t];
            }
        }

        ThinSingularValues svd = new(scores);
        double penalty = ridge * _share * _share;
        for (int m = 0; m < svd.Values.Length; m++)
        {
            double value = svd.Values[m];
            if (value == 0)
            {
                continue;
            }

            double along = 0;
            for (int t = 0; t < before.Length; t++)
            {
                along += svd.VectorsTransposed[m, t] * before[t];
            }

            along *= value / ((value * value) + penalty);
            for (int k = 0; k < kept; k++)
            {
                for (int j = 0; j < weights.Length; j++)
                {
                    weights[j] += along * svd.Left[m, k] * _left[k][j];
                }
            }
        }

        return weights;
    }
}
