using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>The feature-space moments of a donor block. Immutable.</summary>
/// <remarks>
/// The unit weights need not sum to one, so the system to solve has S = X_C'X_C uncentred. It is kept as S = S̃ + n x̄x̄' and
/// P = P̃ + n x̄ȳ': solving with the centred part and adding the rank-one part in closed form keeps the digits that large means
/// would cost.
/// </remarks>
internal sealed class BlockMoments
{
    private BlockMoments(AlignedMatrix s, AlignedMatrix p, AlignedMatrix g, AlignedMatrix h, double targetNorm)
    {
        S = s;
        P = p;
        G = g;
        H = h;
        TargetNorm = targetNorm;
    }

    /// <summary>S̃ of the donors, K×K.</summary>
    public AlignedMatrix S { get; }

    /// <summary>[P̃ | x̄] of the donors, K×(T+1).</summary>
    public AlignedMatrix P { get; }

    /// <summary>Z'Z of the predicted units, K×K.</summary>
    public AlignedMatrix G { get; }

    /// <summary>Z'Ỹ of the predicted units, K×T.</summary>
    public AlignedMatrix H { get; }

    /// <summary>‖Ỹ‖².</summary>
    public double TargetNorm { get; }

    public static BlockMoments Create(Moments donors, Moments targets, double[] centreX, double[] centreY)
    {
        int features = centreX.Length;
        int periods = centreY.Length;
        double n = donors.Count;
        double m = targets.Count;
        AlignedMatrix s = new(features, features);
        AlignedMatrix p = new(features, periods + 1);
        AlignedMatrix g = new(features, features);
        AlignedMatrix h = new(features, periods);
        double norm = targets.YY;
        for (int i = 0; i < features; i++)
        {
            double offset = donors.SumX[i] / n;
            for (int j = 0; j < features; j++)
            {
                double other = donors.SumX[j] / n;
                s[i, j] = donors.XX[i, j] - (n * offset * other);
                g[i, j] = targets.XX[i, j] - (offset * targets.SumX[j]) - (targets.SumX[i] * other) + (m * offset * other);
            }

            for (int t = 0; t < periods; t++)
            {
                double other = donors.SumY[t] / n;
                p[i, t] = donors.XY[i, t] - (n * offset * other);
                h[i, t] = targets.XY[i, t] - (offset * targets.SumY[t]) - (targets.SumX[i] * other) + (m * offset * other);
            }

            p[i, periods] = centreX[i] + offset;
        }

        for (int t = 0; t < periods; t++)
        {
            double other = donors.SumY[t] / n;
            norm += (m * other * other) - (2 * other * targets.SumY[t]);
        }

        return new BlockMoments(s, p, g, h, norm);
    }
}
