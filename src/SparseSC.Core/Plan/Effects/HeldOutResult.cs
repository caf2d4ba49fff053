using System.Runtime.InteropServices;

namespace SparseSC.Core.Plan.Effects;

/// <summary>What one task of effects computed.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="Units">Rows of the controls held out.</param>
/// <param name="Synthetic">Their synthetic outcomes over the window, one row each.</param>
internal sealed record HeldOutResult(int Task, int[] Units, double[,] Synthetic) : TaskResult(Task)
{
    public override bool Agrees(TaskResult other) => other is HeldOutResult heldOut && Values(Synthetic).SequenceEqual(Values(heldOut.Synthetic));

    public static Span<double> Values(double[,] matrix) =>
        matrix.Length == 0 ? [] : MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);
}
