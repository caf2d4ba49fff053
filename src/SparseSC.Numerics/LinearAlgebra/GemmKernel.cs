using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SparseSC.Numerics.LinearAlgebra;

/// <summary>
/// The one kernel all dense algebra here is made of: Y ± CB, of which C may be read by row or by column through its two strides,
/// <c>y[r] ±= Σ_k c[r, k] · b[k]</c>. <see cref="Gemm"/>, <see cref="Syrk"/> and <see cref="Gemv"/> are its typed forms.
/// </summary>
/// <remarks>
/// Sums run over k in ascending order with one rounding per term, whatever the blocking and the register width, so the bits do
/// not depend on the machine. <c>width</c> must be a multiple of <see cref="AlignedMatrix.Lane"/>.
/// </remarks>
internal static unsafe class GemmKernel
{
    private const int RowBlock = 4;
    private const int LaneBlock = 3;

    /// <summary>y[r] += Σ_k c[r·cRow + k·cStep] · b[k·bStride …] for r &lt; rows, k &lt; count.</summary>
    public static void Add(double* y, nint yStride, int rows, double* c, nint cRow, nint cStep, int count, double* b, nint bStride, int width)
        => Run(y, yStride, rows, c, cRow, cStep, count, b, bStride, width, 1.0);

    /// <summary>y[r] −= Σ_k c[r·cRow + k·cStep] · b[k·bStride …] for r &lt; rows, k &lt; count.</summary>
    public static void Subtract(double* y, nint yStride, int rows, double* c, nint cRow, nint cStep, int count, double* b, nint bStride, int width)
        => Run(y, yStride, rows, c, cRow, cStep, count, b, bStride, width, -1.0);

