namespace SparseSC.Numerics.Optimization;

/// <summary>Columns as QR, which can be added at the end and taken out anywhere.</summary>
/// <remarks>Gram-Schmidt with a second pass, and plane rotations: Daniel, Gragg, Kaufman, Stewart (1976).</remarks>
internal sealed class OrthogonalColumns
{
    private readonly List<double[]> _q = [];
    private readonly List<double[]> _r = [];

    /// <summary>Numbers in a column.</summary>
    public int Rows { get; private set; }

    /// <summary>The columns there are.</summary>
    public int Count => _q.Count;

    /// <summary>Forgets all columns.</summary>
    public void Reset(int rows)
    {
        Rows = rows;
        _q.Clear();
        _r.Clear();
    }

    /// <summary>Adds a column, unless it depends on those there are.</summary>
    /// <param name="column">The column, which is overwritten.</param>
    /// <param name="dependent">It depends when no more than this share of it is left.</param>
    public bool TryAdd(double[] column, double dependent)
    {
        double length = Norm(column);
        double[] products = new double[Count + 1];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < Count; i++)
            {
                double[] q = _q[i];
                double product = 0;
                for (int k = 0; k < q.Length; k++)
                {
                    product += q[k] * column[k];
                }

                products[i] += product;
                for (int k = 0; k < q.Length; k++)
                {
                    column[k] -= product * q[k];
                }
            }
        }

        double left = Norm(column);
        if (!(left > dependent * length))
        {
            return false;
        }

        for (int k = 0; k < column.Length; k++)
        {
            column[k] /= left;
        }

        products[^1] = left;
        _q.Add(column);
        _r.Add(products);
        return true;
    }

    /// <summary>Takes a column out.</summary>
    public void RemoveAt(int index)
    {
        _r.RemoveAt(index);
        for (int j = index; j < _r.Count; j++)
        {
            // Column j has one number too many below the diagonal; the rotation of rows j and j + 1 takes it away.
            double a = _r[j][j];
            double b = _r[j][j + 1];
            double length = Math.Sqrt((a * a) + (b * b));
            double cosine = a / length;
            double sine = b / length;
            for (int k = j; k < _r.Count; k++)
            {
                double upper = _r[k][j];
                double lower = _r[k][j + 1];
                _r[k][j] = (cosine * upper) + (sine * lower);
                _r[k][j + 1] = (cosine * lower) - (sine * upper);
            }

            _r[j] = _r[j][..(j + 1)];
            double[] first = _q[j];
            double[] second = _q[j + 1];
            for (int i = 0; i < first.Length; i++)
            {
                double upper = first[i];
                first[i] = (cosine * upper) + (sine * second[i]);
                second[i] = (cosine * second[i]) - (sine * upper);
            }
        }

        _q.RemoveAt(_q.Count - 1);
    }

    /// <summary>Weights with sum one of the point of the columns' affine hull that is nearest to 0.</summary>
    /// <remarks>R'y = 1, R u = y, weights u/Σu.</remarks>
    public double[] Affine()
    {
        double[] y = Forward();
        double total = 0;
        foreach (double value in y)
        {
            total += value * value;
        }

        for (int i = y.Length - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < y.Length; k++)
            {
                y[i] -= _r[k][i] * y[k];
            }

            y[i] /= _r[i][i];
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] /= total;
        }

        return y;
    }

    /// <summary>That point, and its squared distance from 0.</summary>
    public double[] Nearest(out double distance)
    {
        double[] y = Forward();
        double total = 0;
        double[] point = new double[Rows];
        for (int i = 0; i < y.Length; i++)
        {
            total += y[i] * y[i];
            double[] q = _q[i];
            for (int k = 0; k < q.Length; k++)
            {
                point[k] += y[i] * q[k];
            }
        }

        for (int k = 0; k < point.Length; k++)
        {
            point[k] /= total;
        }

        distance = 1 / total;
        return point;
    }

    private double[] Forward()
    {
        double[] y = new double[Count];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = 1;
            double[] column = _r[i];
            for (int k = 0; k < i; k++)
            {
                y[i] -= column[k] * y[k];
            }

            y[i] /= column[i];
        }

        return y;
    }

    private static double Norm(double[] column)
    {
        double sum = 0;
        foreach (double value in column)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
