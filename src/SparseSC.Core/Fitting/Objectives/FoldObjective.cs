using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Fitting.Objectives;

/// <summary>Γ(v) = Σ‖e‖² + λ‖v‖₁ over donor blocks (k-fold and cross-train). Mutable scratch; one thread at a time.</summary>
internal sealed class FoldObjective : ITwiceDifferentiable
{
    private readonly BlockScratch _scratch = new();
    private FoldObjectiveData _data = null!;
    private readonly HessianScratch _hessianScratch = new();
    private BlockEvaluator[] _evaluators = [];
    private SupportSet _support = new(0);
    private double _lambda;
    private double _value;
    private bool _isCurrent;

    public int Dimension => _data.Data.Features;

    /// <summary>Sets the problem and the penalties; reuses the memory of the problem before.</summary>
    public void Bind(FoldObjectiveData data, double w, double lambda)
    {
        _data = data;
        _lambda = lambda;
        _isCurrent = false;
        if (_support.Indices.Length != data.Data.Features)
        {
            _support = new SupportSet(data.Data.Features);
        }

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

    public double Value(ReadOnlySpan<double> point)
    {
        if (_isCurrent && _support.Holds(point))
        {
            return _value;
        }

        _isCurrent = false;
        _support.Set(point);
        double sum = _data.UncoveredNorm;
        for (int i = 0; i < _data.Blocks.Length; i++)
        {
            sum += _evaluators[i].Value(_support, _scratch);
        }

        double norm = 0;
        foreach (double v in point)
        {
            norm += Math.Abs(v);
        }

        _value = sum + (_lambda * norm);
        _isCurrent = true;
        return _value;
    }

    public void Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        Value(point);
        gradient.Clear();
        for (int i = 0; i < _data.Blocks.Length; i++)
        {
            _evaluators[i].AddGradient(_support, _scratch, gradient);
        }

        PenalisedGradient.Add(gradient, _lambda);
    }

    public void Hessian(ReadOnlySpan<double> point, ReadOnlySpan<int> coordinates, AlignedMatrix hessian)
    {
        Value(point);
        hessian.Reshape(coordinates.Length, coordinates.Length);
        hessian.Clear();
        for (int i = 0; i < _data.Blocks.Length; i++)
        {
            _evaluators[i].AddHessian(_support, _scratch, _hessianScratch, coordinates, hessian);
        }
    }
}
