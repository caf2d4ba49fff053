using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using static SparseSC.Core.Models.JsonFields;

namespace SparseSC.Core.Models;

/// <summary>Reads what <see cref="FitJson"/> writes: the same bits, with <c>NaN</c> for every number that was not finite.</summary>
internal static class FitJsonReader
{
    /// <exception cref="InvalidInputException">It is no fitted model, of a newer version, or damaged.</exception>
    public static SyntheticControlFit Read(JsonElement json, string source)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String || format.GetString() != FitJson.Format)
        {
            throw new InvalidInputException("NotAFitFile", $"'{source}' holds no fitted model. Give a file that was written by 'sparsesc fit' or exported from a fit.", "Path");
        }

        try
        {
            int version = json.Whole("version");
            return version == FitJson.Version
                ? ReadFit(json)
                : throw new InvalidInputException(
                    "FitVersion", $"'{source}' has version {version}; this version of the software reads version {FitJson.Version}. Read it with the version that wrote it.", "Path");
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidInputException("FitDamaged", $"'{source}' is damaged ({JsonFault.Reason(error)}). Export the fit again.", "Path", error);
        }
    }

    private static SyntheticControlFit ReadFit(JsonElement json)
    {
        int[]? rows = OptionalIntegers(json, "predictionUnits");
        int count = rows is null ? 0 : json.Whole("units");
        double[,] Values(string name) => json.TryGetProperty(name, out JsonElement values) ? Matrix(values, rows, count) : new double[0, 0];
        SyntheticControlFit fit = new()
        {
            ModelType = Named<ModelType>(json.Text("modelType"), FitJson.ModelTypeName),
            Constraint = Named<WeightConstraint>(json.Text("constraint"), FitJson.ConstraintName),
            IsFast = json.TryGetProperty("fast", out JsonElement fast) && fast.GetBoolean(),
            MatchSpace = json.TryGetProperty("matchSpace", out JsonElement space) ? Named<MatchSpaceKind>(space.GetString(), FitJson.MatchSpaceName) : null,
            TreatmentVPen = json.TryGetProperty("treatmentVPen", out JsonElement treatment) ? Number(treatment) : double.NaN,
            ControlUnits = Integers(json, "controlUnits"),
            TreatedUnits = Integers(json, "treatedUnits"),
            UnitNames = Names(json, "unitNames"),
            FeatureNames = Names(json, "featureNames"),
            TargetNames = Names(json, "targetNames"),
            VPen = json.Number("vPen"),
            WPen = json.Number("wPen"),
            Rank = json.TryGetProperty("rank", out JsonElement rank) ? rank.GetInt32() : null,
            V = json.Numbers("v"),
            FeatureCentre = json.TryGetProperty("featureCentre", out JsonElement centre) ? Numbers(centre) : [],
            FeatureScale = json.TryGetProperty("featureScale", out JsonElement scale) ? Numbers(scale) : [],
            Score = json.Number("score"),
            ScoreR2 = json.Number("scoreR2"),
            PreRmspe = Later(json, "preRmspe"),
            MeanRmspe = Later(json, "meanRmspe"),
            EffectiveDonors = Later(json, "effectiveDonors"),
            Scores = json.Numbers("scores"),
            ScoreStandardErrors = json.Numbers("scoreStandardErrors"),
            SelectedIndex = Index(json),
            Iterations = [.. json.Items("iterations").Select(ReadIteration)],
            Folds = [.. json.Items("folds").Select(ReadFold)],
            Weights = json.TryGetProperty("weights", out JsonElement weights) ? Matrix(weights) : null,
            WeightUnits = OptionalIntegers(json, "weightUnits"),
            Balance = BalanceJson.Read(json),
            Predictions = Values("predictions"),
            AuxiliaryPredictions = json.TryGetProperty("auxiliaryPredictions", out _) ? Values("auxiliaryPredictions") : null,
            Targets = Values("targets"),
            TrivialUnits = Integers(json, "trivialUnits"),
            Warnings = Names(json, "warnings") ?? [],
            PlanHash = json.TryGetProperty("planHash", out JsonElement hash) ? hash.GetString() : null,
            ElapsedSeconds = json.Number("elapsedSeconds"),
        };
        CheckShapes(fit);
        return fit;
    }

    // Files of before the key was there do not have it.
    private static double Later(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? Number(value) : double.NaN;

    private static FitIteration ReadIteration(JsonElement json) => new()
    {
        VPen = ScalarOrList(json.Field("vPen")),
        WPen = ScalarOrList(json.Field("wPen")),
        Scores = json.Numbers("scores"),
        ScoreStandardErrors = json.Numbers("scoreStandardErrors"),
        SelectedIndex = Index(json),
        FittedVPen = json.Number("fittedVPen"),
        FittedWPen = json.Number("fittedWPen"),
        Score = json.Number("score"),
    };

    private static FoldScores ReadFold(JsonElement json) => new()
    {
        Train = Integers(json, "train"),
        Test = Integers(json, "test"),
        Scores = json.Numbers("scores"),
    };

    // What would otherwise show as an index out of range, far from the file it came from.
    private static void CheckShapes(SyntheticControlFit fit)
    {
        // An effect's fits leave their predictions to the estimate.
        int units = fit.Predictions.GetLength(0) is > 0 and int rows ? rows : fit.ControlUnits.Concat(fit.TreatedUnits).DefaultIfEmpty(-1).Max() + 1;
        bool isEmpty = fit.Predictions.Length == 0;
        bool fits = fit.Targets.GetLength(0) == fit.Predictions.GetLength(0)
            && fit.Targets.GetLength(1) == fit.Predictions.GetLength(1)
            && (fit.Weights is null
                || (fit.Weights.GetLength(0) == (fit.WeightUnits?.Length ?? units) && fit.Weights.GetLength(1) == fit.ControlUnits.Length))
            && (fit.AuxiliaryPredictions is null || fit.AuxiliaryPredictions.GetLength(0) == units)
            && (fit.UnitNames is null || fit.UnitNames.Length == units)
            && fit.FeatureCentre.Length == fit.FeatureScale.Length
            && (fit.FeatureCentre.Length == 0 || fit.FeatureCentre.Length == fit.V.Length)
            && (fit.FeatureNames is null || fit.FeatureNames.Length == fit.V.Length)
            && (fit.TargetNames is null || isEmpty || fit.TargetNames.Length == fit.Predictions.GetLength(1))
            && fit.ControlUnits.Concat(fit.TreatedUnits).Concat(fit.TrivialUnits).Concat(fit.WeightUnits ?? []).All(unit => unit >= 0 && unit < units);
        if (!fits)
        {
            throw new JsonFieldException("its parts do not fit each other");
        }
    }
}
