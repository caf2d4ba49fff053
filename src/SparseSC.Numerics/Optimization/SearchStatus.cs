namespace SparseSC.Numerics.Optimization;

/// <summary>Why a search ended.</summary>
public enum SearchStatus : long
{
    /// <summary>The tolerance was met.</summary>
    Converged,

    /// <summary>The gradient vanishes in every direction that is not blocked.</summary>
    Stationary,

    /// <summary>No step along the search direction improves the objective.</summary>
    LineSearchEnded,

    /// <summary>The search cannot leave the origin.</summary>
    StuckAtOrigin,

    /// <summary>The iterations ran out: a failure.</summary>
    IterationLimit,

    /// <summary>Not even an infinitesimal first step improves the objective: a failure.</summary>
    NoFirstStep,
}
