using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using static SparseSC.Core.Tests.Effects.RivalCase;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Partially pooled synthetic control against multisynth of augsynth 0.2.0, whose weights OSQP stops at 1e-4.</summary>
public class PooledReferenceTests
{
    private static readonly RivalCase Rival = new("multisynth-sim-stag");

    public static TheoryData<string> Cases => ["default", "nu0", "nu1", "nofe", "cohort", "leads5"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Effects_and_standard_errors_are_the_packages(string name)
    {
        JsonElement expected = Rival.Outputs.GetProperty(name);
        EffectEstimate estimate = Run(name, EffectInference.Jackknife);
        Assert.Equal(Number(expected, "avgAtt"), estimate.Effect.Average.Effect, 5e-4);
        Assert.Equal(Number(expected, "nu"), estimate.Pooling!.Nu, 2e-4);
        Near([Number(expected, "globalL2")], [estimate.Pooling.GlobalL2], 2e-3);
        Near([Number(expected, "scaledGlobalL2")], [estimate.Pooling.ScaledGlobalL2], 2e-3);
        if (name != "nu1")
        {
            // At ν = 1 only the sum of the weights of units with equal times is determined.
            Near([Number(expected, "indL2")], [estimate.Pooling.IndividualL2], 2e-3);
            Near([Number(expected, "scaledIndL2")], [estimate.Pooling.ScaledIndividualL2], 2e-3);
        }

        EffectValue[] values = [.. estimate.PreFit.PerPeriod, .. estimate.Effect.PerPeriod, estimate.Effect.Average];
        double[] att = Column(expected, "att", 0);
        double[] errors = Numbers(expected, "jackknifeSe");
        Assert.Equal(att.Length, values.Length);
        for (int row = 0; row < att.Length; row++)
        {
            Assert.InRange(Math.Abs(att[row] - values[row].Effect), 0, 2e-3);
            Assert.InRange(Math.Abs(errors[row] - values[row].StandardError!.Value), 0, 2e-3);
        }
    }

    [Theory]
    [InlineData("default")]
    [InlineData("nu0")]
    [InlineData("nofe")]
    [InlineData("cohort")]
    [InlineData("leads5")]
    public void Effects_of_units_are_the_packages(string name)
    {
        JsonElement expected = Rival.Outputs.GetProperty(name);
        EffectEstimate estimate = Run(name, EffectInference.Jackknife);
        int longest = estimate.PreFit.PerPeriod.Length;
        int[][] columns = name == "cohort" ? [.. estimate.Periods.Select(period => period.TreatedUnits)] : [.. Enumerable.Range(24, 12).Select(unit => new[] { unit })];
        for (int j = 0; j < columns.Length; j++)
        {
            double[] att = Column(expected, "att", j + 1);
            int start = Rival.Data.TreatmentPeriods[columns[j][0]]!.Value;
            for (int row = 0; row < att.Length - 1; row++)
            {
                int t = row - longest + start;
                if (!double.IsNaN(att[row]))
                {
                    Assert.Equal(att[row], columns[j].Average(unit => estimate.Observed[unit, t] - estimate.Synthetic[unit, t]), 1e-2);
                }
            }
        }
    }

    [Fact]
    public void Weights_are_the_packages()
    {
        EffectEstimate estimate = Run("default", EffectInference.Jackknife);
        JsonElement weights = Rival.Outputs.GetProperty("default").GetProperty("weights");
        foreach (PeriodEffect period in estimate.Periods)
        {
            for (int row = 0; row < period.TreatedUnits.Length; row++)
            {
                double sum = 0;
                for (int donor = 0; donor < period.ControlUnits.Length; donor++)
                {
                    double weight = period.Fit.Weights![row, donor];
                    sum += weight;
                    Assert.InRange(Math.Abs(weight - weights[period.ControlUnits[donor]][period.TreatedUnits[row] - 24].GetDouble()), 0, 0.02);
                }

                Assert.Equal(1, sum, 1e-9);
            }
        }
    }

    private static EffectEstimate Run(string name, EffectInference inference)
    {
        EffectOptions options = new() { Method = EffectMethod.PartiallyPooled, Inference = inference };
        options.Pooled = new PooledOptions
        {
            Nu = name switch
            {
                "nu0" => 0,
                "nu1" => 1,
                _ => null,
            },
            FixedEffects = name != "nofe",
            By = name == "cohort" ? PooledBy.Cohort : PooledBy.Unit,
            Leads = name == "leads5" ? 5 : null,
            Lags = name == "leads5" ? 10 : null,
        };
        return EffectEstimator.Run(Rival.Data, options);
    }

    private static double[] Column(JsonElement json, string name, int column) =>
        [.. json.GetProperty(name).EnumerateArray().Select(row => row[column].ValueKind == JsonValueKind.Number ? row[column].GetDouble() : double.NaN)];
}
