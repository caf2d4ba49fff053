using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>The part of a model that every way to fit shares: units, names, weights, predictions and how well they agree with the targets.</summary>
/// <param name="Source">The data as they were given, with their names.</param>
/// <param name="Data">The same as numbers.</param>
/// <param name="ModelType">The model type.</param>
/// <param name="ControlUnits">Rows of the donors.</param>
/// <param name="Rows">Rows of the units fitted, over which errors are summed.</param>
internal sealed record FittedModel(FitData Source, UnitData Data, ModelType ModelType, int[] ControlUnits, int[] Rows)
{
    /// <summary>A model of which the penalties are chosen: the caller says which, and with what score.</summary>
    /// <param name="weights">Unit weights, a row for each of <paramref name="kept"/>, or <c>null</c>.</param>
    /// <param name="kept">The units whose weights are kept; <c>null</c> stands for all.</param>
    /// <param name="predictions">Synthetic targets, N×T.</param>
    public SyntheticControlFit Create(double[,]? weights, int[]? kept, double[,] predictions) => new()
    {
        ModelType = ModelType,
        ControlUnits = ControlUnits,
        TreatedUnits = Source.TreatedUnits,
        UnitNames = Source.UnitNames?.ToArray(),
        FeatureNames = Source.Features.ColumnNames?.ToArray(),
        TargetNames = Source.Targets.ColumnNames?.ToArray(),
        ScoreR2 = ModelSummary.PooledR2(Data, predictions, Rows),
        Weights = weights,
        WeightUnits = kept?.Length < Data.Units ? kept : null,
        Predictions = predictions,
        Targets = Source.Targets.ToArray(),
    };

    /// <summary>A model in which nothing is chosen: its score is the sum of its squared errors.</summary>
    /// <param name="weights">Unit weights of all units, or <c>null</c>.</param>
    /// <param name="predictions">Synthetic targets, N×T.</param>
    public SyntheticControlFit CreateWithoutChoice(double[,]? weights, double[,] predictions)
    {
        SyntheticControlFit fit = Create(weights, kept: null, predictions);
        fit.Score = UnitPenalty.SquaredErrors(Data, predictions, Rows);
        fit.Scores = [fit.Score];
        return fit;
    }
}
