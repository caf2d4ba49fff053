namespace SparseSC.Core.Models;

/// <summary>What a diagnostic says by its rule.</summary>
public enum DiagnosticVerdict : long
{
    /// <summary>Nothing speaks against the estimate here.</summary>
    Good,

    /// <summary>Look at it before believing the estimate.</summary>
    Doubtful,

    /// <summary>The estimate should not be believed without a reason of its own.</summary>
    Bad,
}
