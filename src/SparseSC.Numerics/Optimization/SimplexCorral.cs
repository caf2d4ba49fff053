using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>The points that carry weight, known by their products, with the Cholesky factor of what <see cref="AffineMinimum"/> solves.</summary>
internal sealed class SimplexCorral
{
    private const double Dependent = 1e-13;

    private readonly List<int> _members = [];
    private AlignedMatrix _gram = new(1, 1);
    private double[][] _factor = [];
    private double[] _ones = [];
    private double[] _solution = [];
    private double _shift;

    public IReadOnlyList<int> Members => _members;

    /// <summary>Begins without a point.</summary>
    /// <param name="gram">Products of all points.</param>
    /// <param name="shift">c &gt; 0, of the size of the products.</param>
    public void Start(AlignedMatrix gram, double shift)
    {
        _gram = gram;
        _shift = shift > 0 ? shift : 1;
        _members.Clear();
    }

    /// <summary>Adds a point, unless it is affinely dependent on those there are.</summary>
    public bool TryAdd(int point)
    {
        if (_members.Count == _factor.Length)
        {
            Grow();
        }

        _members.Add(point);
        if (Factor(_members.Count - 1))
        {
            return true;
        }

        _members.RemoveAt(_members.Count - 1);
        return false;
    }

    /// <summary>Removes a point.</summary>
    /// <returns>Others that had to leave with it: rounding made them dependent without it.</returns>
    public IReadOnlyList<int> RemoveAt(int index)
    {
        _members.RemoveAt(index);
        List<int>? others = null;
        for (int i = index; i < _members.Count; i++)
        {
            if (!Factor(i))
            {
                (others ??= []).Add(_members[i]);
                _members.RemoveAt(i--);
            }
        }

        return others ?? (IReadOnlyList<int>)[];
    }

    /// <summary>The weights with sum one, of any sign, that minimise w'Gw − 2c'w over the points there are.</summary>
    /// <remarks>With s &gt; 0: (G + s·11')w = c + μ1, a positive definite system for affinely independent points, and μ such that the sum is one.</remarks>
    public ReadOnlySpan<double> AffineMinimum(ReadOnlySpan<double> linear)
    {
        int n = _members.Count;
        Span<double> solution = _solution.AsSpan(0, n);
        Span<double> ones = _ones.AsSpan(0, n);
        for (int i = 0; i < n; i++)
        {
            solution[i] = linear[_members[i]];
            ones[i] = 1;
        }

        Solve(solution, ones);
        double sum = 0;
        double all = 0;
        for (int i = 0; i < n; i++)
        {
            sum += solution[i];
            all += ones[i];
        }

        double multiplier = (1 - sum) / all;
        for (int i = 0; i < n; i++)
        {
            solution[i] += multiplier * ones[i];
        }

        return solution;
    }

    // Row i of the lower factor.
    private bool Factor(int i)
    {
        int point = _members[i];
        double[] row = _factor[i];
        double diagonal = _gram[point, point] + _shift;
        double pivot = diagonal;
        for (int k = 0; k < i; k++)
        {
            double[] other = _factor[k];
            double value = _gram[point, _members[k]] + _shift;
            for (int l = 0; l < k; l++)
            {
                value -= row[l] * other[l];
            }

            value /= other[k];
            row[k] = value;
            pivot -= value * value;
        }

        row[i] = pivot > Dependent * diagonal ? Math.Sqrt(pivot) : 0;
        return row[i] > 0;
    }

    private void Solve(Span<double> first, Span<double> second)
    {
        for (int i = 0; i < first.Length; i++)
        {
            double[] row = _factor[i];
            double a = first[i];
            double b = second[i];
            for (int k = 0; k < i; k++)
            {
                a -= row[k] * first[k];
                b -= row[k] * second[k];
            }

            first[i] = a / row[i];
            second[i] = b / row[i];
        }

        for (int i = first.Length - 1; i >= 0; i--)
        {
            double[] row = _factor[i];
            double a = first[i] / row[i];
            double b = second[i] / row[i];
            first[i] = a;
            second[i] = b;
            for (int k = 0; k < i; k++)
            {
                first[k] -= row[k] * a;
                second[k] -= row[k] * b;
            }
        }
    }

    private void Grow()
    {
        int size = Math.Max(16, _factor.Length * 2);
        int known = _factor.Length;
        Array.Resize(ref _factor, size);
        for (int i = 0; i < size; i++)
        {
            double[] row = new double[i < known ? _factor[i].Length : i + 1];
            if (i < known)
            {
                _factor[i].CopyTo(row, 0);
            }

            _factor[i] = row;
        }

        _ones = new double[size];
        _solution = new double[size];
    }
}
