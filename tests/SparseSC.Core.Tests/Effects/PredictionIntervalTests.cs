using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Prediction intervals of an effect estimate.</summary>
public class PredictionIntervalTests
{
    [Theory]
    [InlineData("simplex")]
    [InlineData("lasso")]
    [InlineData("ridge")]
    [InlineData("ols")]
    public void Effects_have_the_packages_intervals_given_its_draws(string constraint)
    {
        ScpiCase scpi = new("scpi-germany");
        EffectOptions options = Options(ScpiCase.Method(constraint));
        options.PredictionInterval.Differences = true;
        options.PredictionInterval.DrawRows = scpi.Draws;
        EffectEstimate estimate = EffectEstimator.Run(scpi.Rival.Data, options);
        double[][] gaussian = ScpiCase.Rows(scpi.Rival.Outputs.GetProperty(constraint), "gaussian");
        double width = gaussian.Max(row => row[1] - row[0]);
        for (int t = 0; t < gaussian.Length; t++)
        {
            EffectValue value = estimate.Effect.PerPeriod[t];
            Assert.Equal(scpi.Treated[31 + t] - gaussian[t][1], value.CiLow, 1e-3 * width);
            Assert.Equal(scpi.Treated[31 + t] - gaussian[t][0], value.CiHigh, 1e-3 * width);
            Assert.True(double.IsNaN(value.PValue));
            EffectInterval joint = estimate.PredictionInterval!.Joint[t];
            Assert.True(joint.High - joint.Low > value.CiHigh - value.CiLow);
        }

        Assert.Equal(0.9, estimate.Effect.Level, 1e-12);
        Assert.Equal(100, estimate.Effect.PlaceboCount);
        Assert.InRange(estimate.Effect.Average.Effect, estimate.Effect.Average.CiLow, estimate.Effect.Average.CiHigh);
        Assert.Equal(13 * estimate.Effect.Average.CiLow, estimate.Effect.Cumulative!.CiLow, 1e-9);
    }

    [Fact]
    public void Scale_is_the_intervals_and_the_order_of_units_does_not_matter()
    {
        ScpiCase scpi = new("scpi-germany");
        EffectOptions options = Options(EffectMethod.Simplex);
        options.PredictionInterval.DrawRows = scpi.Draws;
        EffectValue plain = EffectEstimator.Run(scpi.Rival.Data, options).Effect.Average;
        FeatureMatrix outcomes = scpi.Rival.Data.Outcomes;
        EffectData scaled = new(new FeatureMatrix([.. outcomes.Values.Select(y => 1000 * y)], outcomes.Rows, outcomes.Columns), scpi.Rival.Data.TreatmentPeriods);
        EffectValue larger = EffectEstimator.Run(scaled, options).Effect.Average;
        Assert.Equal(1000 * plain.CiLow, larger.CiLow, 1e-4);
        Assert.Equal(1000 * plain.CiHigh, larger.CiHigh, 1e-4);
        options.PredictionInterval.DrawRows = [.. scpi.Draws.Select(row => row.Reverse().ToArray())];
        EffectValue turned = EffectEstimator.Run(scpi.Rival.Data.Select([16, .. Enumerable.Range(0, 16).Reverse()]), options).Effect.Average;
        Assert.Equal(plain.CiLow, turned.CiLow, 1e-7);
        Assert.Equal(plain.CiHigh, turned.CiHigh, 1e-7);
    }

    [Fact]
    public void Threads_do_not_change_a_bit_and_a_file_brings_the_intervals_back()
    {
        EffectData data = new ScpiCase("scpi-germany").Rival.Data;
        EffectEstimate[] estimates = [.. new[] { 1, 3 }.Select(threads =>
        {
            EffectOptions options = Options(EffectMethod.Lasso);
            options.MaxDegreeOfParallelism = threads;
            return EffectEstimator.Run(data, options);
        })];
        Assert.Equal(estimates[0].Effect.PerPeriod.Select(value => value.CiLow), estimates[1].Effect.PerPeriod.Select(value => value.CiLow));
        using TempFolder folder = new();
        EffectFile.Write(folder.Path("effect.json"), estimates[0]);
        EffectEstimate back = EffectFile.Read(folder.Path("effect.json"));
        Assert.Equal(EffectInference.PredictionInterval, back.Inference);
        Assert.Equal(estimates[0].PredictionInterval!.Joint[3].High, back.PredictionInterval!.Joint[3].High);
        Assert.True(double.IsNaN(back.Effect.Average.PValue));
    }

