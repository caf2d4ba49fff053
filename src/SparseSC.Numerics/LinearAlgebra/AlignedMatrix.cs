using System.Runtime.CompilerServices;

namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>
/// A row-major matrix whose rows start on cache lines: each row is padded with zeros to a multiple of eight numbers, so that
/// kernels need no remainder loops.
/// </summary>
/// <remarks>Writers must keep the padding at zero. The memory is pinned for the life of the object.</remarks>
public sealed unsafe class AlignedMatrix
{
    /// <summary>Numbers per padded group.</summary>
    public const int Lane = 8;

    private const int CacheLineBytes = 64;
    private double[] _memory = [];

    /// <summary>Creates a matrix of zeros.</summary>
    public AlignedMatrix(int rows, int columns)
    {
        Allocate(rows, columns);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The number of columns in use.</summary>
    public int Columns { get; private set; }

    /// <summary>The distance between rows: <see cref="Columns"/> rounded up to a multiple of <see cref="Lane"/>.</summary>
    public int Stride { get; private set; }

    /// <summary>The first number; valid as long as the object lives.</summary>
    internal double* Pointer { get; private set; }

    /// <summary>One number.</summary>
    public ref double this[int row, int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Pointer[((nint)row * Stride) + column];
    }

    /// <summary>Rounds up to a multiple of <see cref="Lane"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Pad(int count) => (count + Lane - 1) & ~(Lane - 1);

    /// <summary>Copies plain row-major values (length <paramref name="rows"/>·<paramref name="columns"/>).</summary>
    public static AlignedMatrix FromRowMajor(ReadOnlySpan<double> values, int rows, int columns)
    {
        AlignedMatrix result = new(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            values.Slice(i * columns, columns).CopyTo(result.Row(i));
        }

        return result;
    }

    /// <summary>One row without its padding.</summary>
    public Span<double> Row(int row) => new(Pointer + ((nint)row * Stride), Columns);

    /// <summary>One row with its padding.</summary>
    public Span<double> PaddedRow(int row) => new(Pointer + ((nint)row * Stride), Stride);

    /// <summary>
    /// Gives the matrix another shape, reusing its memory when that is large enough. The numbers are undefined afterwards, the
    /// padding is zero.
    /// </summary>
    public void Reshape(int rows, int columns)
    {
        if (rows == Rows && columns == Columns)
        {
            return;
        }

        int stride = Pad(columns);
        if ((long)rows * stride > _memory.LongLength - Lane)
        {
            Allocate(rows, columns);
            return;
        }

        Rows = rows;
        Columns = columns;
        Stride = stride;
        for (int i = 0; i < rows; i++)
        {
            PaddedRow(i)[columns..].Clear();
        }
    }

    /// <summary>Sets every number, padding included, to zero.</summary>
    public void Clear()
    {
        for (int i = 0; i < Rows; i++)
        {
            PaddedRow(i).Clear();
        }
    }

    private void Allocate(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        Stride = Pad(columns);
        _memory = GC.AllocateArray<double>(checked((rows * Stride) + Lane), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_memory));
        Pointer = (double*)((start + CacheLineBytes - 1) & ~(nint)(CacheLineBytes - 1));
    }
}
