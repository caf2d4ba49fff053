namespace SparseSC.Core.Models;

/// <summary>The tests of an effect besides its own placebos.</summary>
public enum EffectTestKind : long
{
    /// <summary>Every control as if it were treated.</summary>
    Space,

    /// <summary>The treatment dated back.</summary>
    Time,

    /// <summary>Each donor left out.</summary>
    LeaveOneOut,

    /// <summary>Residuals after the treatment against those before, under a hypothesis.</summary>
    Conformal,
}
