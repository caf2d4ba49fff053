using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Units;

/// <summary>The rows of a leave-one-out problem: each is predicted from all the others. Immutable.</summary>
internal sealed class LeaveOneOutData
{
    public LeaveOneOutData(UnitData data, int[] rows)
    {
        Data = data;
        Rows = rows;
        (MeanX, MeanY) = data.Means(rows);
        X = new AlignedMatrix(rows.Length, data.Features);
        Y = new AlignedMatrix(rows.Length, data.Targets);
        XTransposed = new AlignedMatrix(data.Features, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            data.X.Row(rows[i]).CopyTo(X.Row(i));
            data.Y.Row(rows[i]).CopyTo(Y.Row(i));
            for (int k = 0; k < data.Features; k++)
            {
                XTransposed[k, i] = X[i, k];
            }
        }

        P = Product(Y);
        S = DonorBlock.KeepsMoments(rows.Length, data.Features) ? Product(X) : null;
    }

    public UnitData Data { get; }

    public int[] Rows { get; }

    public int Count => Rows.Length;

    /// <summary>n×K.</summary>
    public AlignedMatrix X { get; }

    /// <summary>n×T.</summary>
    public AlignedMatrix Y { get; }

    /// <summary>K×n.</summary>
    public AlignedMatrix XTransposed { get; }

    public double[] MeanX { get; }

    public double[] MeanY { get; }

    /// <summary>X'Y, K×T.</summary>
    public AlignedMatrix P { get; }

    /// <summary>X'X, K×K, or <c>null</c> when only the dual form is used.</summary>
    public AlignedMatrix? S { get; }

    /// <summary>The problem of one row on its own, for when the downdate of that row loses its digits.</summary>
    public DonorBlock Single(int position)
        => DonorBlock.Create(Data, [.. Rows.Where((_, i) => i != position)], [Rows[position]]);

    private AlignedMatrix Product(AlignedMatrix right)
    {
        AlignedMatrix result = new(Data.Features, right.Columns);
        Gemm.AddTransposed(X, right, result);
        return result;
    }
}
