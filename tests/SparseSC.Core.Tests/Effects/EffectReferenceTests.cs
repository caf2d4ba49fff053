using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Effect estimates against the reference, where its cross-fits are right (outputs_fixed).</summary>
public class EffectReferenceTests
{
    /// <summary>
    /// Cross-fits of the smoking panel stop at the cap of 1,000 sweeps before they converge, and dividing by the pre-period fit of a
    /// well matched control enlarges what rounding makes of that.
    /// </summary>
    [Theory]
    [InlineData("effects-smoking-fast", 5e-6)]
    [InlineData("effects-smoking-fast-cf1", 1e-6)]
    [InlineData("effects-smoking-fast-cf38", 1e-6)]
    [InlineData("effects-smoking-fast-cov", 1e-6)]
    [InlineData("effects-smoking-prospective", 1e-6)]
    [InlineData("effects-factor3", 1e-6)]
    [InlineData("effects-factor3-all", 1e-6)]
    [InlineData("effects-staggered-retrospective", 1e-6)]
    [InlineData("effects-staggered-prospective", 1e-6)]
    [InlineData("effects-factor3-slow-cvseedfixed", 1e-6)]
    public void Estimate_equals_the_reference(string name, double tolerance)
    {
        EffectCase reference = new(name);
        EffectEstimate actual = EffectEstimator.Run(reference.Data, reference.Options());
        Compare(reference.Expected, actual, tolerance);
    }

    private static void Compare(JsonElement expected, EffectEstimate actual, double tolerance)
    {
        Assert.Equal(expected.GetProperty("T0").GetInt32(), actual.PrePeriods);
        Assert.Equal(expected.GetProperty("T1").GetInt32(), actual.PostPeriods);
        int honest = 0;
        foreach (JsonProperty fit in expected.GetProperty("fits").EnumerateObject())
        {
            PeriodEffect period = actual.Periods.Single(p => p.TreatmentTime == fit.Name);
            CompareFit(fit.Value, period, tolerance);
            JsonElement predictions = expected.GetProperty("honest_control_predictions");
            Assert.Equal(predictions.GetArrayLength() == 0, period.HeldOutSynthetic is null);
            if (period.HeldOutSynthetic is not null)
            {
                CompareRows(predictions[honest++].Rows(), period.HeldOutSynthetic, tolerance, fit.Name + " held out");
            }

            double[] widths = expected.GetProperty("ind_CI").GetProperty(fit.Name).GetProperty("ci_high").Numbers();
            Close.Equal(widths, period.IndividualHalfWidths, tolerance, fit.Name + " individual interval");
            CompareSynthetic(expected.GetProperty("get_sc").GetProperty(fit.Name).Rows(), period, tolerance);
        }

        EffectComparison.Same(expected.GetProperty("pl_res_pre"), actual.PreFit, tolerance);
        EffectComparison.Same(expected.GetProperty("pl_res_post"), actual.Effect, tolerance);
        Assert.NotNull(actual.ScaledEffect);
        EffectComparison.Same(expected.GetProperty("pl_res_post_scaled"), actual.ScaledEffect, tolerance);
        JsonElement postFit = expected.GetProperty("pl_res_post_fit");
        Assert.Equal(postFit.ValueKind == JsonValueKind.Null, actual.PostFit is null);
        if (actual.PostFit is not null)
        {
            EffectComparison.Same(postFit, actual.PostFit, tolerance);
        }
    }

    private static void CompareFit(JsonElement expected, PeriodEffect actual, double tolerance)
    {
        JsonElement v = expected.GetProperty("V_full").ValueKind == JsonValueKind.Null ? expected.GetProperty("V_diag") : expected.GetProperty("V_full");
        Close.Equal(v.Numbers(), actual.Fit.V, v.Numbers().Sum() > 1e-12 ? tolerance : 1, "V");
        if (v.Numbers().Sum() > 1e-12)
        {
            Close.Equal(expected.GetProperty("fitted_w_pen").Number(), actual.Fit.WPen, tolerance, "w penalty");
            Close.Equal(expected.GetProperty("rmspe_M_w_p").Number(), actual.MatchPValue, 1e-14, "match");
        }

        double[][] weights = expected.GetProperty("sc_weights_treated").Rows();
        for (int i = 0; i < weights.Length; i++)
        {
            int unit = actual.Fit.WeightRow(actual.Fit.TreatedUnits[i]);
            double[] row = [.. Enumerable.Range(0, weights[i].Length).Select(j => actual.Fit.Weights![unit, j])];
            Close.Equal(weights[i], row, tolerance, "weights");
        }
    }

    private static void CompareSynthetic(double[][] expected, PeriodEffect actual, double tolerance)
    {
        for (int row = 0; row < expected.Length; row++)
        {
            int position = Array.IndexOf(actual.Units, row);
            Assert.Equal(double.IsNaN(expected[row][0]), position < 0);
            if (position >= 0)
            {
                double[] synthetic = [.. Enumerable.Range(0, expected[row].Length).Select(t => actual.Synthetic[position, t])];
                Close.Equal(expected[row], synthetic, tolerance, $"synthetic of unit {row}");
            }
        }
    }

    private static void CompareRows(double[][] expected, double[,] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.GetLength(0));
        Close.Equal(expected.SelectMany(row => row).ToArray(), actual.Cast<double>().ToArray(), tolerance, what);
    }
}
