using FsCheck;
using FsCheck.Fluent;
using SparseSC.Core.Data;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>A panel of the factor model, by what it is drawn from: short to print, and a failing one is made smaller by itself.</summary>
public sealed record PanelShape(int Units, int Features, int Targets, int Treated, double Offset, int Seed)
{
    public FitData Panel() => GeneratedPanel.Create(Seed, Units, Features, Targets, Treated, Offset);

    /// <summary>Feature weights, about a third of them zero.</summary>
    public double[] Weights() => GeneratedPanel.Weights(Seed, Features);

    public static Gen<PanelShape> Of(Gen<int> units, Gen<int> features, int treated = 0, Gen<double>? offset = null) =>
        from u in units
        from f in features
        from targets in Gen.Choose(1, 5)
        from o in offset ?? Gen.Constant(0.0)
        from seed in Gen.Choose(0, 100_000)
        select new PanelShape(u, f, targets, treated, o, seed);

    /// <summary>Fewer units, features and targets, no offset, the first seed.</summary>
    public static IEnumerable<PanelShape> Shrink(PanelShape shape, int leastUnits, int leastFeatures = 1) =>
        new[]
        {
            shape with { Units = (shape.Units + leastUnits) / 2 },
            shape with { Units = shape.Units - 1 },
            shape with { Features = (shape.Features + leastFeatures) / 2 },
            shape with { Features = shape.Features - 1 },
            shape with { Targets = shape.Targets - 1 },
            shape with { Offset = 0 },
            shape with { Seed = 0 },
        }.Where(smaller => smaller != shape && smaller.Units >= leastUnits && smaller.Features >= leastFeatures && smaller.Targets > 0);
}
