using SparseSC.Core.Data;

namespace SparseSC.Core.Models;

/// <summary>How the fast fit chooses the penalty on the unit weights.</summary>
public enum WPenRule : long
{
    /// <summary>By ridge leave-one-out over the features.</summary>
    Ridge,

    /// <summary>By the matching score: Σe² over the units fitted.</summary>
    Score,
}

/// <summary>Which unit-weight penalties ridge leave-one-out tries.</summary>
public enum WPenGrid : long
{
    /// <summary>40 values from 1e−5 to 1e5 times the scale of the features, so that the unit of measurement changes nothing.</summary>
    Relative,

    /// <summary>The values themselves, as the reference has them.</summary>
    Absolute,
}

/// <summary>Every option of the fast fit.</summary>
public sealed class FastFitOptions
{
    /// <summary>The model type; <c>null</c> means retrospective with treated units and full without.</summary>
    public ModelType? ModelType { get; set; }

    /// <summary>How features and their weights are chosen.</summary>
    public MatchSpaceOptions MatchSpace { get; set; } = new();

    /// <summary>How covariates enter; <c>null</c> scales those of data that say which features are covariates.</summary>
    public CovariateScale? Scale { get; set; }

    /// <summary>Penalties on ‖W − 1/n‖² to try, as they are; <c>null</c> means those of <see cref="WPenGrid"/>.</summary>
    public double[]? WPens { get; set; }

    /// <summary>The penalties tried when none are given.</summary>
    public WPenGrid WPenGrid { get; set; }

    /// <summary>How one of them is chosen.</summary>
    public WPenRule WPenBy { get; set; }

    /// <summary>N×C: which control (column) may be a donor of which unit (row); <c>null</c> allows all. A unit is never its own donor.</summary>
    public bool[,]? DonorPool { get; set; }

    /// <summary>Other targets to predict with the same weights, one row per unit, or <c>null</c>.</summary>
    public FeatureMatrix? AuxiliaryTargets { get; set; }

    /// <summary>Threads to use; 0 means one per processor. Results do not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; set; }

    /// <summary>Whether the N×C matrix of unit weights is made; predictions do not need it.</summary>
    public bool KeepWeights { get; set; } = true;

    /// <summary>Whether an effect needs the weights of treated units only.</summary>
    internal bool TreatedWeightsOnly { get; set; }

    /// <summary>Which unit weights are made.</summary>
    internal KeptUnits Kept => !KeepWeights ? KeptUnits.None : TreatedWeightsOnly ? KeptUnits.Treated : KeptUnits.All;

    /// <summary>The same options in an object of their own; arrays are shared.</summary>
    internal FastFitOptions Copy() => (FastFitOptions)MemberwiseClone();
}
