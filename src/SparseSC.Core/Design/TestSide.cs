namespace SparseSC.Core.Design;

/// <summary>Which effects a test looks for.</summary>
public enum TestSide : long
{
    /// <summary>Effects of either sign: the sum of absolute residuals.</summary>
    TwoSided,

    /// <summary>Effects of the sign of the one simulated: the sum of residuals, or its negative. No effect counts as a negative one.</summary>
    OneSided,
}