    /// <summary>y += Σ_k b[k·bStride …]², element by element, for k &lt; count.</summary>
    public static void AddSquares(double* y, double* b, nint bStride, int count, int width)
    {
        if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated)
        {
            AddSquares<Lane512>(y, b, bStride, count, width);
        }
        else if (Fma.IsSupported)
        {
            AddSquares<Lane256>(y, b, bStride, count, width);
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            AddSquares<Lane128>(y, b, bStride, count, width);
        }
        else
        {
            AddSquares<LaneScalar>(y, b, bStride, count, width);
        }
    }

    private static void AddSquares<TLane>(double* y, double* b, nint bStride, int count, int width)
        where TLane : struct, ILane<TLane>
    {
        for (int j = 0; j < width; j += TLane.Width)
        {
            TLane sum = TLane.Load(y + j);
            double* bj = b + j;
            for (int k = 0; k < count; k++, bj += bStride)
            {
                TLane value = TLane.Load(bj);
                sum = TLane.MultiplyAdd(value, value, sum);
            }

            TLane.Store(y + j, sum);
        }
    }

    private static void Run(double* y, nint yStride, int rows, double* c, nint cRow, nint cStep, int count, double* b, nint bStride, int width, double sign)
    {
        if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated)
        {
            Run<Lane512>(y, yStride, rows, c, cRow, cStep, count, b, bStride, width, sign);
        }
        else if (Fma.IsSupported)
        {
            Run<Lane256>(y, yStride, rows, c, cRow, cStep, count, b, bStride, width, sign);
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            Run<Lane128>(y, yStride, rows, c, cRow, cStep, count, b, bStride, width, sign);
        }
        else
        {
            Run<LaneScalar>(y, yStride, rows, c, cRow, cStep, count, b, bStride, width, sign);
        }
    }

    internal static void Run<TLane>(double* y, nint yStride, int rows, double* c, nint cRow, nint cStep, int count, double* b, nint bStride, int width, double sign)
        where TLane : struct, ILane<TLane>
    {
        int lane = TLane.Width;
        int r = 0;
        for (; r + RowBlock <= rows; r += RowBlock)
        {
            double* yr = y + (r * yStride);
            double* cr = c + (r * cRow);
            int j = 0;
            for (; j + (LaneBlock * lane) <= width; j += LaneBlock * lane)
            {
                FourByThree<TLane>(yr + j, yStride, cr, cRow, cStep, count, b + j, bStride, sign);
            }

            for (; j < width; j += lane)
            {
                FourByOne<TLane>(yr + j, yStride, cr, cRow, cStep, count, b + j, bStride, sign);
            }
        }

        for (; r < rows; r++)
        {
            double* yr = y + (r * yStride);
            double* cr = c + (r * cRow);
            int j = 0;
            for (; j + (4 * lane) <= width; j += 4 * lane)
            {
                OneByFour<TLane>(yr + j, cr, cStep, count, b + j, bStride, sign);
            }

            for (; j < width; j += lane)
            {
                OneByOne<TLane>(yr + j, cr, cStep, count, b + j, bStride, sign);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByThree<TLane>(double* y, nint yStride, double* c, nint cRow, nint cStep, int count, double* b, nint bStride, double sign)
        where TLane : struct, ILane<TLane>
    {
        int lane = TLane.Width;
        double* y1 = y + yStride;
        double* y2 = y1 + yStride;
        double* y3 = y2 + yStride;
        TLane a00 = TLane.Load(y), a01 = TLane.Load(y + lane), a02 = TLane.Load(y + lane + lane);
        TLane a10 = TLane.Load(y1), a11 = TLane.Load(y1 + lane), a12 = TLane.Load(y1 + lane + lane);
        TLane a20 = TLane.Load(y2), a21 = TLane.Load(y2 + lane), a22 = TLane.Load(y2 + lane + lane);
        TLane a30 = TLane.Load(y3), a31 = TLane.Load(y3 + lane), a32 = TLane.Load(y3 + lane + lane);
        for (int k = 0; k < count; k++)
        {
            TLane b0 = TLane.Load(b), b1 = TLane.Load(b + lane), b2 = TLane.Load(b + lane + lane);
            TLane f = TLane.Broadcast(sign * c[0]);
            a00 = TLane.MultiplyAdd(f, b0, a00);
            a01 = TLane.MultiplyAdd(f, b1, a01);
            a02 = TLane.MultiplyAdd(f, b2, a02);
            f = TLane.Broadcast(sign * c[cRow]);
            a10 = TLane.MultiplyAdd(f, b0, a10);
            a11 = TLane.MultiplyAdd(f, b1, a11);
            a12 = TLane.MultiplyAdd(f, b2, a12);
            f = TLane.Broadcast(sign * c[2 * cRow]);
            a20 = TLane.MultiplyAdd(f, b0, a20);
            a21 = TLane.MultiplyAdd(f, b1, a21);
            a22 = TLane.MultiplyAdd(f, b2, a22);
            f = TLane.Broadcast(sign * c[3 * cRow]);
            a30 = TLane.MultiplyAdd(f, b0, a30);
            a31 = TLane.MultiplyAdd(f, b1, a31);
            a32 = TLane.MultiplyAdd(f, b2, a32);
            b += bStride;
            c += cStep;
        }

        TLane.Store(y, a00);
        TLane.Store(y + lane, a01);
        TLane.Store(y + lane + lane, a02);
        TLane.Store(y1, a10);
        TLane.Store(y1 + lane, a11);
        TLane.Store(y1 + lane + lane, a12);
        TLane.Store(y2, a20);
        TLane.Store(y2 + lane, a21);
        TLane.Store(y2 + lane + lane, a22);
        TLane.Store(y3, a30);
        TLane.Store(y3 + lane, a31);
        TLane.Store(y3 + lane + lane, a32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne<TLane>(double* y, nint yStride, double* c, nint cRow, nint cStep, int count, double* b, nint bStride, double sign)
        where TLane : struct, ILane<TLane>
    {
        double* y1 = y + yStride;
        double* y2 = y1 + yStride;
        double* y3 = y2 + yStride;
        TLane a0 = TLane.Load(y), a1 = TLane.Load(y1), a2 = TLane.Load(y2), a3 = TLane.Load(y3);
        for (int k = 0; k < count; k++)
        {
            TLane bk = TLane.Load(b);
            a0 = TLane.MultiplyAdd(TLane.Broadcast(sign * c[0]), bk, a0);
            a1 = TLane.MultiplyAdd(TLane.Broadcast(sign * c[cRow]), bk, a1);
            a2 = TLane.MultiplyAdd(TLane.Broadcast(sign * c[2 * cRow]), bk, a2);
            a3 = TLane.MultiplyAdd(TLane.Broadcast(sign * c[3 * cRow]), bk, a3);
            b += bStride;
            c += cStep;
        }

        TLane.Store(y, a0);
        TLane.Store(y1, a1);
        TLane.Store(y2, a2);
        TLane.Store(y3, a3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByFour<TLane>(double* y, double* c, nint cStep, int count, double* b, nint bStride, double sign)
        where TLane : struct, ILane<TLane>
    {
        int lane = TLane.Width;
        TLane a0 = TLane.Load(y), a1 = TLane.Load(y + lane), a2 = TLane.Load(y + (2 * lane)), a3 = TLane.Load(y + (3 * lane));
        for (int k = 0; k < count; k++)
        {
            TLane f = TLane.Broadcast(sign * *c);
            a0 = TLane.MultiplyAdd(f, TLane.Load(b), a0);
            a1 = TLane.MultiplyAdd(f, TLane.Load(b + lane), a1);
            a2 = TLane.MultiplyAdd(f, TLane.Load(b + (2 * lane)), a2);
            a3 = TLane.MultiplyAdd(f, TLane.Load(b + (3 * lane)), a3);
            b += bStride;
            c += cStep;
        }

        TLane.Store(y, a0);
        TLane.Store(y + lane, a1);
        TLane.Store(y + (2 * lane), a2);
        TLane.Store(y + (3 * lane), a3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByOne<TLane>(double* y, double* c, nint cStep, int count, double* b, nint bStride, double sign)
        where TLane : struct, ILane<TLane>
    {
        TLane a = TLane.Load(y);
        for (int k = 0; k < count; k++)
        {
            a = TLane.MultiplyAdd(TLane.Broadcast(sign * *c), TLane.Load(b), a);
            b += bStride;
            c += cStep;
        }

        TLane.Store(y, a);
    }
}
