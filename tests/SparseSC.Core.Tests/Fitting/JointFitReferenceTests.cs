using System.Text.Json;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>Whole joint fits against the reference: every fit-* case its notes do not exempt.</summary>
public class JointFitReferenceTests
{
    /// <summary>
    /// cvseedfixed: the reference ignores the gradient seed for the maximum penalty (item 12), so its grid is given in a test of its
    /// own. cache: the reference raises (item 4 of its notes). lbfgsb: another optimiser, tested by its objective. matchspace: the
    /// reference has v on the features kept only, see <see cref="FastFitReferenceTests"/>.
    /// </summary>
    private static readonly string[] Exempt = ["fit-retrospective-factor-cache", "fit-retrospective-factor-lbfgsb", "fit-retrospective-factor-matchspace", "fit-retrospective-factor-nullmodel", "fit-retrospective-factor-cvseedfixed"];

    public static TheoryData<string> Cases => [.. ReferenceCase.Names("fit-").Except(Exempt)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_equals_the_reference(string name)
    {
        ReferenceCase reference = new(name);
        SyntheticControlFit fit = JointFit.Run(FitCase.Data(reference), FitCase.Options(reference));
        JsonElement expected = reference.Outputs;

        double scores = ScoreTolerance(name);
        JsonElement[] iterations = [.. expected.GetProperty("iterations").EnumerateArray()];
        JsonElement[] validations = [.. expected.GetProperty("cv").EnumerateArray()];
        Assert.Equal(validations.Length, fit.Iterations.Length);
        for (int i = 0; i < validations.Length; i++)
        {
            CompareIteration(name, validations[i], fit.Iterations[i], scores);
            if (i < iterations.Length && iterations[i].TryGetProperty("selected_index", out JsonElement chosen))
            {
                Assert.Equal(chosen.ValueKind == JsonValueKind.Number ? chosen.GetInt32() : null, fit.Iterations[i].SelectedIndex);
            }
        }

        JsonElement index = expected.GetProperty("selected_index");
        Assert.Equal(index.ValueKind == JsonValueKind.Number ? index.GetInt32() : null, fit.SelectedIndex);
        Close.Equal(expected.GetProperty("fitted_v_pen").Number(), fit.VPen, 1e-6, name + " vPen");
        Close.Equal(expected.GetProperty("fitted_w_pen").Number(), fit.WPen, 1e-6, name + " wPen");
        Close.Equal(expected.GetProperty("score").Numbers()[0], fit.Score, scores, name + " score");

        // For prospective-restricted the reference pools all units, because its name for the type never matches (item 9).
        double r2 = fit.ModelType == ModelType.ProspectiveRestricted ? R2OfAllUnits(fit) : fit.ScoreR2;
        Close.Equal(expected.GetProperty("score_R2_intended").Number(), r2, 1e-6, name + " R²", 1);
        Close.Equal(expected.GetProperty("V_diag").Numbers(), fit.V, 1e-6, name + " V");
        Close.Rows(expected.GetProperty("sc_weights").Rows(), fit.Weights!, name + " weights");
        Close.Rows(expected.GetProperty("predict").Rows(), fit.Predictions, name + " predictions");
        bool[] trivial = [.. expected.GetProperty("trivial_units").EnumerateArray().Select(e => e.GetBoolean())];
        Assert.Equal(Enumerable.Range(0, trivial.Length).Where(i => trivial[i]), fit.TrivialUnits);

        JsonElement[] folds = [.. validations[^1].GetProperty("folds").EnumerateArray()];
        Assert.Equal(folds.Length, fit.Folds.Length);
        for (int f = 0; f < folds.Length; f++)
        {
            Assert.Equal(folds[f].GetProperty("train").Integers(), fit.Folds[f].Train);
            Assert.Equal(folds[f].GetProperty("test").Integers(), fit.Folds[f].Test);
            Close.Equal(folds[f].GetProperty("scores").Numbers(), fit.Folds[f].Scores, scores, $"{name} fold {f}");
        }
    }

    [Fact]
    public void Fit_with_other_seeds_equals_the_reference_on_its_grid()
    {
        ReferenceCase reference = new("fit-retrospective-factor-cvseedfixed");
        JsonElement validation = reference.Outputs.GetProperty("cv")[0];
        FitOptions options = FitCase.Options(reference);
        options.VPen = validation.GetProperty("v_pen").Numbers();
        options.WPen = validation.GetProperty("w_pen").Numbers();
        options.Constraint = WeightConstraint.Simplex;
        SyntheticControlFit fit = JointFit.Run(FitCase.Data(reference), options);
        CompareIteration(reference.Name, validation, fit.Iterations[0], 1e-6);
        Close.Equal(reference.Outputs.GetProperty("V_diag").Numbers(), fit.V, 1e-6, "V");
        Close.Rows(reference.Outputs.GetProperty("predict").Rows(), fit.Predictions, "predictions");
    }

    [Fact]
    public void Null_model_equals_the_reference()
    {
        ReferenceCase reference = new("fit-retrospective-factor-nullmodel");
        SyntheticControlFit fit = JointFit.Run(FitCase.Data(reference), FitCase.Options(reference));
        Close.Equal(reference.Outputs.GetProperty("score").Number(), fit.Score, 1e-12, "score");
        Close.Rows(reference.Outputs.GetProperty("sc_weights").Rows(), fit.Weights!, "weights");
        Close.Rows(reference.Outputs.GetProperty("predict").Rows(), fit.Predictions, "predictions");
        Assert.Empty(fit.V);
    }

    /// <summary>
    /// Two cases have searches so long that rounding decides their path. Another BLAS kernel moves a score of the first by 7e-6 (the
    /// reference's notes), and fold 3 of the second at the smallest penalty by 2e-2; there our end point is that of exact arithmetic
    /// (see <see cref="ExactPathTests"/>).
    /// </summary>
    private static double ScoreTolerance(string name) => name switch
    {
        "fit-retrospective-factor-vpen-scalar" => 1e-5,
        "fit-prospective-restricted-signal" => 2e-2,
        _ => 1e-6,
    };

    private static double R2OfAllUnits(SyntheticControlFit fit)
    {
        double[] y = [.. fit.Targets.Cast<double>()];
        double[] predicted = [.. fit.Predictions.Cast<double>()];
        double mean = y.Average();
        return 1 - (y.Zip(predicted, (a, b) => (a - b) * (a - b)).Sum() / y.Sum(a => (a - mean) * (a - mean)));
    }

    private static void CompareIteration(string name, JsonElement expected, FitIteration actual, double tolerance)
    {
        Close.Equal(expected.GetProperty("v_pen").Numbers(), actual.VPen, 1e-9, name + " v penalties");
        Close.Equal(expected.GetProperty("w_pen").Numbers(), actual.WPen, 1e-9, name + " w penalties");
        double[] sums = new double[actual.Scores.Length];
        foreach (JsonElement fold in expected.GetProperty("folds").EnumerateArray())
        {
            double[] scores = fold.GetProperty("scores").Numbers();
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += scores[i];
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            Close.Equal(sums[i], actual.Scores[i], tolerance, $"{name} score {i}");
        }
    }
}
