namespace SparseSC.Core.Fitting;

/// <summary>Whose numbers a file of a result holds.</summary>
public enum WrittenUnits
{
    /// <summary>Those of every unit.</summary>
    All,

    /// <summary>Those of the treated units; of every unit where none is treated.</summary>
    Treated,

    /// <summary>None.</summary>
    None,
}
