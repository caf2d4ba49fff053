using System.Text.Json;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Compares placebo inference with the reference's.</summary>
internal static class EffectComparison
{
    public static void Same(JsonElement expected, PlaceboInference actual, double relative)
    {
        Assert.Equal(expected.GetProperty("N_placebo").GetInt32(), actual.PlaceboCount);
        JsonElement path = expected.GetProperty("effect_vec");
        double[] effects = path.GetProperty("effect").Numbers();
        double[] p = path.GetProperty("p").Numbers();
        double[] low = path.GetProperty("ci_low").Numbers();
        double[] high = path.GetProperty("ci_high").Numbers();
        Assert.Equal(effects.Length, actual.PerPeriod.Length);
        for (int t = 0; t < effects.Length; t++)
        {
            Same(effects[t], p[t], low[t], high[t], actual.PerPeriod[t], relative, $"period {t}");
        }

        Same(expected.GetProperty("avg_joint_effect"), actual.Average, relative, "average");
        Same(expected.GetProperty("rms_joint_effect"), actual.Rms, relative, "RMS");
    }

    private static void Same(JsonElement expected, EffectValue actual, double relative, string what) => Same(
        expected.GetProperty("effect").Number(),
        expected.GetProperty("p").Number(),
        expected.GetProperty("ci_low").Number(),
        expected.GetProperty("ci_high").Number(),
        actual,
        relative,
        what);

    private static void Same(double effect, double p, double low, double high, EffectValue actual, double relative, string what)
    {
        double scale = Math.Max(Math.Abs(low), Math.Abs(high));
        Close.Equal(effect, actual.Effect, relative, what + " effect", scale);
        Close.Equal(p, actual.PValue, 1e-14, what + " p");
        Close.Equal(low, actual.CiLow, relative, what + " low", scale);
        Close.Equal(high, actual.CiHigh, relative, what + " high", scale);
    }
}
