using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Reads which controls may be donors of which units, in any form that holds a matrix.</summary>
internal static class DonorPoolArgument
{
    private const string Parameter = "DonorPool";

    /// <exception cref="InvalidInputException">A cell is neither 0 nor 1.</exception>
    public static bool[,] Read(object value, Func<string, string> resolvePath)
    {
        if (PropertyReader.Unwrap(value) is bool[,] known)
        {
            return known;
        }

        FeatureMatrix matrix = MatrixArgument.Read(value, Parameter, resolvePath);
        bool[,] pool = new bool[matrix.Rows, matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                pool[row, column] = matrix[row, column] switch
                {
                    0 => false,
                    1 => true,
                    _ => throw new InvalidInputException(
                        "DonorPoolValue", $"{{{Parameter}}}: row {row}, column {column + 1} is neither 0 nor 1.", Parameter),
                };
            }
        }

        return pool;
    }
}
