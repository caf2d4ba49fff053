using SparseSC.Core.Data;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>From feature weights and the penalty to the model of a fast fit.</summary>
internal static class FastModelAssembly
{
    public static SyntheticControlFit Build(
        FitData source, UnitData data, UnitRoles roles, FastFitOptions options, FeatureWeights space, double w, ParallelOptions parallel)
    {
        // With nothing to match on, any penalty gives equal weights.
        double solved = space.IsEmpty ? 1 : w;
        int[]? kept = UnitWeights.Kept(options.Kept, data.Units, roles.TreatedUnits);
        (double[,]? weights, double[,] predictions) = UnitWeights.Compute(
            data, roles.ControlUnits, space.V, solved, options.DonorPool, kept, parallel);
        double score = UnitPenalty.SquaredErrors(data, predictions, roles.Rows);
        double vPen = space.IsEmpty ? double.NaN : space.VPen;
        bool hasPath = space.Scores.Length > 0;
        double[] scores = hasPath ? space.Scores : [score];
        return new SyntheticControlFit
        {
            IsFast = true,
            ModelType = roles.ModelType,
            ControlUnits = roles.ControlUnits,
            TreatedUnits = roles.TreatedUnits,
            UnitNames = source.UnitNames?.ToArray(),
            FeatureNames = source.Features.ColumnNames?.ToArray(),
            TargetNames = source.Targets.ColumnNames?.ToArray(),
            MatchSpace = options.MatchSpace.Kind,
            VPen = vPen,
            TreatmentVPen = space.TreatmentVPen,
            WPen = w,
            V = space.V,
            Constraint = WeightConstraint.Orthant,
            Score = score,
            ScoreR2 = ModelSummary.PooledR2(data, predictions, roles.Rows),
            Scores = scores,
            ScoreStandardErrors = space.StandardErrors,
            SelectedIndex = space.Selected,
            Iterations =
            [
                new FitIteration
                {
                    VPen = hasPath ? space.Penalties : [vPen], WPen = [w], Scores = scores, ScoreStandardErrors = space.StandardErrors,
                    SelectedIndex = space.Selected, FittedVPen = vPen, FittedWPen = w, Score = scores[space.Selected ?? 0],
                },
            ],
            Folds = space.Folds,
            Weights = weights,
            WeightUnits = kept?.Length < data.Units ? kept : null,
            Predictions = predictions,
            AuxiliaryPredictions = options.AuxiliaryTargets is { } auxiliary
                ? UnitWeights.Compute(new UnitData(data.X, auxiliary), roles.ControlUnits, space.V, solved, options.DonorPool, kept: null, parallel).Predictions
                : null,
            Targets = source.Targets.ToArray(),
            TrivialUnits = ModelSummary.TrivialUnits(data, space.V),
            Warnings = ModelSummary.Warnings(source, data, roles, space),
        };
    }
}
