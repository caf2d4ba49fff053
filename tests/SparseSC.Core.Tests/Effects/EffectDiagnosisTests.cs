using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Diagnosis;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>The rules of docs/diagnostics.md, on panels made to break one of them.</summary>
public class EffectDiagnosisTests
{
    [Fact]
    public void California_is_good_in_every_row()
    {
        EffectEstimate estimate = EffectEstimator.Run(California(), Simplex());

        Assert.Equal(
            ["pre-period fit", "pre-period fit among controls", "convex hull", "largest donor weight", "effective donors", "features kept", "placebos", "pre-periods"],
            estimate.Diagnostics.Select(row => row.What));
        Assert.All(estimate.Diagnostics, row => Assert.Equal(DiagnosticVerdict.Good, row.Verdict));
        Assert.All(estimate.Diagnostics, row => Assert.EndsWith(".", row.Sentence, StringComparison.Ordinal));
        Assert.Equal(estimate.PreFit.Rms.PValue, Row(estimate, "pre-period fit among controls").Value);
        Assert.Equal(estimate.Periods[0].Fit.EffectiveDonors, Row(estimate, "effective donors").Value);
        Assert.Equal(1 / 39.0, Row(estimate, "placebos").Value);
        double largest = EffectRows.UnitWeights(estimate).Max(weight => weight.Weight);
        Assert.Equal(largest, Row(estimate, "largest donor weight").Value, 1e-9);
    }

    [Theory]
    [InlineData(EffectMethod.Sdid, EffectInference.Placebo)]
    [InlineData(EffectMethod.Augmented, EffectInference.Placebo)]
    [InlineData(EffectMethod.Augmented, EffectInference.Conformal)]
    [InlineData(EffectMethod.PartiallyPooled, EffectInference.Placebo)]
    public void Estimators_without_feature_weights_have_the_other_rows(EffectMethod method, EffectInference inference)
    {
        EffectEstimate estimate = EffectEstimator.Run(California(), new EffectOptions { Method = method, Inference = inference });

        string[] always = ["pre-period fit", "convex hull", "largest donor weight", "effective donors", "pre-periods"];
        string[] byPlacebos = inference == EffectInference.Placebo ? ["pre-period fit among controls", "placebos"] : [];
        Assert.Equal(always.Concat(byPlacebos).Order(), estimate.Diagnostics.Select(row => row.What).Order());
        Assert.Equal(estimate.Periods[0].Fit.EffectiveDonors, Row(estimate, "effective donors").Value);
        Assert.Equal(DiagnosticVerdict.Good, Row(estimate, "pre-period fit").Verdict);
    }

    [Fact]
    public void Simplex_weights_reach_the_nearest_point_of_the_hull()
    {
        EffectEstimate estimate = EffectEstimator.Run(California(), Simplex());
        PeriodEffect period = estimate.Periods[0];
        double sum = 0;
        for (int t = 0; t < estimate.PrePeriods; t++)
        {
            double[] donors = [.. period.ControlUnits.Select(unit => estimate.Observed[unit, t])];
            double mean = donors.Average();
            sum += donors.Sum(y => (y - mean) * (y - mean)) / (donors.Length - 1) / estimate.PrePeriods;
        }

        Assert.Equal(period.Fit.PreRmspe / Math.Sqrt(sum), Row(estimate, "convex hull").Value, 1e-6);
    }

