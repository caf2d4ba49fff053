namespace SparseSC.Core.Models;

/// <summary>How far a fit is.</summary>
/// <param name="Stage">What is being done, in words.</param>
/// <param name="Iteration">Iteration of the alternating search, from 0.</param>
/// <param name="Completed">Searches done in this stage.</param>
/// <param name="Total">Searches of this stage.</param>
public readonly record struct FitProgress(string Stage, int Iteration, int Completed, int Total);
