using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Objectives;

/// <summary>Γ(v) = Σ‖e‖² + λ‖v‖₁; remembers the last point, whose factorisations value, gradient and Hessian share.</summary>
/// <remarks>Mutable scratch: one thread at a time. Allocates nothing once it has seen a problem's size.</remarks>
internal abstract class PenalisedObjective : ITwiceDifferentiable
{
    /// <summary>
    /// A sum this close to zero, relative to λ, is rounding noise. At the maximum penalty the steepest component is zero by
    /// construction, and a search that takes its noise for a direction would step to nowhere.
    /// </summary>
    private const double Noise = 64 * 2.220446049250313e-16;

    private double _lambda;
    private double _value;
    private bool _isCurrent;

    public int Dimension { get; private set; }

    protected BlockScratch Scratch { get; } = new();

    protected HessianScratch HessianScratch { get; } = new();

    protected SupportSet Support { get; private set; } = new(0);

    public double Value(ReadOnlySpan<double> point)
    {
        if (_isCurrent && Support.Holds(point))
        {
            return _value;
        }

        _isCurrent = false;
        Support.Set(point);
        double loss = Loss();
        double norm = 0;
        foreach (double v in point)
        {
            norm += Math.Abs(v);
        }

        _value = loss + (_lambda * norm);
        _isCurrent = true;
        return _value;
    }

    public void Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        Value(point);
        gradient.Clear();
        AddLossGradient(gradient);
        for (int k = 0; k < gradient.Length; k++)
        {
            double sum = gradient[k] + _lambda;
            gradient[k] = Math.Abs(sum) <= Noise * _lambda ? 0 : sum;
        }
    }

    public void Hessian(ReadOnlySpan<double> point, ReadOnlySpan<int> coordinates, AlignedMatrix hessian)
    {
        Value(point);
        hessian.Reshape(coordinates.Length, coordinates.Length);
        hessian.Clear();
        AddLossHessian(coordinates, hessian);
    }

    /// <summary>Starts another problem of <paramref name="features"/> features.</summary>
    protected void Start(int features, double lambda)
    {
        Dimension = features;
        _lambda = lambda;
        _isCurrent = false;
        if (Support.Indices.Length != features)
        {
            Support = new SupportSet(features);
        }
    }

    /// <summary>Σ‖e‖² at <see cref="Support"/>; keeps what the derivatives need.</summary>
    protected abstract double Loss();

    /// <summary>Adds ∂Σ‖e‖²/∂v at the point of the last <see cref="Loss"/>.</summary>
    protected abstract void AddLossGradient(Span<double> gradient);

    /// <summary>Adds ∂²Σ‖e‖²/∂v∂v' among the coordinates, at the point of the last <see cref="Loss"/>.</summary>
    protected abstract void AddLossHessian(ReadOnlySpan<int> coordinates, AlignedMatrix hessian);
}
