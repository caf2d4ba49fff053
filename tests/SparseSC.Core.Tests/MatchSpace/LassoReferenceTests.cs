using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SparseSC.Core.Data;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;
using SparseSC.Core.Units;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Tests.MatchSpace;

/// <summary>The lasso against scikit-learn's estimators, step by step in the cyclic mode and by the solution in the default mode.</summary>
public class LassoReferenceTests
{
    private static readonly ReferenceCase Reference = new("sklearn-lasso");
    private static readonly ParallelOptions Parallel = new();

    public static TheoryData<string> CrossValidated => [.. Names("LassoCV(")];

    public static TheoryData<string> AtOnePenalty => [.. Names("MultiTaskLasso(")];

    [Theory]
    [MemberData(nameof(CrossValidated))]
    public void Cross_validation_equals_scikit_learn(string name)
    {
        JsonElement expected = Reference.Outputs.GetProperty(name);
        MatchSpaceOptions options = Options(name);
        LassoSample sample = Sample(name, 5);
        LassoPath path = LassoPath.CrossValidate(sample, options, Parallel, null);
        Close.Equal(expected.GetProperty("alphas_").Numbers(), path.Penalties, 1e-12, "penalties");
        Close.Equal(expected.GetProperty("alpha_").Number(), path.Penalty, 1e-12, "chosen penalty");
        double[][] errors = expected.GetProperty("mse_path_").Rows();
        for (int f = 0; f < 5; f++)
        {
            Close.Equal([.. errors.Select(row => row[f])], path.FoldErrors[f], 1e-6, $"fold {f}");
        }

        CompareCoefficients(expected, sample, path.Penalty, options);
    }

    [Theory]
    [MemberData(nameof(AtOnePenalty))]
    public void Coefficients_at_a_penalty_equal_scikit_learns(string name)
        => CompareCoefficients(Reference.Outputs.GetProperty(name), Sample(name, 1), Number(name, "alpha")!.Value, Options(name));

    /// <summary>Where scikit-learn was run to a tiny gap, the default solver finds the same minimum.</summary>
    [Theory]
    [InlineData("MultiTaskLassoCV(normalize=True,cv=5,tol=1e-10,max_iter=100000)")]
    [InlineData("MultiTaskLassoCV(normalize=False,cv=5,tol=1e-10,max_iter=100000)")]
    public void Default_solver_finds_the_minimum(string name)
    {
        JsonElement expected = Reference.Outputs.GetProperty(name);
        MatchSpaceOptions options = new() { LassoTol = 1e-13 };
        LassoSample sample = Sample(name, 5);
        LassoPath path = LassoPath.CrossValidate(sample, options, Parallel, null);
        Assert.True(path.IsConverged);
        double[][] errors = expected.GetProperty("mse_path_").Rows();
        for (int f = 0; f < 5; f++)
        {
            Close.Equal([.. errors.Select(row => row[f])], path.FoldErrors[f], 1e-6, $"fold {f}");
        }

        (double[][] coefficients, LassoResult result) = Solve(sample, path.Penalty, options);
        Assert.True(result.Converged);
        Close.Equal(Flat(expected.GetProperty("coef_")), Flat(coefficients), 1e-5, "coefficients");
    }

    /// <summary>The reference takes the smallest penalty of the band; its documentation, and we, the largest.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Standard_error_rule_takes_the_largest_penalty_of_the_band(double factor)
    {
        JsonElement expected = Reference.Outputs.GetProperty("MultiTaskLassoCV(normalize=True,cv=5)");
        double[][] errors = expected.GetProperty("mse_path_").Rows();
        double[] means = [.. errors.Select(row => row.Average())];
        int best = Array.IndexOf(means, means.Min());
        double deviation = Math.Sqrt(errors[best].Sum(e => (e - means[best]) * (e - means[best])) / 4);
        double limit = means[best] + (factor * deviation / Math.Sqrt(5));
        double largest = expected.GetProperty("alphas_").Numbers().Where((_, i) => means[i] <= limit).Max();
        MatchSpaceOptions options = FastCase.ReferenceLasso();
        options.SeFactor = factor;
        LassoPath path = LassoPath.CrossValidate(Sample("normalize=True", 5), options, Parallel, null);
        Close.Equal(largest, path.Penalty, 1e-12, "penalty");
        double smallest = Reference.Outputs.GetProperty($"_neg_se_rule(factor={factor.ToString(CultureInfo.InvariantCulture)})").Number();
        Close.Equal(smallest, path.Penalties.Where((_, i) => path.Errors[i] <= limit).Min(), 1e-12, "the reference's");
    }

    [Fact]
    public void Folds_are_contiguous()
    {
        JsonElement[] folds = [.. Reference.Outputs.GetProperty("cv_folds_test (KFold(5) unshuffled, contiguous)").EnumerateArray()];
        LassoSample sample = Sample("normalize=True", 5);
        for (int f = 0; f < 5; f++)
        {
            Assert.Equal(folds[f].Integers(), sample.Test(f));
        }
    }

