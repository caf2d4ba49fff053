using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>The answer must not depend on the unit in which something is measured.</summary>
public class MeasurementUnitTests
{
    private const string FastUnits = "S09-fast-units";

    [Theory]
    [InlineData("micro", 1e-6)]
    [InlineData("mega", 1e6)]
    public void The_fast_fit_gives_the_same_effect_in_every_unit(string outcome, double factor)
    {
        EffectEstimate plain = Estimate(FastUnits, "y");
        EffectEstimate scaled = Estimate(FastUnits, outcome);
        Close.Equal(plain.Effect.Average.Effect, scaled.Effect.Average.Effect / factor, 1e-9, "effect");
        Close.Equal(plain.Effect.Average.CiHigh, scaled.Effect.Average.CiHigh / factor, 1e-9, "interval");
        Close.Equal(plain.Periods[0].Fit.WPen, scaled.Periods[0].Fit.WPen / (factor * factor), 1e-9, "w");
        Assert.Equal(plain.Effect.Average.PValue, scaled.Effect.Average.PValue);
        Assert.InRange(plain.Effect.Average.Effect, 4.9, 5.1);
        Assert.DoesNotContain(scaled.Warnings, IsAboutTheGrid);
    }

    /// <summary>The values of the reference's candidates, and what to know about them.</summary>
    [Theory]
    [InlineData("y", 4.938450819682659, null)]
    [InlineData("micro", 6.1923218966186684e-06, "is the smallest of those tried")]
    [InlineData("mega", 4869665.977886962, "is the largest of those tried")]
    public void Absolute_candidates_repeat_the_reference_and_warn_at_an_end(string outcome, double effect, string? warning)
    {
        EffectEstimate estimate = Estimate(FastUnits, outcome, options => options.Fast.WPenGrid = WPenGrid.Absolute);
        Close.Equal(effect, estimate.Effect.Average.Effect, 1e-9, "effect");
        Assert.Equal(warning is null ? 0 : 1, estimate.Warnings.Count(IsAboutTheGrid));
        Assert.Contains(warning ?? "", string.Concat(estimate.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WPenRule.Ridge)]
    [InlineData(WPenRule.Score)]
    public void A_single_penalty_and_penalties_that_tie_are_no_end_of_a_grid(WPenRule rule)
    {
        FitData data = CasePanels.ReadPanel(FastUnits).ToFitData();
        double[] first = [1, .. Enumerable.Repeat(0.0, data.Features.Columns - 1)];
        FastFitOptions tied = new() { MatchSpace = { Kind = Core.Models.MatchSpaceKind.Fixed, V = first } };
        Assert.DoesNotContain(FastFit.Run(data, tied).Warnings, IsAboutTheGrid);
        Assert.DoesNotContain(FastFit.Run(data, new FastFitOptions { WPenBy = rule, WPens = [1e-9] }).Warnings, IsAboutTheGrid);
        Assert.Contains(FastFit.Run(data, new FastFitOptions { WPenBy = rule, WPens = [1e-9, 1e-8] }).Warnings, IsAboutTheGrid);
    }

    private const string Noise = "S17-covariate-units";

    /// <summary>A covariate of noise: its unit must not decide, and under the reference's rule it did (R² −1.45 in cents).</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_covariate_may_be_measured_in_any_unit(bool isFast)
    {
        SyntheticControlFit[] fits = [.. new[] { "c", "c_milli", "c_cent" }.Select(covariate => Fit(covariate, isFast, null))];
        Assert.All(fits, fit => Assert.Equal(fits[0].V.Length, fit.V.Length));
        Assert.All(fits, fit => Close.Equal(Gap(fits[0]), Gap(fit), 1e-9, "gap"));
        Assert.InRange(Gap(fits[0]), 4.6, 5.1);
        Assert.InRange(fits[2].ScoreR2, 0.9, 1);
        Assert.NotEqual(0, fits[0].FeatureCentre[0]);
        Assert.All(fits[0].FeatureScale[1..], scale => Assert.Equal(1, scale));
    }

    [Fact]
    public void Scale_none_repeats_the_reference()
    {
        SyntheticControlFit fit = Fit("c_cent", isFast: true, CovariateScale.None, WPenGrid.Absolute);
        Assert.Equal(-1.45, fit.ScoreR2, 0.005);
        Assert.Equal(7.0716, Gap(fit), 0.0001);
        Assert.Empty(fit.FeatureCentre);
    }

    [Theory]
    [InlineData(EffectMethod.Fast)]
    [InlineData(EffectMethod.Joint)]
    [InlineData(EffectMethod.Simplex)]
    public void Effects_do_not_see_the_unit_of_a_covariate(EffectMethod method)
    {
        EffectOptions options = new() { Method = method, CrossFitFolds = 3, Level = 0.8 };
        options.Joint.GridLength = 3;
        options.Joint.CvFolds = options.Joint.GradientFolds = FoldSpecification.Shuffled(3);
        EffectEstimate plain = EffectEstimator.Run(CasePanels.ReadPanel(Noise, "y", "c"), options);
        EffectEstimate scaled = EffectEstimator.Run(CasePanels.ReadPanel(Noise, "y", "c_cent"), options);
        Close.Equal(plain.Effect.Average.Effect, scaled.Effect.Average.Effect, 1e-9, "effect");
        Close.Equal(plain.Effect.Average.CiHigh, scaled.Effect.Average.CiHigh, 1e-9, "interval");
        Assert.Equal(plain.Effect.Average.PValue, scaled.Effect.Average.PValue);
    }

    [Fact]
    public void A_constant_covariate_is_left_out_and_named_and_features_may_be_given_as_they_were()
    {
        FitData data = CasePanels.ReadPanel(Noise, "y", "c").ToFitData();
        FeatureMatrix x = data.Features;
        double[] values = [.. Enumerable.Range(0, x.Rows).SelectMany(row => x.Row(row).ToArray().Prepend(7))];
        FeatureMatrix more = new(values, x.Rows, x.Columns + 1, x.RowNames, [.. x.ColumnNames!.Prepend("same")]);
        SyntheticControlFit fit = FastFit.Run(new FitData(more, data.Targets, data.TreatedUnits, covariates: 2), new FastFitOptions());
        Assert.Contains("A covariate is the same for all control units and left out: 'same'.", fit.Warnings);
        Assert.Equal(x.ColumnNames, fit.FeatureNames);
        SyntheticControlFit without = FastFit.Run(data, new FastFitOptions());
        Assert.Equal(without.Predictions.Cast<double>(), fit.Predictions.Cast<double>());
        Close.Equal(Prediction.FromFeatures(without, data.Features, data.Targets).Cast<double>().ToArray(), without.Predictions.Cast<double>().ToArray(), 1e-9, "predictions");
    }

    /// <summary>Matrices do not say what is a covariate: with Sd every feature is one, on the scale of the targets.</summary>
    [Fact]
    public void Features_of_matrices_are_scaled_when_asked_for()
    {
        FitData panel = CasePanels.ReadPanel(Noise, "y", "c_cent").ToFitData();
        FitData matrices = new(panel.Features, panel.Targets, panel.TreatedUnits);
        Assert.Empty(FastFit.Run(matrices, new FastFitOptions()).FeatureScale);
        double[] scale = FastFit.Run(matrices, new FastFitOptions { Scale = CovariateScale.Sd }).FeatureScale;
        Assert.DoesNotContain(1.0, scale);
        Assert.Equal(panel.Features.Columns, scale.Length);
    }

    /// <summary>The treated unit is .5, .3, .2 of three donors plus 20, and 3 more from the treatment on.</summary>
    [Theory]
    [InlineData(EffectMethod.Fast, 0.2, 0.712)]
    [InlineData(EffectMethod.Joint, 0.6, 0.748)]
    [InlineData(EffectMethod.Simplex, 1e-6, double.NaN)]
    public void A_fixed_effect_per_unit_finds_the_effect_of_a_unit_of_another_level(EffectMethod method, double tolerance, double without)
    {
        EffectOptions options = new() { Method = method, Demean = true };
        options.Joint.GridLength = 6;
        EffectEstimate estimate = EffectEstimator.Run(CasePanels.ReadPanel("S10-outside-hull"), options);
        Assert.Equal(3, estimate.Effect.Average.Effect, tolerance);
        PeriodEffect period = estimate.Periods[0];
        Assert.Equal(estimate.Observed[0, 10], period.Fit.Targets[0, 0]);
        Assert.Equal(period.Synthetic[0, 10], period.Fit.Predictions[0, 0], 1e-9);
        Assert.Equal(estimate.Observed[0, 10] - period.Synthetic[0, 10], estimate.Effect.PerPeriod[0].Effect, 1e-9);
        options.Demean = false;
        double plain = EffectEstimator.Run(CasePanels.ReadPanel("S10-outside-hull"), options).Effect.Average.Effect;
        Assert.True(double.IsNaN(without) || Math.Abs(plain - without) < 0.3, $"{plain}");
    }

    private static SyntheticControlFit Fit(string covariate, bool isFast, CovariateScale? scale, WPenGrid grid = default)
    {
        FitData data = CasePanels.ReadPanel(Noise, "y", covariate).ToFitData();
        return isFast
            ? FastFit.Run(data, new FastFitOptions { Scale = scale, WPenGrid = grid })
            : JointFit.Run(data, new FitOptions { Scale = scale });
    }

    private static double Gap(SyntheticControlFit fit) =>
        Enumerable.Range(0, fit.Targets.GetLength(1)).Average(t => fit.Targets[0, t] - fit.Predictions[0, t]);

    private static bool IsAboutTheGrid(string warning) => warning.Contains("of those tried", StringComparison.Ordinal);

    private static EffectEstimate Estimate(string folder, string outcome, Action<EffectOptions>? set = null)
    {
        // Sixteen units allow no interval at .95.
        EffectOptions options = new() { Level = 0.8 };
        set?.Invoke(options);
        return EffectEstimator.Run(CasePanels.ReadPanel(folder, outcome), options);
    }
}
