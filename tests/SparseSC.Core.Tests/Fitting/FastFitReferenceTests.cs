using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>Whole fast fits against the reference: every fitfast-* case, in its fixed variant where it has one.</summary>
public class FastFitReferenceTests
{
    public static TheoryData<string> Cases => [.. ReferenceCase.Names("fitfast-")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_equals_the_reference(string name)
    {
        ReferenceCase reference = new(name);
        FitData data = FastCase.Data(reference);
        FastFitOptions options = FastCase.Options(reference, data);
        SyntheticControlFit fit = FastFit.Run(data, options);
        JsonElement expected = reference.Has("outputs_fixed.json") ? reference.Read("outputs_fixed.json") : reference.Outputs;

        double[] penalties = Penalties(expected.GetProperty("fitted_v_pen"));
        Close.Equal(penalties, penalties.Length == 2 ? [fit.VPen, fit.TreatmentVPen] : [fit.VPen], 1e-6, name + " vPen");
        Close.Equal(Penalties(expected.GetProperty("fitted_w_pen")), [fit.WPen], 1e-12, name + " wPen");
        CompareWeights(expected, fit, name);
        Close.Equal(expected.GetProperty("score").Number(), fit.Score, 1e-6, name + " score");
        Close.Equal(expected.GetProperty("score_R2").Number(), fit.ScoreR2, 1e-6, name + " R²", 1);
        Close.Rows(expected.GetProperty("predict").Rows(), fit.Predictions, name + " predictions");
        bool[] trivial = [.. expected.GetProperty("trivial_units").EnumerateArray().Select(e => e.GetBoolean())];
        Assert.Equal(Enumerable.Range(0, trivial.Length).Where(i => trivial[i]), fit.TrivialUnits);
        if (expected.GetProperty("sc_weights").ValueKind == JsonValueKind.Null)
        {
            Assert.Null(fit.Weights);
        }
        else
        {
            Close.Rows(expected.GetProperty("sc_weights").Rows(), fit.Weights!, name + " weights");
        }

        if (expected.TryGetProperty("match_fit", out JsonElement lasso) && lasso.TryGetProperty("alphas_", out JsonElement path))
        {
            ComparePath(path, lasso.GetProperty("mse_path_"), fit, name);
        }
    }

    /// <summary>A match space in front of the joint fit: every fit-*-matchspace case.</summary>
    [Theory]
    [InlineData("fit-retrospective-factor-matchspace")]
    public void Joint_fit_in_a_match_space_equals_the_reference(string name)
    {
        ReferenceCase reference = new(name);
        FitOptions options = FitCase.Options(reference);
        SyntheticControlFit fit = JointFit.Run(FitCase.Data(reference), options);
        JsonElement expected = reference.Outputs;
        Assert.Equal(expected.GetProperty("selected_index").GetInt32(), fit.SelectedIndex);
        Close.Equal(expected.GetProperty("fitted_v_pen").Number(), fit.VPen, 1e-6, "vPen");
        Close.Equal(expected.GetProperty("fitted_w_pen").Number(), fit.WPen, 1e-6, "wPen");
        Close.Equal(expected.GetProperty("score").Number(), fit.Score, 1e-6, "score");

        // The reference lists v of the 15 features kept, some of them 0 after the joint fit.
        double[] kept = expected.GetProperty("V_diag").Numbers();
        FastFitOptions fast = new() { MatchSpace = FastCase.ReferenceLasso() };
        double[] space = FastFit.Run(FitCase.Data(reference), fast).V;
        Assert.Equal(kept.Length, space.Count(v => v > 0));
        Close.Equal(kept, [.. fit.V.Where((_, k) => space[k] > 0)], 1e-6, "V");
        Assert.All(fit.V.Where((_, k) => space[k] == 0), v => Assert.Equal(0, v));
        Close.Rows(expected.GetProperty("sc_weights").Rows(), fit.Weights!, "weights");
        Close.Rows(expected.GetProperty("predict").Rows(), fit.Predictions, "predictions");
    }

    private static void CompareWeights(JsonElement expected, SyntheticControlFit fit, string name)
    {
        double[] onSpace = expected.GetProperty("V_diag_on_match_space").Numbers();
        double[] v = expected.GetProperty("match_space_desc_V_full") is { ValueKind: JsonValueKind.Array } full ? full.Numbers() : onSpace;
        Close.Equal(v, fit.V, 1e-6, name + " v");
        Assert.Equal(v.Select(x => x != 0), fit.V.Select(x => x != 0));
        Assert.Equal(onSpace.Length, fit.V.Count(x => x != 0));
    }

    private static void ComparePath(JsonElement alphas, JsonElement errors, SyntheticControlFit fit, string name)
    {
        Close.Equal(alphas.Numbers(), fit.Iterations[0].VPen, 1e-12, name + " penalties");
        double[][] byPenalty = errors.Rows();
        Assert.Equal(byPenalty[0].Length, fit.Folds.Length);
        for (int f = 0; f < fit.Folds.Length; f++)
        {
            Close.Equal([.. byPenalty.Select(row => row[f])], fit.Folds[f].Scores, 1e-6, $"{name} fold {f}");
        }
    }

    private static double[] Penalties(JsonElement value) => value.ValueKind == JsonValueKind.Null ? [double.NaN] : value.Numbers();
}
