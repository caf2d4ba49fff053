using System.Runtime.InteropServices;
using SparseSC.Core.Effects.Estimators;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>The result of one task of an effect estimate.</summary>
/// <param name="Task">Index of the task.</param>
/// <param name="Units">Rows of the controls held out.</param>
/// <param name="Controls">Their synthetic outcomes over the window, and their weights where the estimate needs these.</param>
internal sealed record HeldOutResult(int Task, int[] Units, HeldOutControls Controls) : TaskResult(Task)
{
    public override bool Agrees(TaskResult other) => other is HeldOutResult heldOut
        && Values(Controls.Synthetic).SequenceEqual(Values(heldOut.Controls.Synthetic))
        && Values(Controls.Weights ?? new double[0, 0]).SequenceEqual(Values(heldOut.Controls.Weights ?? new double[0, 0]));

    public static Span<double> Values(double[,] matrix) =>
        matrix.Length == 0 ? [] : MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);
}
