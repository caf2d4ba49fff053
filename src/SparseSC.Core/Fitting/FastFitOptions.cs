using SparseSC.Core.Data;
using SparseSC.Core.MatchSpace;

namespace SparseSC.Core.Fitting;

/// <summary>How the fast fit chooses the penalty on the unit weights.</summary>
public enum WPenRule : long
{
    /// <summary>By ridge leave-one-out over the features.</summary>
    Ridge,

    /// <summary>By the matching score: Σe² over the units fitted.</summary>
    Score,
}

/// <summary>Every option of the fast fit.</summary>
public sealed class FastFitOptions
{
    /// <summary>The model type; <c>null</c> means retrospective with treated units and full without.</summary>
    public ModelType? ModelType { get; set; }

    /// <summary>How features and their weights are chosen.</summary>
    public MatchSpaceOptions MatchSpace { get; set; } = new();

    /// <summary>Penalties on ‖W − 1/n‖² to try; <c>null</c> means 40 values from 1e−5 to 1e5.</summary>
    public double[]? WPens { get; set; }

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

    /// <summary>The same options in an object of their own; arrays are shared.</summary>
    internal FastFitOptions Copy() => (FastFitOptions)MemberwiseClone();
}
