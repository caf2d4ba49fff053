using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators.Chosen;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Penalized;

/// <summary>Penalized synthetic control whose penalty predicts controls best.</summary>
/// <remarks>Both terms of what is minimised are squared distances, so that λ has no unit and one grid serves all data.</remarks>
internal sealed class ChosenPenaltyModel(ModelType modelType, int covariates) : ChosenModel
{
    /// <summary>The penalties tried: 10⁻⁴ to 10², two a power of ten.</summary>
    public static double[] Penalties { get; } = [.. Enumerable.Range(-8, 13).Select(power => Math.Pow(10, power / 2.0))];

    /// <inheritdoc/>
    protected override IEffectModel With(FitData data, int setting) => new PenalizedModel(modelType, covariates, Penalties[setting]);

    /// <inheritdoc/>
    protected override double[] FeatureWeights(FitData data) => InverseVariances.Of(data.Features, covariates);

    /// <inheritdoc/>
    protected override double[] Errors(FitData data, int unit, int[] donors)
    {
        double[] errors = new double[Penalties.Length];
        double[] v = FeatureWeights(data);
        double[]? weights = null;

        // From the largest penalty down: few donors carry weight there, and each solution is the start of the next.
        for (int p = errors.Length - 1; p >= 0; p--)
        {
            weights = PenalizedModel.Solve(data, unit, donors, v, Penalties[p], weights);
            for (int t = 0; t < data.Targets.Columns; t++)
            {
                double error = data.Targets[unit, t];
                for (int j = 0; j < donors.Length; j++)
                {
                    error -= weights[j] * data.Targets[donors[j], t];
                }

                errors[p] += error * error;
            }
        }

        return errors;
    }
}
