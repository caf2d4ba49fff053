using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Reference;

/// <summary>A fit-* or batch-* case as data and options.</summary>
internal static class FitCase
{
    public static FitData Data(ReferenceCase reference)
    {
        JsonElement arguments = reference.Case.GetProperty("args");
        int[]? treated = arguments.TryGetProperty("treated_units", out JsonElement units) ? units.Integers() : null;
        Func<string, SparseSC.Core.Data.FeatureMatrix> read = reference.Matrix;
        SparseSC.Core.Data.FeatureMatrix targets = read("targets.csv");
        SparseSC.Core.Data.FeatureMatrix features = reference.Name.EndsWith("nullmodel", StringComparison.Ordinal)
            ? new SparseSC.Core.Data.FeatureMatrix([], targets.Rows, 0)
            : read("features.csv");
        return new FitData(features, targets, treated);
    }

    public static FitOptions Options(ReferenceCase reference)
    {
        FitOptions options = new() { WPenGrid = WPenGrid.Absolute };
        foreach (JsonProperty argument in reference.Case.GetProperty("args").EnumerateObject())
        {
            Apply(options, argument.Name, argument.Value);
        }

        return options;
    }

    private static void Apply(FitOptions options, string name, JsonElement value)
    {
        switch (name)
        {
            case "treated_units" or "print_path" or "progress" or "verbose":
                break;
            case "model_type":
                options.ModelType = value.GetString() switch
                {
                    "retrospective" => ModelType.Retrospective,
                    "prospective" => ModelType.Prospective,
                    "prospective-restricted" => ModelType.ProspectiveRestricted,
                    _ => ModelType.Full,
                };
                break;
            case "stopping_rule" when value.ValueKind == JsonValueKind.Number:
                options.StoppingRule = value.GetDouble();
                break;
            case "stopping_rule":
                options.StoppingCallback = (_, _, i) => i >= 1;
                break;
            case "grid_length":
                options.GridLength = value.GetInt32();
                break;
            case "cv_folds":
                options.CvFolds = Folds(value);
                break;
            case "gradient_folds":
                options.GradientFolds = Folds(value);
                break;
            case "cv_seed":
                options.CvSeed = value.GetUInt32();
                break;
            case "gradient_seed":
                options.GradientSeed = value.GetUInt32();
                break;
            case "constrain":
                options.Constraint = value.GetString() == "simplex" ? WeightConstraint.Simplex : WeightConstraint.Orthant;
                break;
            case "choice":
                options.Choice = value.GetString() == "min" ? PenaltyChoice.Min : PenaltyChoice.OneStandardError;
                break;
            case "tol":
                options.Tol = value.GetDouble();
                break;
            case "min_iter":
                options.MinIter = value.GetInt32();
                break;
            case "v_pen":
                options.VPen = value.Numbers();
                break;
            case "w_pen":
                options.WPen = value.Numbers();
                break;
            case "w_pen_inner":
                options.WPenInner = value.GetBoolean();
                break;
            case "match_space_maker":
                options.MatchSpace = FastCase.ReferenceLasso();
                break;
            case "cache":
                options.Cache = value.GetBoolean();
                break;
            default:
                throw new InvalidOperationException($"The case has an argument nobody reads: {name}.");
        }
    }

    private static FoldSpecification Folds(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? FoldSpecification.Shuffled(value.GetInt32())
        : FoldSpecification.From([.. value.EnumerateArray().Select(f => new Fold(f[0].Integers(), f[1].Integers()))]);
}
