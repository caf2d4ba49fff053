using System.Globalization;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads which controls may be donors of which units.</summary>
public static class DonorPoolReader
{
    /// <summary>Reads an N×C matrix of 0 and 1, one row per unit and one column per control.</summary>
    /// <param name="path">A CSV or NPY file.</param>
    /// <param name="units">N, the number of units.</param>
    /// <param name="donors">C, the number of controls.</param>
    /// <param name="parameterName">The option the file was given by, for errors.</param>
    /// <exception cref="InvalidInputException">The file has another shape or other numbers.</exception>
    public static bool[,] Read(string path, int units, int donors, string parameterName = "DonorPool")
    {
        FeatureMatrix matrix = MatrixReader.Read(path, parameterName);
        if (matrix.Rows != units || matrix.Columns != donors)
        {
            throw new InvalidInputException(
                "DonorPoolShapeMismatch",
                $"{{{parameterName}}} {path} is {matrix.Rows}×{matrix.Columns}; it needs one row for each of the {units} units "
                    + $"and one column for each of the {donors} controls.",
                parameterName);
        }

        bool[,] pool = new bool[units, donors];
        for (int row = 0; row < units; row++)
        {
            for (int column = 0; column < donors; column++)
            {
                double value = matrix[row, column];
                pool[row, column] = value is 0 or 1
                    ? value == 1
                    : throw new InvalidInputException(
                        "DonorPoolValue",
                        $"{{{parameterName}}} {path}, row {row + 1}, column {column + 1}: "
                            + $"{value.ToString(CultureInfo.InvariantCulture)} is neither 0 nor 1.",
                        parameterName);
            }
        }

        return pool;
    }
}
