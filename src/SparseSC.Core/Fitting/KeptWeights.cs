namespace SparseSC.Core.Fitting;

/// <summary>Which unit weights a model keeps. Those of all units are N×C numbers, which nobody reads where a few are treated.</summary>
public enum KeptWeights
{
    /// <summary>Those of the treated units; all where none is treated.</summary>
    Treated,

    /// <summary>Those of every unit.</summary>
    All,

    /// <summary>None.</summary>
    None,
}
