namespace SparseSC.Core.Models;

/// <summary>How the weights of synthetic difference in differences are found.</summary>
public enum SdidSolver : long
{
    /// <summary>As the exact minimum of each problem.</summary>
    Exact,

    /// <summary>By Frank-Wolfe steps, which stop early, as the package synthdid does.</summary>
    FrankWolfe,
}
