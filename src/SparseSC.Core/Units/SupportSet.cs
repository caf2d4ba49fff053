namespace SparseSC.Core.Units;

/// <summary>The features in play at one point: those with v &gt; 0.</summary>
internal sealed class SupportSet
{
    private double[] _point = [];
    private int[] _positions = [];

    public SupportSet(int features)
    {
        Indices = new int[features];
        Roots = new double[features];
        Values = new double[features];
        _point = new double[features];
        _positions = new int[features];
    }

    public int Count { get; private set; }

    /// <summary>Features in play, ascending; the first <see cref="Count"/> entries.</summary>
    public int[] Indices { get; }

    /// <summary>v of the features in play.</summary>
    public double[] Values { get; }

    /// <summary>√v of the features in play.</summary>
    public double[] Roots { get; }

    /// <summary>Whether all features are in play, so that matrices need no gathering.</summary>
    public bool IsFull => Count == _point.Length;

    /// <summary>Position of a feature among those in play, or −1.</summary>
    public int PositionOf(int feature) => _positions[feature];

    public bool Holds(ReadOnlySpan<double> point) => point.SequenceEqual(_point);

    public void Set(ReadOnlySpan<double> point)
    {
        point.CopyTo(_point);
        Count = 0;
        for (int k = 0; k < point.Length; k++)
        {
            _positions[k] = -1;
            if (point[k] > 0)
            {
                _positions[k] = Count;
                Indices[Count] = k;
                Values[Count] = point[k];
                Roots[Count] = Math.Sqrt(point[k]);
                Count++;
            }
        }
    }
}
