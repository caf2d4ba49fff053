namespace SparseSC.Core.Models;

/// <summary>Whose numbers a result keeps or a file holds. Unit weights of all are N×C numbers, which nobody reads where a few are treated.</summary>
public enum KeptUnits
{
    /// <summary>Those of the treated units; of every unit where none is treated.</summary>
    Treated,

    /// <summary>Those of every unit.</summary>
    All,

    /// <summary>None.</summary>
    None,
}
