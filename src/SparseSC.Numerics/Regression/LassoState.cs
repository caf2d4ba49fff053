using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <summary>Coefficients of a multi-task lasso and what their residuals look like from the features.</summary>
internal sealed unsafe class LassoState
{
    private double[] _norms = [];

    public LassoProblem Problem { get; private set; } = null!;

    /// <summary>B, K×T.</summary>
    public AlignedMatrix Coefficients { get; } = new(0, 0);

    /// <summary>Q = X'(Y − XB), K×T.</summary>
    public AlignedMatrix Correlations { get; } = new(0, 0);

    /// <summary>Whether a row of B is not zero.</summary>
    public bool[] InPlay { get; private set; } = [];

    /// <summary>Starts from B = 0.</summary>
    public void Bind(LassoProblem problem)
    {
        Problem = problem;
        Coefficients.Reshape(problem.Features, problem.Targets);
        Correlations.Reshape(problem.Features, problem.Targets);
        if (InPlay.Length < problem.Features)
        {
            InPlay = new bool[problem.Features];
            _norms = new double[problem.Features];
        }

        Restart();
    }

    /// <summary>B = 0.</summary>
    public void Restart()
    {
        Coefficients.Clear();
        Array.Clear(InPlay);
        ResetCorrelations();
    }

    /// <summary>Q from B anew, so that the rounding of thousands of updates does not add up.</summary>
    public void ResetCorrelations()
    {
        for (int k = 0; k < Problem.Features; k++)
        {
            Problem.Cross.PaddedRow(k).CopyTo(Correlations.PaddedRow(k));
        }

        Gemm.Subtract(Problem.Gram, Coefficients, Correlations);
    }

    /// <summary>‖Q_k‖ as of the last <see cref="Gap"/>.</summary>
    public double CorrelationNorm(int feature) => _norms[feature];

    /// <summary>The duality gap at λ = αN, of the dual point that scales the residuals into the feasible set by <paramref name="scale"/>.</summary>
    public double Gap(double lambda, out double scale)
    {
        double largest = 0;
        double penalty = 0;
        double fitted = 0;
        double remaining = 0;
        int width = Problem.Targets;
        for (int k = 0; k < Problem.Features; k++)
        {
            _norms[k] = LassoProblem.RowNorm(Correlations, k);
            largest = Math.Max(largest, _norms[k]);
            if (!InPlay[k])
            {
                continue;
            }

            double* b = Coefficients.Pointer + ((nint)k * Coefficients.Stride);
            double* p = Problem.Cross.Pointer + ((nint)k * Problem.Cross.Stride);
            double* q = Correlations.Pointer + ((nint)k * Correlations.Stride);
            double squares = 0;
            for (int t = 0; t < width; t++)
            {
                squares = Math.FusedMultiplyAdd(b[t], b[t], squares);
                fitted = Math.FusedMultiplyAdd(b[t], p[t], fitted);
                remaining = Math.FusedMultiplyAdd(b[t], q[t], remaining);
            }

            penalty += Math.Sqrt(squares);
        }

        // ‖R‖² = ‖Y‖² − 2⟨P, B⟩ + ⟨B, GB⟩ with GB = P − Q, and ⟨R, Y⟩ = ‖Y‖² − ⟨P, B⟩.
        double product = Problem.Squares - fitted;
        double residual = Math.Max(0, product - remaining);
        scale = largest > lambda ? lambda / largest : 1;
        double gap = largest > lambda ? 0.5 * residual * (1 + (scale * scale)) : residual;
        return gap + (lambda * penalty) - (scale * product);
    }

    /// <summary>Moves one row of B by <paramref name="change"/> (a padded row), Q with it.</summary>
    public void Move(int feature, double* change)
    {
        double* b = Coefficients.Pointer + ((nint)feature * Coefficients.Stride);
        for (int t = 0; t < Problem.Targets; t++)
        {
            b[t] += change[t];
        }

        GemmKernel.Subtract(
            Correlations.Pointer, Correlations.Stride, Problem.Features, Problem.Gram.Pointer + ((nint)feature * Problem.Gram.Stride), 1, 0, 1,
            change, 0, Correlations.Stride);
    }
}
