using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Robust;

/// <summary>Effects by regression on donors' outcomes whose smallest singular values are cut off.</summary>
/// <remarks>Source: Amjad, Shah, Shen (2018), "Robust synthetic control", Journal of Machine Learning Research 19(22).</remarks>
internal sealed class RobustModel(ModelType modelType, int rank, double ridge) : DonorWeightModel(modelType)
{
    /// <inheritdoc/>
    protected override DonorWeights Solve(FitData data, int unit, int[] donors, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new DonorWeights(Factors(data, donors).Weights(data.Features.Row(unit).ToArray(), ridge, rank));
    }

    /// <inheritdoc/>
    protected override void Describe(FitData data, SyntheticControlFit fit)
    {
        fit.WPen = ridge;
        fit.Rank = Factors(data, fit.ControlUnits).Kept(rank);
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Warnings(FitData data, SyntheticControlFit fit) =>
        Interpolation(fit.Rank!.Value, data.Features.Columns, ridge) is string warning ? [warning] : [];

    /// <summary>That as many singular values are kept as there are periods to regress on; <c>null</c> where there are fewer.</summary>
    public static string? Interpolation(int rank, int pre, double ridge) => rank >= pre && ridge == 0
        ? $"{(rank == 1 ? "One singular value reproduces" : $"{rank} singular values reproduce")} {(pre == 1 ? "the period" : $"the {pre} periods")} before the treatment whatever "
            + $"{(pre == 1 ? "it is" : "they are")}, and effects may be noise. Give a smaller {{Rank}}, or a {{Ridge}}."
        : null;

    /// <summary>A unit's outcomes before and after the treatment.</summary>
    public static double[] Outcomes(FitData data, int unit) => [.. data.Features.Row(unit), .. data.Targets.Row(unit)];

    private static DonorFactors Factors(FitData data, int[] donors) => new([.. donors.Select(donor => Outcomes(data, donor))]);
}
