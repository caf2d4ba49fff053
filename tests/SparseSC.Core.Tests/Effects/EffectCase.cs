using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Tests.Effects;

/// <summary>An effects-* case as data, options and what must come out.</summary>
internal sealed class EffectCase
{
    private readonly ReferenceCase _reference;

    public EffectCase(string name)
    {
        _reference = new ReferenceCase(name);
        Expected = _reference.Read(_reference.Has("outputs_fixed.json") ? "outputs_fixed.json" : "outputs_original.json");
        double[] periods = _reference.Matrix("unit_treatment_periods.csv").Values;
        Data = new EffectData(
            _reference.Matrix("outcomes.csv"),
            [.. periods.Select(period => double.IsNaN(period) ? null : (int?)period)],
            _reference.Has("covariates.csv") ? _reference.Matrix("covariates.csv") : null);
    }

    public JsonElement Expected { get; }

    public EffectData Data { get; }

    public EffectOptions Options()
    {
        EffectOptions options = new() { Combinations = Recorded(), Interval = IntervalRule.Reference, PlaceboScale = PlaceboScale.None, Scale = CovariateScale.None };
        options.Fast.WPenGrid = WPenGrid.Absolute;
        options.Fast.MatchSpace = new MatchSpaceOptions { LassoSolver = LassoSolver.Cyclic, LassoTol = 1e-4, LassoMaxIter = 1000 };
        foreach (JsonProperty argument in _reference.Case.GetProperty("args").EnumerateObject())
        {
            Apply(options, argument.Name, argument.Value);
        }

        return options;
    }

    private static void Apply(EffectOptions options, string name, JsonElement value)
    {
        switch (name)
        {
            case "max_n_pl":
                options.MaxPlacebos = value.GetInt32();
                break;
            case "fast":
                options.Method = EffectMethod.Joint;

                // The reference never hands "fast" on to its cross-fits, whose default is the fast fit.
                options.CrossFitMethod = EffectMethod.Fast;
                break;
            case "cf_folds":
                options.CrossFitFolds = value.ValueKind == JsonValueKind.Number ? value.GetInt32() : EffectOptions.HoldOutEach;
                break;
            case "cv_folds":
                options.Joint.CvFolds = FoldSpecification.Shuffled(value.GetInt32());
                break;
            case "gradient_folds":
                options.Joint.GradientFolds = FoldSpecification.Shuffled(value.GetInt32());
                break;
            case "grid_length":
                options.Joint.GridLength = value.GetInt32();
                break;
            case "stopping_rule":
                options.Joint.StoppingRule = value.GetDouble();
                break;
            case "model_type":
                options.ModelType = value.GetString() == "prospective" ? ModelType.Prospective : ModelType.ProspectiveRestricted;
                break;
            default:
                throw new InvalidOperationException($"The case has an argument nobody reads: {name}.");
        }
    }

    // In the order the reference drew them: match per treatment time, pre, (post-fit), post, scaled.
    private RecordedCombinations? Recorded()
    {
        JsonElement[] draws = [.. Expected.GetProperty("random_combos").EnumerateArray()];
        if (draws.Length == 0)
        {
            return null;
        }

        int[][][] lists = [.. draws.Select(draw => draw.GetProperty("combos").EnumerateArray().Select(combination => combination.Integers()).ToArray())];
        int statistics = Expected.GetProperty("pl_res_post_fit").ValueKind == JsonValueKind.Null ? 3 : 4;
        int match = lists.Length - statistics;
        return new RecordedCombinations
        {
            Match = match == 0 ? null : lists[..match],
            PreFit = lists[match],
            PostFit = statistics == 4 ? lists[match + 1] : null,
            Effect = lists[^2],
            ScaledEffect = lists[^1],
        };
    }
}
