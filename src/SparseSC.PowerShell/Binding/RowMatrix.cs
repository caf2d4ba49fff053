using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Makes a matrix of rows with named cells; a first column of text names the rows.</summary>
internal static class RowMatrix
{
    public static FeatureMatrix Read(object[] rows, string parameterName)
    {
        if (rows.Length == 0)
        {
            throw new InvalidInputException("MatrixEmpty", $"{{{parameterName}}} has no rows.", parameterName);
        }

        string[] names = RowObject.Of(rows[0]).Names;
        if (names.Length == 0)
        {
            throw new InvalidInputException("MatrixEmpty", $"{{{parameterName}}}: row 0 has no columns.", parameterName);
        }

        bool isNamed = RowObject.Of(rows[0]).TryGet(names[0], out object? first) && first is string text && !Number.IsNumeric(text);
        string[]? rowNames = isNamed ? new string[rows.Length] : null;
        string[] columns = isNamed ? names[1..] : names;
        double[] values = new double[rows.Length * columns.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            RowObject cells = RowObject.Of(rows[row]);
            if (rowNames is not null)
            {
                rowNames[row] = RowObject.Text(Cell(cells, names[0], row, parameterName)) ?? "";
            }

            for (int column = 0; column < columns.Length; column++)
            {
                object? cell = Cell(cells, columns[column], row, parameterName);
                values[(row * columns.Length) + column] = Number.Require(cell, parameterName, row, $"column '{columns[column]}'");
            }
        }

        return new FeatureMatrix(values, rows.Length, columns.Length, rowNames, columns);
    }

    private static object? Cell(RowObject cells, string name, int row, string parameterName) => cells.TryGet(name, out object? cell)
        ? cell
        : throw new InvalidInputException("MatrixRagged", $"{{{parameterName}}}: row {row} has no column '{name}', which row 0 has.", parameterName);
}
