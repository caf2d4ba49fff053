using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.MatchSpace;

/// <summary>A lasso problem made of the moments of some rows: centred, and each feature divided by its norm when asked.</summary>
internal sealed class StandardisedMoments
{
    /// <param name="moments">Moments about any centre near the means.</param>
    /// <param name="varies">Which features differ between the rows; the others are left out of the lasso.</param>
    /// <param name="normalize">Whether features are divided by their norm.</param>
    public StandardisedMoments(Moments moments, bool[] varies, bool normalize)
    {
        int features = moments.SumX.Length;
        int targets = moments.SumY.Length;
        MeanX = [.. moments.SumX.Select(sum => sum / moments.Count)];
        MeanY = [.. moments.SumY.Select(sum => sum / moments.Count)];
        Scales = new double[features];
        for (int k = 0; k < features; k++)
        {
            double squares = moments.XX[k, k] - (moments.SumX[k] * MeanX[k]);
            Scales[k] = !varies[k] || squares <= 0 ? 0 : normalize ? 1 / Math.Sqrt(squares) : 1;
        }

        AlignedMatrix gram = new(features, features);
        AlignedMatrix cross = new(features, targets);
        for (int i = 0; i < features; i++)
        {
            for (int j = 0; j < features; j++)
            {
                gram[i, j] = Scales[i] * Scales[j] * (moments.XX[i, j] - (moments.SumX[i] * MeanX[j]));
            }

            for (int t = 0; t < targets; t++)
            {
                cross[i, t] = Scales[i] * (moments.XY[i, t] - (moments.SumX[i] * MeanY[t]));
            }
        }

        double total = moments.YY;
        for (int t = 0; t < targets; t++)
        {
            total -= moments.SumY[t] * MeanY[t];
        }

        Problem = new LassoProblem(gram, cross, Math.Max(0, total), moments.Count);
    }

    public LassoProblem Problem { get; }

    /// <summary>What each centred feature is multiplied by; 0 when it does not vary.</summary>
    public double[] Scales { get; }

    /// <summary>Means of the features, from the centre of the moments.</summary>
    public double[] MeanX { get; }

    /// <summary>Means of the targets, from the centre of the moments.</summary>
    public double[] MeanY { get; }
}
