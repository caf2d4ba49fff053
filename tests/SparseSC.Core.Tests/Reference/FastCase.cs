using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Tests.Reference;

/// <summary>A fitfast-* case as data and options, with the reference's lasso: plain sweeps, its tolerance and its cap.</summary>
internal static class FastCase
{
    public static FitData Data(ReferenceCase reference)
    {
        ReferenceCase inputs = reference.Has("features.csv") ? reference : new ReferenceCase("fitfast-smoking");
        int[]? treated = reference.Name.StartsWith("fitfast-smoking", StringComparison.Ordinal)
            ? [2]
            : Arguments(reference).TryGetProperty("treated_units", out JsonElement units) ? units.Integers() : null;
        return new FitData(inputs.Matrix("features.csv"), inputs.Matrix("targets.csv"), treated);
    }

    public static FastFitOptions Options(ReferenceCase reference, FitData data)
    {
        JsonElement arguments = Arguments(reference);
        FastFitOptions options = new() { ModelType = ModelType.Full, WPenGrid = WPenGrid.Absolute, MatchSpace = MatchSpace(reference, data.Features.Columns) };
        foreach (JsonProperty argument in arguments.ValueKind == JsonValueKind.Object ? arguments.EnumerateObject() : [])
        {
            switch (argument.Name)
            {
                case "treated_units":
                    break;
                case "model_type":
                    options.ModelType = Enum.Parse<ModelType>(argument.Value.GetString()!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
                    break;
                case "avoid_NxN_mats":
                    options.KeepWeights = !argument.Value.GetBoolean();
                    break;
                case "w_pen_inner":
                    options.WPenBy = argument.Value.GetBoolean() ? WPenRule.Ridge : WPenRule.Score;
                    break;
                case "custom_donor_pool":
                    options.DonorPool = Pool(argument.Value);
                    break;
                default:
                    throw new InvalidOperationException($"The case has an argument nobody reads: {argument.Name}.");
            }
        }

        return options;
    }

    /// <summary>Plain sweeps with scikit-learn's tolerance and cap.</summary>
    public static MatchSpaceOptions ReferenceLasso() => new() { LassoSolver = LassoSolver.Cyclic, LassoTol = 1e-4, LassoMaxIter = 1000 };

    private static MatchSpaceOptions MatchSpace(ReferenceCase reference, int features)
    {
        MatchSpaceOptions options = ReferenceLasso();
        string maker = reference.Case.TryGetProperty("match_space_maker", out JsonElement text) ? text.GetString()! : "V=ones";
        options.Kind = maker.StartsWith("D_Lasso", StringComparison.Ordinal) ? MatchSpaceKind.DLasso
            : maker.StartsWith("MTLassoMixed", StringComparison.Ordinal) ? MatchSpaceKind.LassoMixed
            : maker.StartsWith("Fixed_V", StringComparison.Ordinal) || maker == "V=ones" ? MatchSpaceKind.Fixed
            : MatchSpaceKind.Lasso;
        if (options.Kind == MatchSpaceKind.Fixed)
        {
            options.V = [.. Enumerable.Range(1, features).Select(k => maker.Contains("[0.1", StringComparison.Ordinal) ? k / 10.0 : 1)];
        }

        options.Normalize = !maker.Contains("normalize=False", StringComparison.Ordinal);
        options.SeFactor = Number(maker, "se_factor");
        options.TreatmentShare = Number(maker, "y_V_share") ?? options.TreatmentShare;
        options.TargetBlock = (int?)Number(maker, "Y_col_block_size");
        options.LassoFolds = (int?)Number(maker, "n_v_cv") ?? options.LassoFolds;
        options.VPens = Number(maker, "v_pen") is double single ? [single]
            : Regex.Match(maker, @"v_pens=\[([^\]]+)\]") is { Success: true } list
                ? [.. list.Groups[1].Value.Split(',').Select(p => double.Parse(p, CultureInfo.InvariantCulture))]
                : null;
        return options;
    }

    private static double? Number(string maker, string name)
        => Regex.Match(maker, name + @"=([0-9.]+)") is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    private static JsonElement Arguments(ReferenceCase reference)
        => reference.Case.TryGetProperty("args", out JsonElement arguments) ? arguments : default;

    private static bool[,] Pool(JsonElement value)
    {
        JsonElement[] rows = [.. value.EnumerateArray()];
        bool[,] pool = new bool[rows.Length, rows[0].GetArrayLength()];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < pool.GetLength(1); j++)
            {
                pool[i, j] = rows[i][j].GetBoolean();
            }
        }

        return pool;
    }
}
