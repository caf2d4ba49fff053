using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Models;

/// <summary>Every option of a match space.</summary>
public sealed class MatchSpaceOptions
{
    /// <summary>Folds of the lasso where there are units enough.</summary>
    public const int UsualLassoFolds = 5;

    /// <summary>How the match space is made.</summary>
    public MatchSpaceKind Kind { get; set; }

    /// <summary>Feature weights (K), for <see cref="MatchSpaceKind.Fixed"/>.</summary>
    public double[]? V { get; set; }

    /// <summary>Lasso penalties to try; <c>null</c> makes 100 of them from the data, and a single one is taken without cross-validation.</summary>
    public double[]? VPens { get; set; }

    /// <summary>Whether features are divided by their norm (after centring) before they are penalised.</summary>
    public bool Normalize { get; set; } = true;

    /// <summary>Cross-validation folds of the lasso: contiguous and not shuffled; <c>null</c> is <see cref="UsualLassoFolds"/>, or as many as there are units.</summary>
    public int? LassoFolds { get; set; }

    /// <summary>The folds for a number of units.</summary>
    internal int FoldsFor(int units) => LassoFolds ?? Math.Min(UsualLassoFolds, Math.Max(units, 2));

    /// <summary>The lasso's method.</summary>
    public LassoSolver LassoSolver { get; set; }

    /// <summary>The lasso stops at a duality gap of this share of ‖Y‖² (the reference's: 1e−4).</summary>
    public double LassoTol { get; set; } = 1e-10;

    /// <summary>Sweeps after which the lasso gives up (the reference's: 1,000).</summary>
    public int LassoMaxIter { get; set; } = 100_000;

    /// <summary>Takes the largest penalty whose error is within this many standard errors of the lowest; <c>null</c> takes the lowest.</summary>
    public double? SeFactor { get; set; }

    /// <summary>Share of the units fitted, drawn with <see cref="Seed"/>, on which the lasso runs; in (0, 1].</summary>
    public double SampleFraction { get; set; } = 1;

    /// <summary>Seed of the sample.</summary>
    public uint Seed { get; set; }

    /// <summary>Averages targets over blocks of this many neighbouring columns before the lasso; <c>null</c> leaves them.</summary>
    public int? TargetBlock { get; set; }

    /// <summary>Share of the outcome part in the weights of <see cref="MatchSpaceKind.DLasso"/>; in [0, 1].</summary>
    public double TreatmentShare { get; set; } = 0.5;
}
