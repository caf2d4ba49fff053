using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Numerics.Regression;

/// <content>Errors of donors that do not leave themselves out, whose sum takes one pass for all penalties.</content>
internal sealed partial class RidgeGoals
{
    /// <summary>
    /// What the errors of all donors would be, per penalty, did they not leave themselves out, and the largest leverage of a donor at the
    /// smallest penalty. One pass over the donors serves all penalties: Σ‖(G + αI)⁻¹z / diag‖² depends on Σzz' alone.
    /// </summary>
    public (double[] Plain, double Leverage) PlainErrors(double[] penalties, ParallelOptions parallel)
    {
        double smallest = penalties.Min();
        int groups = (DonorBlocks + BlocksPerGroup - 1) / BlocksPerGroup;
        AlignedMatrix[] parts = new AlignedMatrix[groups];
        double[] leverages = new double[groups];
        Parallel.For(0, groups, parallel, () => new Scratch(), (g, _, scratch) =>
        {
            parts[g] = new AlignedMatrix(_rank, _rank);
            for (int block = g * BlocksPerGroup; block < Math.Min(DonorBlocks, (g + 1) * BlocksPerGroup); block++)
            {
                Project(_donors, block * BlockRows, isDonor: true, scratch);
                Gemm.AddTransposed(scratch.Coordinates, scratch.Coordinates, parts[g]);
                for (int i = 0; i < scratch.Count; i++)
                {
                    leverages[g] = Math.Max(leverages[g], Leverage(scratch.Coordinates.Row(i), smallest));
                }
            }

            return scratch;
        }, _ => { });
        for (int g = 1; g < groups; g++)
        {
            for (int j = 0; j < _rank; j++)
            {
                for (int l = 0; l < _rank; l++)
                {
                    parts[0][j, l] += parts[g][j, l];
                }
            }
        }

        return ([.. penalties.Select(penalty => PlainError(parts[0], penalty))], leverages.Max());
    }

    private double Leverage(ReadOnlySpan<double> coordinates, double penalty)
    {
        double sum = 0;
        for (int j = 0; j < coordinates.Length; j++)
        {
            double own = coordinates[j] + _meanCoordinates[j];
            sum += own * own / (_squares[j] + penalty);
        }

        return sum;
    }

    private double PlainError(AlignedMatrix products, double penalty)
    {
        double share = _donors.Rows / (_donors.Rows - 1.0);
        double[] diagonal = Diagonal(penalty);
        AlignedMatrix scaled = new(_features, _rank);
        AlignedMatrix solved = new(_features, _rank);
        for (int k = 0; k < _features; k++)
        {
            for (int j = 0; j < _rank; j++)
            {
                scaled[k, j] = _transposed[k, j] / (_squares[j] + penalty);
            }
        }

        Gemm.Add(scaled, products, solved);
        double total = 0;
        for (int k = 0; k < _features; k++)
        {
            double sum = 0;
            for (int j = 0; j < _rank; j++)
            {
                sum += solved[k, j] * scaled[k, j];
            }

            total += sum / (diagonal[k] * diagonal[k]);
        }

        return share * share * total;
    }

    private double PlainError(int position, double[] diagonal, Scratch scratch)
    {
        double share = _donors.Rows / (_donors.Rows - 1.0);
        ReadOnlySpan<double> solved = scratch.Solved.Row(position);
        double sum = 0;
        for (int k = 0; k < solved.Length; k++)
        {
            double residual = share * solved[k] / diagonal[k];
            sum += residual * residual;
        }

        return sum;
    }
}
