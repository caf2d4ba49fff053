namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices by cyclic Jacobi rotations.</summary>
/// <remarks>Source: Golub and Van Loan, "Matrix Computations", 4th ed., section 8.5. Allocation-free after the first call of a size.</remarks>
internal sealed class SymmetricEigen
{
    private const int MaxSweeps = 30;
    private readonly AlignedMatrix _work = new(0, 0);

    /// <summary>Eigenvalues in no particular order.</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>Eigenvectors as rows, in the order of <see cref="Values"/>.</summary>
    public AlignedMatrix Vectors { get; } = new(0, 0);

    public void Decompose(AlignedMatrix symmetric)
    {
        int n = symmetric.Rows;
        if (Values.Length < n)
        {
            Values = new double[n];
        }

        _work.Reshape(n, n);
        Vectors.Reshape(n, n);
        Vectors.Clear();
        for (int i = 0; i < n; i++)
        {
            symmetric.Row(i).CopyTo(_work.Row(i));
            Vectors[i, i] = 1;
        }

        for (int sweep = 0; sweep < MaxSweeps && !IsDiagonal(n); sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(p, q);
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            Values[i] = _work[i, i];
        }
    }

    private bool IsDiagonal(int n)
    {
        double off = 0;
        double total = 0;
        for (int i = 0; i < n; i++)
        {
            total += _work[i, i] * _work[i, i];
            for (int j = 0; j < i; j++)
            {
                off += _work[i, j] * _work[i, j];
            }
        }

        return off <= 1e-30 * total;
    }

    private void Rotate(int p, int q)
    {
        double apq = _work[p, q];
        if (apq == 0)
        {
            return;
        }

        double theta = (_work[q, q] - _work[p, p]) / (2 * apq);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        PlaneRotation.Apply(_work.Row(p), _work.Row(q), c, s);
        for (int i = 0; i < _work.Rows; i++)
        {
            double ip = _work[i, p];
            double iq = _work[i, q];
            _work[i, p] = (c * ip) - (s * iq);
            _work[i, q] = (s * ip) + (c * iq);
        }

        PlaneRotation.Apply(Vectors.Row(p), Vectors.Row(q), c, s);
    }
}