    /// <summary>On the California panel the reference stops at its cap; converged, the objective is lower, at its own penalty and along the path.</summary>
    [Theory]
    [InlineData("fitfast-smoking-retrospective", 1)]
    [InlineData("fitfast-smoking-yblock", 4)]
    public void Default_solver_goes_below_a_reference_that_stopped_early(string name, int block)
    {
        JsonElement expected = new ReferenceCase(name).Outputs.GetProperty("match_fit");
        FitData data = FastCase.Data(new ReferenceCase(name));
        UnitData units = TargetBlocks.Average(new UnitData(data.Features, data.Targets), block);
        LassoSample sample = new(units, [.. Enumerable.Range(0, data.Targets.Rows).Except(data.TreatedUnits)], 1, true, Parallel);
        double penalty = expected.GetProperty("alpha_").Number();
        MatchSpaceOptions options = new();
        (double[][] ours, LassoResult result) = Solve(sample, penalty, options);
        Assert.True(result.Converged);
        double objective = Objective(sample, ours, penalty);
        double theirs = Objective(sample, expected.GetProperty("coef_").Rows(), penalty);
        Assert.True(objective < theirs, $"{objective} is not below {theirs}");

        // The gap says that no coefficients at all are better by more than this.
        Assert.True(result.DualGap <= 1e-10 * sample.Whole.Problem.Squares);
        MultiTaskLasso lasso = new();
        lasso.Bind(sample.Whole.Problem);
        Assert.All(expected.GetProperty("alphas_").Numbers(), alpha => Assert.True(lasso.Solve(alpha, LassoPath.Settings(options)).Converged));
    }

    /// <summary>‖Y − XB‖²/(2N) + αΣ‖B_k‖ of coefficients of the unscaled features, [target][feature].</summary>
    private static double Objective(LassoSample sample, double[][] coefficients, double penalty)
    {
        LassoProblem problem = sample.Whole.Problem;
        int features = problem.Features;
        double squares = problem.Squares;
        double norms = 0;
        for (int k = 0; k < features; k++)
        {
            double[] b = [.. coefficients.Select(row => row[k] / sample.Whole.Scales[k])];
            norms += Math.Sqrt(b.Sum(value => value * value));
            for (int t = 0; t < b.Length; t++)
            {
                double fitted = Enumerable.Range(0, features).Sum(l => problem.Gram[k, l] * coefficients[t][l] / sample.Whole.Scales[l]);
                squares += b[t] * (fitted - (2 * problem.Cross[k, t]));
            }
        }

        return (squares / (2 * problem.Rows)) + (penalty * norms);
    }

    private static void CompareCoefficients(JsonElement expected, LassoSample sample, double penalty, MatchSpaceOptions options)
    {
        (double[][] coefficients, LassoResult result) = Solve(sample, penalty, options);
        double[] wanted = Flat(expected.GetProperty("coef_"));
        if (wanted.Max(Math.Abs) < 1e-12)
        {
            // What scikit-learn leaves of a coefficient at the maximum penalty is rounding.
            Assert.All(Flat(coefficients), b => Assert.True(Math.Abs(b) < 1e-12));
            return;
        }

        Assert.Equal(expected.GetProperty("n_iter_").GetInt32(), result.Sweeps);
        Close.Equal(wanted, Flat(coefficients), 1e-6, "coefficients");
        Close.Equal(expected.GetProperty("dual_gap_").Number(), result.DualGap / sample.Whole.Problem.Rows, 1e-6, "dual gap", 1e-8);
    }

    /// <summary>Coefficients of the unscaled features, [target][feature].</summary>
    private static (double[][] Coefficients, LassoResult Result) Solve(LassoSample sample, double penalty, MatchSpaceOptions options)
    {
        MultiTaskLasso lasso = new();
        lasso.Bind(sample.Whole.Problem);
        LassoResult result = lasso.Solve(penalty, LassoPath.Settings(options));
        double[][] coefficients = [.. Enumerable.Range(0, sample.Whole.Problem.Targets)
            .Select(t => Enumerable.Range(0, lasso.Coefficients.Rows).Select(k => sample.Whole.Scales[k] * lasso.Coefficients[k, t]).ToArray())];
        return (coefficients, result);
    }

    private static LassoSample Sample(string name, int folds)
    {
        FeatureMatrix x = Reference.Matrix("X.csv");
        FeatureMatrix y = Reference.Matrix("Y.csv");
        FeatureMatrix targets = name.EndsWith("y=d", StringComparison.Ordinal) ? Reference.Matrix("d.csv")
            : name.EndsWith("y=Y[:,0]", StringComparison.Ordinal) ? new FeatureMatrix([.. Enumerable.Range(0, y.Rows).Select(i => y[i, 0])], y.Rows, 1)
            : y;
        return new LassoSample(new UnitData(x, targets), [.. Enumerable.Range(0, x.Rows)], folds, name.Contains("normalize=True", StringComparison.Ordinal), Parallel);
    }

    private static MatchSpaceOptions Options(string name)
    {
        MatchSpaceOptions options = FastCase.ReferenceLasso();
        options.LassoTol = Number(name, "tol") ?? options.LassoTol;
        options.LassoMaxIter = (int?)Number(name, "max_iter") ?? options.LassoMaxIter;
        return options;
    }

    private static double? Number(string text, string name)
        => Regex.Match(text, name + @"=([0-9.e-]+)") is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    private static IEnumerable<string> Names(string part)
        => Reference.Outputs.EnumerateObject().Select(p => p.Name).Where(name => name.Contains(part, StringComparison.Ordinal));

    private static double[] Flat(JsonElement coefficients)
        => coefficients[0].ValueKind == JsonValueKind.Array ? Flat(coefficients.Rows()) : coefficients.Numbers();

    private static double[] Flat(double[][] rows) => [.. rows.SelectMany(row => row)];
}
