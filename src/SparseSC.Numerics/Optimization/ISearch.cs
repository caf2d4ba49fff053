namespace SparseSC.Numerics.Optimization;

/// <summary>A minimiser over the orthant or the simplex. Instances keep scratch memory and serve one thread at a time.</summary>
public interface ISearch
{
    /// <summary>Minimises <paramref name="objective"/> from the start in <paramref name="point"/>, which receives the end point.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    SearchResult Minimize(IObjective objective, Span<double> point, SearchOptions options, CancellationToken cancellationToken = default);
}
