namespace SparseSC.Core.Data;

/// <summary>What a fit needs of the data: features X (N×K), targets Y (N×T) and the rows of the treated units.</summary>
public sealed class FitData
{
    /// <summary>Creates the data of a fit; nothing is copied. The fit itself validates.</summary>
    /// <param name="features">X, N×K.</param>
    /// <param name="targets">Y, N×T.</param>
    /// <param name="treatedUnits">Zero-based rows of the treated units; <c>null</c> for none.</param>
    /// <param name="covariates">How many of the features, the first ones, are covariates; <c>null</c> when that is not known.</param>
    public FitData(FeatureMatrix features, FeatureMatrix targets, IReadOnlyList<int>? treatedUnits = null, int? covariates = null)
    {
        Features = features ?? throw new ArgumentNullException(nameof(features));
        Targets = targets ?? throw new ArgumentNullException(nameof(targets));
        TreatedUnits = treatedUnits?.ToArray() ?? [];
        Covariates = covariates;
    }

    /// <summary>X, N×K: what units are matched on.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>Y, N×T: what is predicted.</summary>
    public FeatureMatrix Targets { get; }

    /// <summary>Zero-based rows of the treated units, in the order given; empty for a full model.</summary>
    public int[] TreatedUnits { get; }

    /// <summary>What was made up or left out when the data were put together, for the warnings of the fit.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// How many of the first features are covariates, which have units of their own, and not outcomes before the treatment; <c>null</c>
    /// when that is not known.
    /// </summary>
    public int? Covariates { get; }

    /// <summary>What was done to the features; <c>null</c> when they are as they were given.</summary>
    internal FeatureScaling? Scaling { get; init; }

    /// <summary>Names of the units, from the targets or the features, or <c>null</c>.</summary>
    public IReadOnlyList<string>? UnitNames => Targets.RowNames ?? Features.RowNames;
}
