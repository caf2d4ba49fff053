namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>The thin singular value decomposition A = U S V' by one-sided Jacobi rotations, to high relative accuracy.</summary>
/// <remarks>
/// Rows are orthogonalised twice by modified Gram–Schmidt first when there are more of them than columns, so that the rotations run
/// on a square matrix. Source: Demmel and Veselić (1992), "Jacobi's method is more accurate than QR", SIAM J. Matrix Anal. Appl. 13.
/// </remarks>
public sealed class ThinSingularValues
{
    private const double Epsilon = 2.220446049250313e-16;
    private const int MaxSweeps = 60;

    /// <summary>Decomposes an n×K matrix.</summary>
    public ThinSingularValues(AlignedMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Rows > matrix.Columns)
        {
            AlignedMatrix basis = Transpose(matrix);
            AlignedMatrix triangle = Orthogonalise(basis);
            AlignedMatrix rotation = Rotate(triangle);
            (Values, VectorsTransposed) = Normalise(triangle);
            Left = Combine(rotation, basis);
        }
        else
        {
            AlignedMatrix rows = Copy(matrix);
            AlignedMatrix rotation = Rotate(rows);
            (Values, VectorsTransposed) = Normalise(rows);
            Left = rotation;
        }
    }

    /// <summary>Singular values, in no particular order; as many as the smaller dimension. One that is rounding alone is zero.</summary>
    public double[] Values { get; }

    /// <summary>V', one row per singular value; a zero row where the value is zero.</summary>
    public AlignedMatrix VectorsTransposed { get; }

    /// <summary>U', one row per singular value.</summary>
    public AlignedMatrix Left { get; }

    /// <summary>Orthonormalises rows in place and returns R with A = QR, where the given rows are the columns of A.</summary>
    private static AlignedMatrix Orthogonalise(AlignedMatrix rows)
    {
        int count = rows.Rows;
        AlignedMatrix r = new(count, count);
        for (int k = 0; k < count; k++)
        {
            double original = Norm(rows.Row(k));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < k; j++)
                {
                    double dot = Dot(rows.Row(j), rows.Row(k));
                    r[j, k] += dot;
                    AddScaled(rows.Row(k), -dot, rows.Row(j));
                }
            }

            double norm = Norm(rows.Row(k));
            if (norm <= 4 * Epsilon * original)
            {
                // Nothing but rounding is left of a dependent column.
                rows.Row(k).Clear();
                continue;
            }

            r[k, k] = norm;
            Scale(rows.Row(k), 1 / norm);
        }

        return r;
    }

    /// <summary>Makes rows mutually orthogonal in place; returns the rotation J with J·(rows before) = (rows after).</summary>
    private static AlignedMatrix Rotate(AlignedMatrix rows)
    {
        int count = rows.Rows;
        AlignedMatrix rotation = new(count, count);
        for (int i = 0; i < count; i++)
        {
            rotation[i, i] = 1;
        }

        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            bool rotated = false;
            for (int p = 0; p < count - 1; p++)
            {
                for (int q = p + 1; q < count; q++)
                {
                    rotated |= RotatePair(rows, rotation, p, q);
                }
            }

            if (!rotated)
            {
                break;
            }
        }

        return rotation;
    }

    private static bool RotatePair(AlignedMatrix rows, AlignedMatrix rotation, int p, int q)
    {
        double pp = Dot(rows.Row(p), rows.Row(p));
        double qq = Dot(rows.Row(q), rows.Row(q));
        double pq = Dot(rows.Row(p), rows.Row(q));
        if (Math.Abs(pq) <= Epsilon * Math.Sqrt(pp) * Math.Sqrt(qq))
        {
            return false;
        }

        double theta = (qq - pp) / (2 * pq);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        PlaneRotation.Apply(rows.Row(p), rows.Row(q), c, t * c);
        PlaneRotation.Apply(rotation.Row(p), rotation.Row(q), c, t * c);
        return true;
    }

    private static (double[] Values, AlignedMatrix Unit) Normalise(AlignedMatrix rows)
    {
        double[] values = [.. Enumerable.Range(0, rows.Rows).Select(j => Norm(rows.Row(j)))];

        // What is left of dependent rows is rounding, and as directions several of them need not even be orthogonal.
        double noise = rows.Columns * Epsilon * values.DefaultIfEmpty().Max();
        for (int j = 0; j < values.Length; j++)
        {
            if (values[j] > noise)
            {
                Scale(rows.Row(j), 1 / values[j]);
            }
            else
            {
                values[j] = 0;
                rows.Row(j).Clear();
            }
        }

        return (values, rows);
    }

    private static AlignedMatrix Combine(AlignedMatrix coefficients, AlignedMatrix rows)
    {
        AlignedMatrix result = new(coefficients.Rows, rows.Columns);
        for (int i = 0; i < result.Rows; i++)
        {
            for (int k = 0; k < rows.Rows; k++)
            {
                AddScaled(result.Row(i), coefficients[i, k], rows.Row(k));
            }
        }

        return result;
    }

    private static AlignedMatrix Transpose(AlignedMatrix matrix)
    {
        AlignedMatrix result = new(matrix.Columns, matrix.Rows);
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int k = 0; k < matrix.Columns; k++)
            {
                result[k, i] = matrix[i, k];
            }
        }

        return result;
    }

    private static AlignedMatrix Copy(AlignedMatrix matrix)
    {
        AlignedMatrix result = new(matrix.Rows, matrix.Columns);
        for (int i = 0; i < matrix.Rows; i++)
        {
            matrix.Row(i).CopyTo(result.Row(i));
        }

        return result;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }

    private static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    private static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(factor, source[i], target[i]);
        }
    }

    private static void Scale(Span<double> target, double factor)
    {
        foreach (ref double x in target)
        {
            x *= factor;
        }
    }
}
