using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Optimization;

/// <summary>The points that carry weight in Wolfe's method (he calls them the corral), with their products.</summary>
internal sealed unsafe class Corral
{
    private readonly List<int> _members = [];
    private readonly AlignedMatrix _points = new(1, 1);
    private readonly AlignedMatrix _gram = new(1, 1);
    private readonly AffineMinimum _affine = new();

    /// <summary>The column of a member.</summary>
    public int this[int index] => _members[index];

    public bool Contains(int column) => _members.Contains(column);

    /// <summary>Begins with one point.</summary>
    public void Start(AlignedMatrix points, int column)
    {
        // In K dimensions K + 1 points can be affinely independent; one more is seen to be dependent.
        int most = Math.Min(points.Columns, points.Rows + 2);
        _members.Clear();
        _points.Reshape(most, points.Rows);
        _gram.Reshape(most, most);
        TryAdd(points, column);
    }

    /// <summary>Adds a point, or says that no more can be independent.</summary>
    public bool TryAdd(AlignedMatrix points, int column)
    {
        int last = _members.Count;
        if (last == _points.Rows)
        {
            return false;
        }

        Span<double> added = _points.Row(last);
        for (int k = 0; k < added.Length; k++)
        {
            added[k] = points[k, column];
        }

        _members.Add(column);
        for (int i = 0; i <= last; i++)
        {
            double product = 0;
            ReadOnlySpan<double> member = _points.Row(i);
            for (int k = 0; k < added.Length; k++)
            {
                product += member[k] * added[k];
            }

            _gram[i, last] = product;
            _gram[last, i] = product;
        }

        return true;
    }

    public void Remove(int column)
    {
        int index = _members.IndexOf(column);
        if (index >= 0)
        {
            RemoveAt(index);
        }
    }

    public void RemoveAt(int index)
    {
        int count = _members.Count;
        _members.RemoveAt(index);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = _gram.Row(i)[..count];
            row[(index + 1)..].CopyTo(row[index..]);
        }

        for (int i = index; i + 1 < count; i++)
        {
            _gram.Row(i + 1).CopyTo(_gram.Row(i));
            _points.Row(i + 1).CopyTo(_points.Row(i));
        }
    }

    /// <summary>Writes the weighted sum of the members, 1×K.</summary>
    public void Mean(double[] weights, AlignedMatrix mean)
    {
        mean.Clear();
        for (int i = 0; i < _members.Count; i++)
        {
            double weight = weights[_members[i]];
            GemmKernel.Add(mean.Pointer, mean.Stride, 1, &weight, 0, 0, 1, _points.Pointer + ((nint)i * _points.Stride), _points.Stride, _points.Stride);
        }
    }

    /// <summary>See <see cref="Optimization.AffineMinimum"/>.</summary>
    public double[]? AffineMinimum() => _affine.Solve(_gram, _members.Count);
}
