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
        SyntheticControlFit fit = new FittedModel(source, data, roles.ModelType, roles.ControlUnits, roles.Rows).Create(weights, kept, predictions);
        fit.IsFast = true;
        fit.MatchSpace = options.MatchSpace.Kind;
        fit.VPen = vPen;
        fit.TreatmentVPen = space.TreatmentVPen;
        fit.WPen = w;
        fit.V = space.V;
        fit.Constraint = WeightConstraint.Orthant;
        fit.Score = score;
        fit.Scores = scores;
        fit.ScoreStandardErrors = space.StandardErrors;
        fit.SelectedIndex = space.Selected;
        fit.Iterations =
        [
            new FitIteration
            {
                VPen = hasPath ? space.Penalties : [vPen], WPen = [w], Scores = scores, ScoreStandardErrors = space.StandardErrors,
                SelectedIndex = space.Selected, FittedVPen = vPen, FittedWPen = w, Score = scores[space.Selected ?? 0],
            },
        ];
        fit.Folds = space.Folds;
        fit.AuxiliaryPredictions = options.AuxiliaryTargets is { } auxiliary
            ? UnitWeights.Compute(
                new UnitData(data.X, auxiliary), roles.ControlUnits, space.V, solved, options.DonorPool, kept: null, parallel).Predictions
            : null;
        fit.TrivialUnits = ModelSummary.TrivialUnits(data, space.V);
        fit.Warnings = ModelSummary.Warnings(source, data, roles, space);
        return fit;
    }
}
