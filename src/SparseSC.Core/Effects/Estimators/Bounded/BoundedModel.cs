using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Bounded;

/// <summary>Effects by weights that regress a unit's outcomes before the treatment on those of its donors, with a bound on their size or none.</summary>
/// <remarks>Source: Cattaneo, Feng, Titiunik (2021), "Prediction intervals for synthetic control methods", JASA 116(536), section 2.</remarks>
internal sealed class BoundedModel(EffectMethod method, ModelType modelType) : DonorWeightModel(modelType)
{
    private const double Exact = 1e-6;

    /// <summary>The estimators of this kind.</summary>
    public static IReadOnlyList<EffectMethod> All { get; } = [EffectMethod.Lasso, EffectMethod.Ridge, EffectMethod.LeastSquares];

    protected override IEnumerable<string> Warnings(FitData data, SyntheticControlFit fit) => fit.PreRmspe < Exact * fit.MeanRmspe
        ?
        [
            $"The weights reproduce {(data.Features.Columns == 1 ? "the outcome" : $"all {data.Features.Columns} outcomes")} before the treatment exactly: "
                + $"{fit.ControlUnits.Length} donors leave nothing to tell a relation from chance by, and effects may be noise. "
                + "Give fewer donors, or {Estimator} {Estimator:Simplex}.",
        ]
        : [];

    protected override DonorWeights Solve(FitData data, int unit, int[] donors, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BoundedFit fit = BoundedFit.Of(method, [.. donors.Select(donor => data.Features.Row(donor).ToArray())], data.Features.Row(unit).ToArray());
        return new DonorWeights(fit.Determined(donors.Length, data.Features.Columns).Weights);
    }
}
