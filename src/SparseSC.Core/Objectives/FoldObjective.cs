using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Objectives;

/// <summary>The objective over donor blocks (k-fold and cross-train).</summary>
internal sealed class FoldObjective : PenalisedObjective
{
    private FoldObjectiveData _data = null!;
    private BlockEvaluator[] _evaluators = [];

    /// <summary>Sets the problem and the penalties; reuses the memory of the problem before.</summary>
    public void Bind(FoldObjectiveData data, double w, double lambda)
    {
        _data = data;
        Start(data.Data.Features, lambda);
        if (_evaluators.Length < data.Blocks.Length)
        {
            int have = _evaluators.Length;
            Array.Resize(ref _evaluators, data.Blocks.Length);
            for (int i = have; i < _evaluators.Length; i++)
            {
                _evaluators[i] = new BlockEvaluator();
            }
        }

        for (int i = 0; i < data.Blocks.Length; i++)
        {
            _evaluators[i].Bind(data.Blocks[i], w);
        }
    }

    protected override double Loss()
    {
        double sum = _data.UncoveredNorm;
        for (int i = 0; i < _data.Blocks.Length; i++)
        {
            sum += _evaluators[i].Value(Support, Scratch);
        }

        return sum;
    }

    protected override void AddLossGradient(Span<double> gradient)
    {
        for (int i = 0; i < _data.Blocks.Length; i++)
        {
            _evaluators[i].AddGradient(Support, Scratch, gradient);
        }
    }

    protected override void AddLossHessian(ReadOnlySpan<int> coordinates, AlignedMatrix hessian)
    {
        for (int i = 0; i < _data.Blocks.Length; i++)
        {
            _evaluators[i].AddHessian(Support, Scratch, HessianScratch, coordinates, hessian);
        }
    }
}
