using SparseSC.Azure.Batch;

namespace SparseSC.Azure.Jobs.Pools;

/// <summary>The pool that a run will have: one that is there, or one to be made from an image.</summary>
/// <param name="Existing">The pool that is there; <c>null</c> when one is to be made.</param>
/// <param name="Image">The image of one to be made; <c>null</c> when one is there.</param>
/// <param name="Slots">Tasks that it runs at once.</param>
internal sealed record PoolChoice(BatchPool? Existing, ImageChoice? Image, int Slots);
