namespace SparseSC.Numerics.Optimization;

/// <summary>How a search ended.</summary>
/// <param name="Status">Why it ended.</param>
/// <param name="Value">The objective as the search knows it at its end.</param>
/// <param name="Iterations">Iterations made.</param>
public readonly record struct SearchResult(SearchStatus Status, double Value, int Iterations)
{
    /// <summary>Whether the end point is not a solution.</summary>
    public bool Failed => Status is SearchStatus.IterationLimit or SearchStatus.NoFirstStep;
}
