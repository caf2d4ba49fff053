namespace SparseSC.Core.Models;

/// <summary>How one of the penalties tried is chosen from its cross-validation scores.</summary>
public enum PenaltyChoice : long
{
    /// <summary>The penalty with the lowest score (the first of several).</summary>
    Min,

    /// <summary>In the order tried, the first whose score plus standard error is below every later score, else the last.</summary>
    OneStandardError,
}