    [Fact]
    public void An_in_sample_part_of_width_zero_is_said()
    {
        EffectOptions options = Options(EffectMethod.Simplex);
        options.PredictionInterval.Differences = true;
        EffectEstimate estimate = EffectEstimator.Run(new ScpiCase("scpi-sim-factor").Rival.Data, options);
        Assert.Contains(estimate.Warnings, warning => warning.Contains("width zero: every weight is below ρ = 0.2", StringComparison.Ordinal));
        Assert.All(estimate.PredictionInterval!.InSample, interval => Assert.Equal(interval.Low, interval.High));
        Assert.All(estimate.Effect.PerPeriod, value => Assert.True(value.CiHigh > value.CiLow));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(11, true)]
    [InlineData(10, true)]
    public void Weights_that_fit_every_period_leave_no_noise_to_judge_by(int donors, bool differences)
    {
        EffectOptions options = Options(EffectMethod.LeastSquares);
        options.PredictionInterval.Differences = differences;
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => EffectEstimator.Run(SimulatedPanel.Create(3, donors, 11, 4), options));
        Assert.Equal(("TooFewPrePeriods", "Inference"), (error.ErrorId, error.ParameterName));
    }

    [Fact]
    public void Intervals_of_every_method_grow_with_their_level()
    {
        EffectData data = new ScpiCase("scpi-germany").Rival.Data;
        foreach (OutOfSampleMethod method in Enum.GetValues<OutOfSampleMethod>())
        {
            double[] widths = [.. new[] { 0.2, 0.05 }.Select(alpha =>
            {
                EffectOptions options = Options(EffectMethod.Simplex);
                (options.PredictionInterval.UAlpha, options.PredictionInterval.EAlpha, options.PredictionInterval.Method) = (alpha, alpha, method);
                EffectValue average = EffectEstimator.Run(data, options).Effect.PerPeriod[5];
                return average.CiHigh - average.CiLow;
            })];
            Assert.True(widths[1] > widths[0], $"{method}: {widths[1]} {widths[0]}");
        }
    }

    [Theory]
    [InlineData("InferenceNeedsOneTreated")]
    [InlineData("CovariatesNotUsed")]
    [InlineData("DrawsMalformed")]
    [InlineData("OptionOutOfRange")]
    [InlineData("InferenceNeedsOther")]
    [InlineData("DonorDoesNotVary")]
    [InlineData("TooFewPrePeriods")]
    public void What_cannot_be_judged_is_refused(string id)
    {
        EffectData data = new ScpiCase("scpi-germany").Rival.Data;
        FeatureMatrix outcomes = data.Outcomes;
        EffectOptions options = Options(EffectMethod.Simplex);
        switch (id)
        {
            case "InferenceNeedsOneTreated":
                data = new EffectData(outcomes, [31, .. data.TreatmentPeriods[1..]]);
                break;
            case "CovariatesNotUsed":
                data = new EffectData(outcomes, data.TreatmentPeriods, new FeatureMatrix(new double[17], 17, 1));
                break;
            case "DrawsMalformed":
                options.PredictionInterval.DrawRows = [[1, 2], [3, 4]];
                break;
            case "OptionOutOfRange":
                options.PredictionInterval.UAlpha = 0;
                break;
            case "InferenceNeedsOther":
                options.Demean = true;
                break;
            case "TooFewPrePeriods":
                options.PrePeriods = 3;
                break;
            default:
                data = new EffectData(new FeatureMatrix([.. outcomes.Values.Select((y, i) => i < outcomes.Columns ? 1 : y)], outcomes.Rows, outcomes.Columns), data.TreatmentPeriods);
                break;
        }

        Assert.Equal(id, Assert.Throws<InvalidInputException>(() => EffectEstimator.Run(data, options)).ErrorId);
    }

    private static EffectOptions Options(EffectMethod method) => new() { Method = method, Inference = EffectInference.PredictionInterval };
}
