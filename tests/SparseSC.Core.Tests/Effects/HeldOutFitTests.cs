using System.Text.Json;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>Controls are held out by fits of the same kind as the one that the effect comes from.</summary>
public class HeldOutFitTests
{
    /// <summary>On the orthant, where two given penalties alone would put them, no placebo resembles the effect: p = 1, half-width 9.4.</summary>
    [Fact]
    public void Placebos_of_a_joint_effect_live_under_the_constraint_of_its_fit()
    {
        EffectData data = CasePanels.Read("S25-joint-placebos-null");
        EffectEstimate usual = EffectEstimator.Run(data, new EffectOptions { Method = EffectMethod.Joint });
        EffectOptions asked = new() { Method = EffectMethod.Joint };
        asked.Joint.Constraint = WeightConstraint.Simplex;
        EffectEstimate simplex = EffectEstimator.Run(data, asked);
        Assert.Equal(JsonSerializer.Serialize(simplex.Effect), JsonSerializer.Serialize(usual.Effect));
        Assert.Equal(0.5833, usual.PreFit.Rms.PValue, 1e-4);
        Assert.Equal(0.375, usual.Effect.Average.PValue, 1e-9);
        Assert.Equal(0.87, (usual.Effect.Average.CiHigh - usual.Effect.Average.CiLow) / 2, 0.005);
    }
}
