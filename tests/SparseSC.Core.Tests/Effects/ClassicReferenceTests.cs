using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators.Classic;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Classic synthetic control against the packages Synth 1.1-8 and MSCMT 1.4.3.</summary>
public class ClassicReferenceTests
{
    [Theory]
    [InlineData("synth-basque")]
    [InlineData("synth-california")]
    public void Weights_at_given_v_are_the_packages(string name)
    {
        JsonElement expected = Outputs(name);
        ClassicProblem problem = Problem(expected);
        double[] weights = problem.Weights(Numbers(expected, "v"));
        Assert.All(Numbers(expected, "w").Zip(weights), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-2));
        Assert.True(problem.Loss(weights) <= Number(expected, "lossV") * (1 + 1e-4));
    }

    [Fact]
    public void The_published_weights_of_the_Basque_Country_are_those_of_Synths_v()
    {
        JsonElement expected = Outputs("synth-basque");
        double[] weights = Problem(expected).Weights(Numbers(expected, "v"));
        string[] donors = [.. expected.GetProperty("donors").EnumerateArray().Select(donor => donor.GetString()!)];
        Assert.Equal(0.851, weights[Array.IndexOf(donors, "Cataluna")], 1e-3);
        Assert.Equal(0.149, weights[Array.FindIndex(donors, donor => donor.StartsWith("Madrid", StringComparison.Ordinal))], 1e-3);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(110011u)]
    public void The_search_finds_the_global_optimum_of_the_Basque_Country(uint seed)
    {
        JsonElement synth = Outputs("synth-basque");
        JsonElement optimum = Outputs("mscmt-basque");
        ClassicProblem problem = Problem(synth);
        double[] v = NearestEqual.Of(problem, new PredictorSearch(problem, CancellationToken.None).Run(seed));
        double[] weights = problem.Weights(v);
        Assert.True(problem.Loss(weights) <= Number(optimum, "lossV") * (1 + 1e-6));
        Assert.Equal(1, v.Sum(), 1e-9);
        string[] donors = [.. synth.GetProperty("donors").EnumerateArray().Select(donor => donor.GetString()!)];
        Assert.All(optimum.GetProperty("w").EnumerateObject(), weight => Assert.Equal(weight.Value.GetDouble(), weights[Array.IndexOf(donors, weight.Name)], 1e-4));
    }

    [Fact]
    public void The_search_goes_below_Synths_local_optimum_of_California()
    {
        JsonElement synth = Outputs("synth-california");
        ClassicProblem problem = Problem(synth);
        double found = problem.Loss(problem.Weights(new PredictorSearch(problem, CancellationToken.None).Run(1)));
        Assert.InRange(found, problem.Loss(problem.Bound()), Number(synth, "lossV"));
        Assert.Equal(3.07666, found, 1e-4);
    }

    [Fact]
    public void Of_all_v_with_the_same_donors_the_nearest_to_equal_ones_is_taken()
    {
        ClassicProblem problem = Problem(Outputs("synth-basque"));
        double[] v = Numbers(Outputs("synth-basque"), "v");
        double[] nearest = NearestEqual.Of(problem, v);
        Assert.All(problem.Weights(v).Zip(problem.Weights(nearest)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        double Distance(double[] from) => from.Sum(value => (value - (1.0 / 13)) * (value - (1.0 / 13)));
        Assert.True(Distance(nearest) < Distance(v));
        double[] again = NearestEqual.Of(problem, nearest);
        Assert.All(nearest.Zip(again), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Without_covariates_it_is_the_simplex()
    {
        EffectData data = new RivalCase("sdid-california").Data;
        double[] classic = Weights(EffectEstimator.Run(data, Options()));
        double[] simplex = Weights(EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex, CrossFitFolds = 1 }));
        Assert.All(simplex.Zip(classic), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Shift_scale_order_and_copies_of_donors_change_nothing()
    {
        EffectData plain = Panel(y => y, x => x);
        double[] weights = Weights(EffectEstimator.Run(plain, Options()));
        Assert.Equal(1, weights.Sum(), 1e-9);
        Assert.All(weights.Zip(Weights(EffectEstimator.Run(Panel(y => (1000 * y) + 50, x => x), Options()))), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(weights.Zip(Weights(EffectEstimator.Run(Panel(y => y, x => (7 * x) - 3), Options()))), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        double effect = EffectEstimator.Run(plain, Options()).Effect.Average.Effect;
        int units = plain.Outcomes.Rows;
        EffectData turned = plain.Select([.. Enumerable.Range(0, units).Reverse()]);
        Assert.Equal(effect, EffectEstimator.Run(turned, Options()).Effect.Average.Effect, 1e-6);

        // The copy changes the standard deviations by which predictors are divided, and so v, but not the best match.
        EffectData more = plain.Select([.. Enumerable.Range(0, units), 2]);
        Assert.Equal(effect, EffectEstimator.Run(more, Options()).Effect.Average.Effect, 1e-4);
    }

    [Fact]
    public void Controls_are_held_out_with_a_search_of_their_own_and_threads_change_no_bit()
    {
        EffectData data = Panel(y => y, x => x);
        EffectEstimate[] estimates = [.. new[] { 1, 3 }.Select(threads =>
            EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Classic, MaxDegreeOfParallelism = threads }))];
        Assert.Equal(10, estimates[0].Effect.PlaceboCount);
        Assert.Equal(estimates[0].Effect.Average.CiHigh, estimates[1].Effect.Average.CiHigh);
        EffectEstimate reused = EffectEstimator.Run(data, Options());
        Assert.NotEqual(reused.Effect.Average.StandardError, estimates[0].Effect.Average.StandardError);
    }

    [Fact]
    public void A_split_chooses_v_before_it_and_donors_after_it()
    {
        // Before time 4 the first covariate tells outcomes, after it both are turned: v stays, and w follows the new values.
        EffectData data = Panel(y => y, x => x);
        EffectOptions options = Options();
        options.Classic.ValidationFrom = "4";
        EffectEstimate estimate = EffectEstimator.Run(data, options);
        double[] v = estimate.Periods[0].Fit.V;
        Assert.Equal([0.0, 0.0], v[..2]);
        Assert.Equal(1, v[2..4].Sum(), 1e-9);
        options.Classic.V = v[2..4];
        Assert.All(Weights(estimate).Zip(Weights(EffectEstimator.Run(data, options))), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        options.Classic.ValidationFrom = null;
        Assert.NotEqual(Weights(estimate), Weights(EffectEstimator.Run(data, options)));
    }

    [Fact]
    public void A_split_holds_for_held_out_controls_too()
    {
        EffectOptions options = new() { Method = EffectMethod.Classic };
        options.Classic.V = [1, 1];
        EffectData data = Panel(y => y, x => x);
        double[] Sizes(string? from)
        {
            options.Classic.ValidationFrom = from;
            EffectEstimate estimate = EffectEstimator.Run(data, options);
            Assert.Equal(10, estimate.Effect.PlaceboCount);
            return [estimate.Effect.Average.StandardError ?? double.NaN];
        }

        Assert.All(Sizes("4"), size => Assert.True(size > 0));
        Assert.NotEqual(Sizes("4"), Sizes("5"));
    }

    [Theory]
    [InlineData("FeatureCountMismatch")]
    [InlineData("OptionOutOfRange")]
    [InlineData("ValidationNeedsCovariates")]
    [InlineData("ValidationOutsidePrePeriods")]
    [InlineData("ValidationFromUnknown")]
    [InlineData("DemeanNotUsed")]
    [InlineData("InferenceNotAvailable")]
    public void What_cannot_be_fitted_is_refused(string id)
    {
        EffectData data = Panel(y => y, x => x);
        EffectOptions options = Options();
        switch (id)
        {
            case "FeatureCountMismatch":
                options.Classic.V = [1, 2, 3];
                break;
            case "OptionOutOfRange":
                options.Classic.V = [1, -2];
                break;
            case "ValidationNeedsCovariates":
                data = new EffectData(data.Outcomes, data.TreatmentPeriods);
                options.Classic.ValidationFrom = "3";
                break;
            case "ValidationOutsidePrePeriods":
                options.Classic.ValidationFrom = "8";
                break;
            case "ValidationFromUnknown":
                options.Classic.ValidationFrom = "soon";
                break;
            case "DemeanNotUsed":
                options.Demean = true;
                break;
            default:
                options.Inference = EffectInference.Conformal;
                break;
        }

        Assert.Equal(id, Assert.Throws<InvalidInputException>(() => EffectEstimator.Run(data, options)).ErrorId);
    }

    [Fact]
    public void Predictors_and_outcomes_that_do_not_vary_leave_equal_matches()
    {
        EffectData data = Panel(_ => 1, _ => 2);
        EffectEstimate estimate = EffectEstimator.Run(data, Options());
        Assert.Equal(0, estimate.Effect.Average.Effect, 1e-12);
        Assert.Equal(1, Weights(estimate).Sum(), 1e-9);
    }

    private static EffectOptions Options() => new() { Method = EffectMethod.Classic, CrossFitFolds = 1 };

    private static double[] Weights(EffectEstimate estimate) => estimate.Periods[0].Fit.Weights!.Cast<double>().ToArray();

    // Ten controls and a treated unit, two covariates that vary over time.
    private static EffectData Panel(Func<double, double> outcome, Func<double, double> covariate)
    {
        System.Random random = new(3);
        double[,] outcomes = new double[11, 12];
        double[,] first = new double[11, 12];
        double[,] second = new double[11, 12];
        for (int i = 0; i < 11; i++)
        {
            double level = 2 * random.NextDouble();
            double trend = random.NextDouble();
            for (int t = 0; t < 12; t++)
            {
                outcomes[i, t] = outcome(level + (trend * t) + (0.1 * random.NextDouble()));
                first[i, t] = covariate(level + (0.3 * random.NextDouble()));
                second[i, t] = covariate(trend + (0.3 * random.NextDouble()));
            }
        }

        return EffectData.WithVarying(FeatureMatrix.FromArray(outcomes), [.. new int?[10], 8], [first, second], ["level", "trend"]);
    }

    private static JsonElement Outputs(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "data", "rivals", name, "outputs.json"))).RootElement;

    private static ClassicProblem Problem(JsonElement json)
    {
        double[][] Rows(string unit, string donors) => [.. Numbers(json, unit).Zip(ScpiCase.Rows(json, donors), (own, row) => (double[])[own, .. row])];
        return new ClassicProblem(Rows("X1", "X0"), Rows("Z1", "Z0"));
    }
}
