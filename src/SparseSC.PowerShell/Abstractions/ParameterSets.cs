namespace SparseSC.PowerShell.Abstractions;

/// <summary>Names of parameter sets: parameters that are used together.</summary>
/// <remarks>
/// What selects a set is a parameter of the others too, where it is not shown, so that a contradiction is told in our words and names the
/// parameter: PowerShell would only say that no set fits.
/// </remarks>
internal static class ParameterSets
{
    /// <summary>The joint fit.</summary>
    public const string Joint = "Joint";

    /// <summary>The fast fit.</summary>
    public const string Fast = "Fast";

    /// <summary>Unit weights without a penalty.</summary>
    public const string UnitWeight = "UnitWeight";

    /// <summary>Estimators that compare the mean of treated units with their donors.</summary>
    public const string Mean = "Mean";

    /// <summary>The conformal test.</summary>
    public const string Conformal = "Conformal";
}
