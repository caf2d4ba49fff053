using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators.Chosen;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Robust;

/// <summary>Robust synthetic control whose number of singular values predicts controls best.</summary>
internal sealed class ChosenRankModel(ModelType modelType, double ridge) : ChosenModel
{
    /// <inheritdoc/>
    protected override IEffectModel With(FitData data, int setting) => new RobustModel(modelType, setting + 1, ridge);

    /// <inheritdoc/>
    protected override double[] FeatureWeights(FitData data) => [.. Enumerable.Repeat(1.0, data.Features.Columns)];

    /// <inheritdoc/>
    protected override double[] Errors(FitData data, int unit, int[] donors) => RankErrors.Of(
        [.. donors.Select(donor => RobustModel.Outcomes(data, donor))],
        RobustModel.Outcomes(data, unit),
        data.Features.Columns,
        ridge,
        RankErrors.Count(donors.Length + 1, data.Features.Columns));
}
