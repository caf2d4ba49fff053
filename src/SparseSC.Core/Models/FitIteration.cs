namespace SparseSC.Core.Models;

/// <summary>One cross-validation of the alternating search and what was chosen from it.</summary>
public sealed class FitIteration
{
    /// <summary>v penalties tried: one value or the list.</summary>
    public double[] VPen { get; set; } = [];

    /// <summary>w penalties tried: one value or the list.</summary>
    public double[] WPen { get; set; } = [];

    /// <summary>Cross-validation score per penalty tried.</summary>
    public double[] Scores { get; set; } = [];

    /// <summary>Standard error per penalty tried.</summary>
    public double[] ScoreStandardErrors { get; set; } = [];

    /// <summary>Index of the penalty chosen, or <c>null</c> when there was nothing to choose.</summary>
    public int? SelectedIndex { get; set; }

    /// <summary>The v penalty chosen.</summary>
    public double FittedVPen { get; set; }

    /// <summary>The w penalty chosen.</summary>
    public double FittedWPen { get; set; }

    /// <summary>The score of the choice.</summary>
    public double Score { get; set; }
}

/// <summary>One cross-validation fold: its rows, relative to the matrix cross-validated, and its score per penalty.</summary>
public sealed class FoldScores
{
    /// <summary>Rows fitted.</summary>
    public int[] Train { get; set; } = [];

    /// <summary>Rows held out.</summary>
    public int[] Test { get; set; } = [];

    /// <summary>Sum of squared errors of the rows held out, per penalty.</summary>
    public double[] Scores { get; set; } = [];
}
