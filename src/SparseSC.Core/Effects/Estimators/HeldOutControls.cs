namespace SparseSC.Core.Effects.Estimators;

/// <summary>Controls that a fit held out.</summary>
/// <param name="Synthetic">Their synthetic outcomes over the window, one row each.</param>
/// <param name="Weights">Their weights on all controls of the sample, 0 for those held out, one row each; <c>null</c> when they are not needed.</param>
internal sealed record HeldOutControls(double[,] Synthetic, double[,]? Weights);
