using SparseSC.Core.Effects.Estimators;

namespace SparseSC.Core.Models;

/// <summary>Where unit weights live.</summary>
public enum UnitWeightKind : long
{
    /// <summary>As the fast or the joint fit finds them: of any sign, under a penalty.</summary>
    Penalised,

    /// <summary>Classic synthetic control: not negative, with sum one.</summary>
    Simplex,

    /// <summary>Equal weights with a fixed effect per unit.</summary>
    DifferenceInDifferences,
}
