using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>What must hold for effects on any data, and what is said when they cannot be estimated.</summary>
public class EffectPropertyTests
{
    public static TheoryData<EffectMethod> Methods => [EffectMethod.Fast, EffectMethod.Simplex, EffectMethod.DifferenceInDifferences];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_shift_of_the_treated_outcomes_shifts_the_effect(EffectMethod method)
    {
        EffectEstimate without = Run(SimulatedPanel.Create(3, 24, 12, 4), method);
        EffectEstimate with = Run(SimulatedPanel.Create(3, 24, 12, 4, effect: 5), method);
        Close.Equal(without.Effect.Average.Effect + 5, with.Effect.Average.Effect, 1e-10, "effect");
        Close.Equal(without.Effect.Average.CiHigh + 5, with.Effect.Average.CiHigh, 1e-10, "interval");
        Close.Equal(without.PreFit.Rms.Effect, with.PreFit.Rms.Effect, 1e-12, "fit");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Units_of_measurement_do_not_matter(EffectMethod method)
    {
        EffectData data = SimulatedPanel.Create(4, 24, 12, 4);
        EffectData scaled = new(new FeatureMatrix([.. data.Outcomes.Values.Select(y => y * 4)], 25, 16), data.TreatmentPeriods);
        EffectEstimate one = Run(data, method);
        EffectEstimate four = Run(scaled, method);
        Close.Equal(4 * one.Effect.Average.Effect, four.Effect.Average.Effect, 1e-9, "effect");
        Close.Equal(one.Effect.Average.PValue, four.Effect.Average.PValue, 1e-14, "p");
        Close.Equal(one.ScaledEffect!.Average.Effect, four.ScaledEffect!.Average.Effect, 1e-9, "scaled effect");
    }

    [Theory]
    [InlineData(EffectMethod.Simplex)]
    [InlineData(EffectMethod.DifferenceInDifferences)]
    public void The_order_of_units_does_not_matter(EffectMethod method)
    {
        // Folds of the penalised fits follow the order of rows; these two have none.
        EffectData data = SimulatedPanel.Create(5, 20, 10, 3, treated: 2);
        EffectEstimate forward = Run(data, method);
        EffectEstimate backward = Run(data.Select([.. Enumerable.Range(0, 22).Reverse()]), method);
        Close.Equal(forward.Effect.Average.Effect, backward.Effect.Average.Effect, 1e-9, "effect");
        Close.Equal(forward.Effect.Average.CiLow, backward.Effect.Average.CiLow, 1e-9, "interval");
        Close.Equal(forward.Effect.Rms.PValue, backward.Effect.Rms.PValue, 1e-14, "p");
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        EffectData data = SimulatedPanel.Create(6, 30, 12, 4, treated: 2);
        EffectEstimate one = Run(data, EffectMethod.Fast, options => options.MaxDegreeOfParallelism = 1);
        EffectEstimate three = Run(data, EffectMethod.Fast, options => options.MaxDegreeOfParallelism = 3);
        Assert.Equal(JsonSerializer.Serialize(one.Effect), JsonSerializer.Serialize(three.Effect));
        Assert.Equal(one.Synthetic.Cast<double>(), three.Synthetic.Cast<double>());
    }

    [Fact]
    public void Doses_divide_the_effect_of_each_treated_unit()
    {
        EffectData data = SimulatedPanel.Create(7, 24, 12, 4, effect: 3);
        double[] doses = [.. Enumerable.Range(0, 25).Select(i => i == 0 ? 2 : double.NaN)];
        EffectEstimate plain = Run(data, EffectMethod.Simplex);
        EffectEstimate dosed = Run(data, EffectMethod.Simplex, options => options.Doses = doses);
        Close.Equal(plain.Effect.Average.Effect / 2, dosed.Effect.Average.Effect, 1e-13, "effect");
        Close.Equal(plain.Effect.Average.PValue, dosed.Effect.Average.PValue, 1e-14, "p");
        Close.Equal(plain.PreFit.Rms.Effect, dosed.PreFit.Rms.Effect, 1e-14, "fit before the treatment");
    }

    [Fact]
    public void Staggered_treatment_uses_only_units_not_treated_within_the_window()
    {
        EffectData data = SimulatedPanel.Create(8, 20, 12, 6, treated: 3);
        int?[] periods = [.. data.TreatmentPeriods];
        (periods[1], periods[2]) = (14, 10);
        EffectEstimate estimate = EffectEstimator.Run(new EffectData(data.Outcomes, periods), new EffectOptions { Method = EffectMethod.Simplex, PostPeriods = 2, PrePeriods = 8 });
        Assert.Equal([10, 12, 14], estimate.Periods.Select(period => period.TreatmentPeriod));

        // Treated at 14, unit 1 is a control at 10 (10 + 2 < 14) but not at 12.
        Assert.Contains(1, estimate.Periods[0].ControlUnits);
        Assert.DoesNotContain(1, estimate.Periods[1].Units);
        Assert.Equal(20, estimate.Periods[1].ControlUnits.Length);
        Assert.Equal(["0", "1"], estimate.Effect.PerPeriod.Select(value => value.Time!));
        Assert.Equal(("-8", "-1"), (estimate.PreFit.PerPeriod[0].Time, estimate.PreFit.PerPeriod[^1].Time));
    }

    [Fact]
    public void Covariates_of_a_panel_are_means_before_the_treatment()
    {
        Panel panel = PublishedPanels.CaliforniaPanel("retprice", "lnincome");
        EffectEstimate estimate = EffectEstimator.Run(panel, new EffectOptions { Method = EffectMethod.Simplex, CrossFitFolds = 1 });
        FitData fit = panel.ToFitData();
        Assert.Equal(["retprice", "lnincome", "1970"], estimate.Periods[0].Fit.FeatureNames![..3]);
        Assert.Equal(fit.Features.ColumnNames!, estimate.Periods[0].Fit.FeatureNames);
        Assert.Equal("cigsale", estimate.OutcomeName);
        Assert.Equal(("1989", "2000"), (estimate.Effect.PerPeriod[0].Time, estimate.Effect.PerPeriod[^1].Time));
    }

    [Fact]
    public void Constant_outcomes_give_no_effect_and_no_scaled_effect()
    {
        double[] values = new double[20 * 12];
        Array.Fill(values, 7);
        EffectData data = new(new FeatureMatrix(values, 20, 12), [.. Enumerable.Range(0, 20).Select(i => i == 0 ? (int?)8 : null)]);
        foreach (EffectMethod method in new[] { EffectMethod.Fast, EffectMethod.Simplex })
        {
            EffectEstimate estimate = Run(data, method);
            Assert.Equal(0, estimate.Effect.Average.Effect, 1e-12);
            Assert.Null(estimate.ScaledEffect);
            Assert.Contains(estimate.Warnings, warning => warning.StartsWith("The scaled effect is left out", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Units_that_are_all_zero_are_donors_like_others()
    {
        EffectData data = SimulatedPanel.Create(9, 24, 12, 4);
        double[] values = [.. data.Outcomes.Values];
        values.AsSpan(3 * 16, 16).Clear();
        EffectEstimate estimate = Run(new EffectData(new FeatureMatrix(values, 25, 16), data.TreatmentPeriods), EffectMethod.Fast);
        Assert.True(double.IsFinite(estimate.Effect.Average.Effect));
        Assert.Contains(3, estimate.Periods[0].Fit.TrivialUnits);
    }

    [Theory]
    [InlineData("NoPrePeriod", "0,,,")]
    [InlineData("NoTreatedUnit", ",,,")]
    [InlineData("AllUnitsTreated", "4,4,5,5")]
    [InlineData("TooFewControls", "4,4,4,")]
    [InlineData("TreatmentPeriodOutOfRange", "8,,,")]
    public void Data_without_a_design_is_refused(string errorId, string periods)
    {
        int?[] parsed = [.. periods.Split(',').Select(text => text.Length == 0 ? null : (int?)int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        double[] values = [.. Enumerable.Range(0, 32).Select(i => Math.Sin(i))];
        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => EffectEstimator.Run(new EffectData(new FeatureMatrix(values, 4, 8, ["a", "b", "c", "d"]), parsed), new EffectOptions()));
        Assert.Equal(errorId, error.ErrorId);
        if (errorId is "NoPrePeriod" or "TreatmentPeriodOutOfRange")
        {
            Assert.Contains("unit 'a'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Windows_that_do_not_fit_are_refused()
    {
        EffectData data = SimulatedPanel.Create(10, 20, 12, 4);
        Assert.Equal("WindowTooLong", Refused(data, options => options.PrePeriods = 13));
        Assert.Equal("WindowTooLong", Refused(data, options => options.PostPeriods = 5));
        Assert.Equal("OptionOutOfRange", Refused(data, options => options.PrePeriods = 0));
        Assert.Equal("EvaluationPeriodsNotUsed", Refused(data, options => options.EvaluationPeriods = 2));
        Assert.Equal("FullModelHasNoEffect", Refused(data, options => options.ModelType = ModelType.Full));
        Assert.Equal("MoreFoldsThanUnits", Refused(data, options => options.CrossFitFolds = 21));
        Assert.Equal("OptionOutOfRange", Refused(data, options => options.Level = 1));
        Assert.Equal("DoseInvalid", Refused(data, options => options.Doses = new double[21]));
        Assert.Equal("DemeanNotUsed", Refused(data, options => (options.Method, options.Demean) = (EffectMethod.DifferenceInDifferences, true)));
        Assert.Equal("CrossFitMethodUnlike", Refused(data, options => options.CrossFitMethod = EffectMethod.Simplex));
    }

    [Fact]
    public void Cancellation_stops_the_estimate()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => EffectEstimator.Run(SimulatedPanel.Create(11, 20, 12, 4), new EffectOptions(), null, source.Token));
    }

    private static string Refused(EffectData data, Action<EffectOptions> set)
    {
        EffectOptions options = new();
        set(options);
        return Assert.Throws<InvalidInputException>(() => EffectEstimator.Run(data, options)).ErrorId;
    }

    private static EffectEstimate Run(EffectData data, EffectMethod method, Action<EffectOptions>? set = null)
    {
        EffectOptions options = new() { Method = method };
        set?.Invoke(options);
        return EffectEstimator.Run(data, options);
    }
}
