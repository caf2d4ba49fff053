using System.Runtime.CompilerServices;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Penalized;

/// <summary>Effects by simplex weights that also keep every donor near: min ‖x₁ − X₀'w‖²_V + λ Σ w_j ‖x₁ − x_j‖²_V.</summary>
/// <remarks>
/// Feature weights are those of <see cref="InverseVariances"/>. Source: Abadie and L'Hour (2021), "A penalized synthetic control estimator for disaggregated
/// data", JASA 116(536).
/// </remarks>
internal sealed class PenalizedModel(ModelType modelType, int covariates, double penalty) : DonorWeightModel(modelType)
{
    private readonly ConditionalWeakTable<FitData, double[]> _v = [];

    /// <summary>The weights of donors.</summary>
    /// <param name="data">The sample.</param>
    /// <param name="unit">A unit.</param>
    /// <param name="donors">Its donors.</param>
    /// <param name="v">Feature weights.</param>
    /// <param name="penalty">λ.</param>
    /// <param name="start">Weights to start from, or <c>null</c>.</param>
    public static double[] Solve(FitData data, int unit, int[] donors, double[] v, double penalty, double[]? start)
    {
        double[] own = data.Features.Row(unit).ToArray();
        double[][] differences = [.. donors.Select(donor => data.Features.Row(donor).ToArray().Select((x, k) => (x - own[k]) * Math.Sqrt(v[k])).ToArray())];
        return new SimplexBlocks(new PenalizedDistance(differences, penalty), new int[donors.Length], [1]).Solve(start);
    }

    /// <inheritdoc/>
    protected override void Describe(FitData data, SyntheticControlFit fit) => fit.WPen = penalty;

    /// <inheritdoc/>
    protected override DonorWeights Solve(FitData data, int unit, int[] donors, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double[] v = _v.GetValue(data, all => InverseVariances.Of(all.Features, covariates));
        return new DonorWeights(Solve(data, unit, donors, v, penalty, null), v);
    }
}
