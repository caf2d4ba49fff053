namespace SparseSC.Core.Models;

/// <summary>The placebo combinations of one run, one list per statistic; <c>null</c> where they are not drawn.</summary>
internal sealed class RecordedCombinations
{
    /// <summary>Of the match diagnostic, one list per treatment time.</summary>
    public IReadOnlyList<IReadOnlyList<int[]>>? Match { get; init; }

    public IReadOnlyList<int[]>? PreFit { get; init; }

    public IReadOnlyList<int[]>? PostFit { get; init; }

    public IReadOnlyList<int[]>? Effect { get; init; }

    public IReadOnlyList<int[]>? ScaledEffect { get; init; }
}
