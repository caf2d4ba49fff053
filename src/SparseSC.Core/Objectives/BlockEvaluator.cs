using SparseSC.Core.Errors;
using SparseSC.Core.Units;

namespace SparseSC.Core.Objectives;

/// <summary>Evaluates one donor block in whichever form is smaller at the point. Mutable; one thread at a time.</summary>
internal sealed class BlockEvaluator
{
    private PrimalEvaluator? _primal;
    private DualEvaluator? _dual;
    private DonorBlock _block = null!;
    private double _w;
    private bool _isDual;

    public void Bind(DonorBlock block, double w)
    {
        _block = block;
        _w = w;
        if (block.Moments is not null)
        {
            (_primal ??= new PrimalEvaluator()).Bind(block, w);
        }

        if (block.Rows is not null)
        {
            (_dual ??= new DualEvaluator()).Bind(block, w);
        }
    }

    /// <summary>Σ‖e‖² over the block's units.</summary>
    /// <exception cref="SingularSystemException">The weights are not unique.</exception>
    public double Value(SupportSet support, BlockScratch scratch)
    {
        // Without a unit-weight penalty only the donors' own system can have a unique solution.
        _isDual = _block.Rows is not null && (_block.Moments is null || _w == 0 || _block.DonorCount < support.Count);
        bool solved = _isDual
            ? _dual!.TryValue(support, scratch, out double value)
            : _primal!.TryValue(support, scratch, out value);
        return solved
            ? value
            : throw new SingularSystemException(
                $"The unit weights are not unique: {_block.DonorCount} donors, {support.Count} matched features, {{WPen}} = {_w:R}. Give a larger {{WPen}}; its scale is the mean variance of the features.");
    }

    public void AddGradient(SupportSet support, BlockScratch scratch, Span<double> gradient)
    {
        if (_isDual)
        {
            _dual!.AddGradient(support, scratch, gradient);
        }
        else
        {
            _primal!.AddGradient(support, scratch, gradient);
        }
    }

    public void AddHessian(SupportSet support, BlockScratch scratch, HessianScratch work, ReadOnlySpan<int> coordinates, Numerics.LinearAlgebra.AlignedMatrix hessian)
    {
        if (_isDual)
        {
            _dual!.AddHessian(support, scratch, work, coordinates, hessian);
        }
        else
        {
            _primal!.AddHessian(support, scratch, work, coordinates, hessian);
        }
    }
}