    [Fact]
    public void A_level_above_every_donor_is_outside_the_hull_unless_levels_are_taken_off()
    {
        EffectData data = Changed(SimulatedPanel.Create(4, 12, 15, 4), (unit, _, y) => unit == 0 ? y + 30 : y);

        EffectEstimate simplex = EffectEstimator.Run(data, Simplex());
        EffectEstimate demeaned = EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex, Demean = true });

        Assert.Equal(DiagnosticVerdict.Bad, Row(simplex, "convex hull").Verdict);
        Assert.Equal(DiagnosticVerdict.Bad, Row(simplex, "pre-period fit").Verdict);
        Assert.True(Row(demeaned, "convex hull").Value < .5 * Row(simplex, "convex hull").Value);
    }

    [Fact]
    public void One_donor_that_is_a_copy_carries_everything()
    {
        EffectData data = SimulatedPanel.Create(4, 12, 15, 4);
        double[] copy = data.Outcomes.Row(0).ToArray();
        EffectEstimate estimate = EffectEstimator.Run(Changed(data, (unit, t, y) => unit == 3 ? copy[t] : y), Simplex());

        Assert.Equal(1, Row(estimate, "largest donor weight").Value, 1e-6);
        Assert.Equal(DiagnosticVerdict.Bad, Row(estimate, "largest donor weight").Verdict);
        Assert.Equal(DiagnosticVerdict.Bad, Row(estimate, "effective donors").Verdict);
        Assert.Equal(1, Row(estimate, "pre-period fit").Value, 1e-9);
    }

    [Theory]
    [InlineData(4, DiagnosticVerdict.Bad)]
    [InlineData(9, DiagnosticVerdict.Doubtful)]
    [InlineData(10, DiagnosticVerdict.Good)]
    public void Few_pre_periods_are_named(int before, DiagnosticVerdict expected) =>
        Assert.Equal(expected, Row(EffectEstimator.Run(SimulatedPanel.Create(2, 25, before, 3), Simplex()), "pre-periods").Verdict);

    [Theory]
    [InlineData(18, 1, DiagnosticVerdict.Bad)]
    [InlineData(19, 1, DiagnosticVerdict.Good)]
    [InlineData(9, 2, DiagnosticVerdict.Doubtful)]
    public void Few_controls_are_named(int controls, int treated, DiagnosticVerdict expected) =>
        Assert.Equal(expected, Row(EffectEstimator.Run(SimulatedPanel.Create(2, controls, 12, 3, treated), Simplex()), "placebos").Verdict);

    [Fact]
    public void A_treated_unit_with_noise_of_its_own_is_matched_worse_than_controls()
    {
        System.Random random = new(7);
        double[] noise = [.. Enumerable.Range(0, 19).Select(_ => 8 * (random.NextDouble() - .5))];
        EffectEstimate estimate = EffectEstimator.Run(Changed(SimulatedPanel.Create(5, 30, 15, 4), (unit, t, y) => unit == 0 ? y + noise[t] : y), Simplex());

        Assert.Equal(DiagnosticVerdict.Bad, Row(estimate, "pre-period fit among controls").Verdict);
    }

    [Fact]
    public void Donors_that_are_treated_later_are_counted_by_their_weight()
    {
        EffectData data = SimulatedPanel.Create(3, 12, 20, 6);
        int?[] periods = [.. data.TreatmentPeriods];
        periods[1] = 23;
        EffectOptions options = new() { Method = EffectMethod.Simplex, PostPeriods = 2 };
        EffectEstimate estimate = EffectEstimator.Run(new EffectData(data.Outcomes, periods), options);
        double share = EffectRows.UnitWeights(estimate).Where(weight => weight.Donor == estimate.Units[1]).Sum(weight => weight.Weight) / 2;

        Assert.Equal(share, Row(estimate, "donors treated later").Value, 1e-9);
    }

    [Fact]
    public void Totals_and_shares_are_the_average_in_other_units()
    {
        EffectEstimate estimate = EffectEstimator.Run(California(), Simplex());
        EffectValue average = estimate.Effect.Average;
        int california = EffectRows.TreatedUnits(estimate)[0];
        double synthetic = Enumerable.Range(19, 12).Average(t => estimate.Synthetic[california, t]);

        Assert.Equal(Enumerable.Range(19, 12).Sum(t => estimate.Observed[california, t] - estimate.Synthetic[california, t]), estimate.Effect.Cumulative!.Effect, 1e-9);
        Assert.Equal(12 * average.CiLow, estimate.Effect.Cumulative.CiLow, 1e-9);
        Assert.Equal(average.Effect / synthetic, estimate.Effect.Relative!.Effect, 1e-12);
        Assert.Equal(average.CiHigh / synthetic, estimate.Effect.Relative.CiHigh, 1e-12);
        Assert.Equal(average.PValue, estimate.Effect.Relative.PValue);
        Assert.Null(estimate.PreFit.Cumulative);
    }

    [Fact]
    public void Shares_of_negative_outcomes_keep_their_ends_in_order_and_those_of_both_signs_do_not_exist()
    {
        EffectData data = SimulatedPanel.Create(3, 40, 12, 4, effect: 2);
        EffectValue below = EffectEstimator.Run(Changed(data, (_, _, y) => y - 100), Simplex()).Effect.Relative!;

        Assert.True(below.CiLow < below.Effect && below.Effect < below.CiHigh);
        Assert.True(below.Effect < 0);
        Assert.Null(EffectEstimator.Run(Changed(data, (_, t, y) => y + (t % 2 == 0 ? 50 : -50)), Simplex()).Effect.Relative);
    }

    [Fact]
    public void Diagnostics_and_totals_come_back_from_a_file()
    {
        using TempFolder folder = new();
        EffectEstimate estimate = EffectEstimator.Run(California(), Simplex());
        EffectFile.Write(folder.Path("effect.json"), estimate);
        EffectEstimate read = EffectFile.Read(folder.Path("effect.json"));

        Assert.Equal(estimate.Diagnostics.Select(row => (row.What, row.Value, row.Verdict, row.Sentence)), read.Diagnostics.Select(row => (row.What, row.Value, row.Verdict, row.Sentence)));
        Assert.Equal(estimate.Effect.Cumulative!.CiLow, read.Effect.Cumulative!.CiLow);
        Assert.Equal(estimate.Effect.Relative!.PValue, read.Effect.Relative!.PValue);
    }

    /// <summary>10,000 placebos allow a p-value of 0.0001, and an outcome may be counted in millions.</summary>
    [Fact]
    public void Small_numbers_do_not_read_0()
    {
        EffectData data = Changed(SimulatedPanel.Create(4, 12, 15, 4), (_, _, y) => y * 1e-7);

        EffectEstimate estimate = EffectEstimator.Run(data, Simplex());

        Assert.DoesNotMatch(@"\b0[ ,.]+(?!\d)", Row(estimate, "pre-period fit among controls").Sentence);
        Assert.Equal("0.0001", EffectDiagnosis.Say(1 / 10001.0));
    }

    private static EffectDiagnostic Row(EffectEstimate estimate, string what) => estimate.Diagnostics.Single(row => row.What == what);

    private static EffectOptions Simplex() => new() { Method = EffectMethod.Simplex };

    private static EffectData Changed(EffectData data, Func<int, int, double, double> change)
    {
        double[,] outcomes = data.Outcomes.ToArray();
        for (int unit = 0; unit < outcomes.GetLength(0); unit++)
        {
            for (int t = 0; t < outcomes.GetLength(1); t++)
            {
                outcomes[unit, t] = change(unit, t, outcomes[unit, t]);
            }
        }

        return new EffectData(FeatureMatrix.FromArray(outcomes), data.TreatmentPeriods);
    }

    private static Panel California() => PanelReader.Read(
        RepositoryFiles.Sample("california_prop99.csv"),
        new PanelOptions { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989" });
}
