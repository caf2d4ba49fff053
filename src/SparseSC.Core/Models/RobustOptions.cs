namespace SparseSC.Core.Models;

/// <summary>Options of robust synthetic control.</summary>
public sealed class RobustOptions
{
    /// <summary>How many singular values of the donors' outcomes are kept, at least 1; <c>null</c> chooses the number by predicting controls.</summary>
    public int? Rank { get; set; }

    /// <summary>The ridge penalty of the regression on what is kept, 0 or more.</summary>
    public double Ridge { get; set; }
}
