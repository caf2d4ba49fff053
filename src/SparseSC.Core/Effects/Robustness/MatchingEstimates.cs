using SparseSC.Core.Errors;
using SparseSC.Numerics.Statistics;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>A difference of means per period with the p-values of a pooled t-test.</summary>
public sealed class MeanDifference
{
    /// <summary>The difference per period.</summary>
    public double[] Effect { get; set; } = [];

    /// <summary>Its two-sided p-value per period.</summary>
    public double[] PValue { get; set; } = [];
}

/// <summary>Effects on the treated, on the untreated and on all, from outcomes and their counterfactuals, by normal approximation.</summary>
/// <remarks>
/// "Debiased" subtracts what the same comparison finds among controls (A/A). Groups may differ in size. Source: microsoft/SparseSC,
/// <c>DescrSet.calc_estimates</c>.
/// </remarks>
public sealed class MatchingEstimates
{
    /// <summary>Treated outcomes against their counterfactuals.</summary>
    public MeanDifference EffectOnTreated { get; set; } = new();

    /// <summary>The same less what is found among controls.</summary>
    public MeanDifference EffectOnTreatedDebiased { get; set; } = new();

    /// <summary>Treated counterfactuals of the controls against their outcomes.</summary>
    public MeanDifference EffectOnUntreated { get; set; } = new();

    /// <summary>The same less what is found among controls.</summary>
    public MeanDifference EffectOnUntreatedDebiased { get; set; } = new();

    /// <summary>Both together.</summary>
    public MeanDifference AverageEffect { get; set; } = new();

    /// <summary>The same less what is found among controls.</summary>
    public MeanDifference AverageEffectDebiased { get; set; } = new();

    /// <summary>Control counterfactuals of the controls against their outcomes: should be 0.</summary>
    public MeanDifference Aa { get; set; } = new();

    /// <summary>Treated against controls, without any matching.</summary>
    public MeanDifference Naive { get; set; } = new();

    /// <summary>Computes all of them.</summary>
    /// <param name="treated">N1×T outcomes.</param>
    /// <param name="treatedAsControl">N1×T: what the treated would have had untreated.</param>
    /// <param name="controls">N0×T outcomes.</param>
    /// <param name="controlsAsControl">N0×T: what the controls are predicted to have.</param>
    /// <param name="controlsAsTreated">N0×T: what the controls would have had treated.</param>
    /// <exception cref="InvalidInputException">The shapes of a group and its counterfactuals differ.</exception>
    public static MatchingEstimates Of(double[,] treated, double[,] treatedAsControl, double[,] controls, double[,] controlsAsControl, double[,] controlsAsTreated)
    {
        RunningMoments effectTreated = RunningMoments.Of(Subtract(treated, treatedAsControl));
        RunningMoments effectUntreated = RunningMoments.Of(Subtract(controlsAsTreated, controls));
        RunningMoments aa = RunningMoments.Of(Subtract(controlsAsControl, controls));
        RunningMoments t = RunningMoments.Of(treated);
        RunningMoments tc = RunningMoments.Of(treatedAsControl);
        RunningMoments c = RunningMoments.Of(controls);
        RunningMoments ct = RunningMoments.Of(controlsAsTreated);
        return new MatchingEstimates
        {
            EffectOnTreated = Compare(t, tc),
            EffectOnTreatedDebiased = Compare(effectTreated, aa),
            EffectOnUntreated = Compare(ct, c),
            EffectOnUntreatedDebiased = Compare(effectUntreated, aa),
            AverageEffect = Compare(t.Merge(ct), tc.Merge(c)),
            AverageEffectDebiased = Compare(effectTreated.Merge(effectUntreated), aa),
            Aa = Compare(RunningMoments.Of(controlsAsControl), c),
            Naive = Compare(t, c),
        };
    }

    private static MeanDifference Compare(RunningMoments left, RunningMoments right) => new()
    {
        Effect = [.. left.Mean.Zip(right.Mean, (a, b) => a - b)],
        PValue = left.CompareMeans(right),
    };

    private static double[,] Subtract(double[,] left, double[,] right)
    {
        if (left.GetLength(0) != right.GetLength(0) || left.GetLength(1) != right.GetLength(1))
        {
            throw new InvalidInputException(
                "MatrixShapeMismatch",
                $"Outcomes of {left.GetLength(0)}×{left.GetLength(1)} and counterfactuals of {right.GetLength(0)}×{right.GetLength(1)} do not belong together.");
        }

        double[,] result = new double[left.GetLength(0), left.GetLength(1)];
        for (int i = 0; i < left.GetLength(0); i++)
        {
            for (int j = 0; j < left.GetLength(1); j++)
            {
                result[i, j] = left[i, j] - right[i, j];
            }
        }

        return result;
    }
}
