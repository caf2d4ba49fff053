using SparseSC.Core.Effects;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Classic synthetic control, outcomes only, against numbers that other programs publish for the same panels.</summary>
/// <remarks>
/// California: Proposition 99, every cigarette sale of 1970–1988 matched with equal weights (tidysynth's panel). Germany: GDP of 1960–1990,
/// treated from 1991, as in nppackages/scpi's illustration. GeoLift: facebookincubator/GeoLift's walkthrough, GeoLift_Test with fixed
/// effects and no ridge term: average effect and L2 imbalance. The programs differ, the convex problem and so its solution do not.
/// </remarks>
public class PublishedNumberTests
{
    private const double Printed = 5e-7;

    [Fact]
    public void California_has_the_published_weights_and_effect()
    {
        EffectEstimate estimate = Simplex(PublishedPanels.California(), crossFit: 1);
        AssertWeights(
            estimate,
            ("Utah", .393908),
            ("Montana", .231840),
            ("Nevada", .204923),
            ("Connecticut", .109090),
            ("New Hampshire", .045429),
            ("Colorado", .014811));
        Assert.Equal(-19.513630, estimate.Effect.Average.Effect, Printed);
    }

    [Fact]
    public void Germany_has_the_published_weights_and_effect()
    {
        EffectEstimate estimate = Simplex(EffectData.FromPanel(PublishedPanels.Germany()), crossFit: 1);
        AssertWeights(
            estimate,
            ("Austria", .291117),
            ("USA", .272824),
            ("Italy", .191367),
            ("Netherlands", .133029),
            ("Switzerland", .081360),
            ("France", .030303));

        // Published in thousands of USD.
        Assert.Equal(-1.668437, estimate.Effect.Average.Effect / 1000, Printed);
    }

    [Fact]
    public void GeoLift_has_the_published_effect_and_imbalance()
    {
        EffectEstimate estimate = EffectEstimator.Run(PublishedPanels.GeoLift(), new EffectOptions
        {
            Method = EffectMethod.Simplex,
            AverageTreated = true,
            Demean = true,
            CrossFitFolds = 1,
        });
        Assert.Equal(90, estimate.PrePeriods);
        Assert.Equal(155.555687, estimate.Effect.Average.Effect, Printed);
        Assert.Equal(909.488539, estimate.Periods[0].RmspeRatios[0].PreRmspe * Math.Sqrt(90), Printed);
        Assert.Equal("mean of chicago, portland", estimate.Periods[0].RmspeRatios[0].Unit);
    }

    private static EffectEstimate Simplex(EffectData data, int? crossFit) =>
        EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Simplex, CrossFitFolds = crossFit });

    private static void AssertWeights(EffectEstimate estimate, params (string Unit, double Weight)[] published)
    {
        PeriodEffect period = estimate.Periods[0];
        int treated = period.Fit.WeightRow(period.Fit.TreatedUnits[0]);
        for (int j = 0; j < period.ControlUnits.Length; j++)
        {
            string name = estimate.Units[period.ControlUnits[j]];
            double expected = published.FirstOrDefault(donor => donor.Unit == name).Weight;
            Assert.True(Math.Abs(expected - period.Fit.Weights![treated, j]) < Printed, $"{name}: {expected} published, {period.Fit.Weights[treated, j]:R} here");
        }
    }
}
