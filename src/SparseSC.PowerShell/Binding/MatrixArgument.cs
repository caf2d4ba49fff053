using System.Collections;
using System.Data;
using System.Reflection;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Makes a matrix of whatever holds one: arrays, rows of objects, a data table, a MathNet matrix, or a file.</summary>
internal static class MatrixArgument
{
    /// <param name="value">The argument.</param>
    /// <param name="parameterName">The parameter, for errors.</param>
    /// <param name="resolvePath">Turns a path of the session into a full one.</param>
    /// <exception cref="InvalidInputException">It holds no matrix of finite numbers.</exception>
    public static FeatureMatrix Read(object value, string parameterName, Func<string, string> resolvePath)
    {
        object? plain = PropertyReader.Unwrap(value);
        return plain switch
        {
            FeatureMatrix matrix => matrix,
            string path => MatrixReader.Read(resolvePath(path), parameterName),
            FileSystemInfo file => MatrixReader.Read(file.FullName, parameterName),
            double[,] array => FeatureMatrix.FromArray(array),
            Array { Rank: 2 } array => FromRectangle(array, parameterName),
            DataTable table => RowMatrix.Read([.. table.Rows.Cast<object>()], parameterName),
            IDictionary => throw NotAMatrix(plain, parameterName),
            IEnumerable rows => FromRows([.. rows.Cast<object>()], parameterName),
            not null when ToArrayMethod(plain) is MethodInfo method => Read(method.Invoke(plain, null)!, parameterName, resolvePath),
            _ => throw NotAMatrix(plain, parameterName),
        };
    }

    // Libraries of linear algebra agree on a method ToArray that copies into a rectangle; asking for it by name leaves the module
    // free of their versions.
    private static MethodInfo? ToArrayMethod(object value)
    {
        MethodInfo? method = value.GetType().GetMethod("ToArray", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
        return method?.ReturnType is { IsArray: true } type && type.GetArrayRank() == 2 ? method : null;
    }

    private static FeatureMatrix FromRectangle(Array array, string parameterName)
    {
        int rows = array.GetLength(0);
        int columns = array.GetLength(1);
        double[] values = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                values[(row * columns) + column] = Number.Require(array.GetValue(row, column), parameterName, row, $"column {column + 1}");
            }
        }

        return new FeatureMatrix(values, rows, columns);
    }

    private static FeatureMatrix FromRows(object[] rows, string parameterName)
    {
        if (rows.Length == 0)
        {
            throw new InvalidInputException("MatrixEmpty", $"{{{parameterName}}} has no rows.", parameterName);
        }

        object? first = PropertyReader.Unwrap(rows[0]);
        if (first is IList)
        {
            return FromLists(rows, parameterName);
        }

        // A plain list of numbers is one column.
        return Number.IsNumber(first)
            ? FromLists([.. rows.Select(row => new[] { row })], parameterName)
            : RowMatrix.Read(rows, parameterName);
    }

    private static FeatureMatrix FromLists(object[] rows, string parameterName)
    {
        int columns = ((IList)PropertyReader.Unwrap(rows[0])!).Count;
        double[] values = new double[rows.Length * columns];
        for (int row = 0; row < rows.Length; row++)
        {
            if (PropertyReader.Unwrap(rows[row]) is not IList list || list.Count != columns)
            {
                throw new InvalidInputException(
                    "MatrixRagged", $"{{{parameterName}}}: row {row} does not have {columns} numbers, as row 0 has.", parameterName);
            }

            for (int column = 0; column < columns; column++)
            {
                values[(row * columns) + column] = Number.Require(list[column], parameterName, row, $"column {column + 1}");
            }
        }

        return new FeatureMatrix(values, rows.Length, columns);
    }

    private static InvalidInputException NotAMatrix(object? value, string parameterName) => new(
        "NotAMatrix",
        $"{{{parameterName}}} is {value?.GetType().Name ?? "null"}, which holds no matrix. "
            + "Give double[,], double[][], rows of objects, a DataTable, a MathNet matrix, or the path of a CSV or NPY file.",
        parameterName);
}
