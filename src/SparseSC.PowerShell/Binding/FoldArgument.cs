using System.Collections;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Reads folds: a number of them, None, the folds themselves, or a file that holds them.</summary>
internal static class FoldArgument
{
    /// <exception cref="InvalidInputException">It is none of these.</exception>
    public static FoldSpecification Read(object value, string parameterName, Func<string, string> resolvePath)
    {
        object? plain = PropertyReader.Unwrap(value);
        if (Number.ToInteger(plain) is int count)
        {
            return FoldSpecification.Shuffled(count);
        }

        return plain switch
        {
            FoldSpecification folds => folds,
            string word when word.Equals("None", StringComparison.OrdinalIgnoreCase) => FoldSpecification.None,
            string path => FoldsReader.Read(resolvePath(path), parameterName),
            FileSystemInfo file => FoldsReader.Read(file.FullName, parameterName),
            IEnumerable folds and not IDictionary => FoldSpecification.From(
                [.. folds.Cast<object>().Select((fold, index) => ReadFold(fold, index, parameterName))]),
            _ => throw Malformed("they are neither a number, nor folds, nor the path of a file with folds", parameterName),
        };
    }

    private static Fold ReadFold(object fold, int index, string parameterName)
    {
        object? plain = PropertyReader.Unwrap(fold);
        if (plain is Fold known)
        {
            return known;
        }

        (object? train, object? test) = plain is IList { Count: 2 } pair
            ? (pair[0], pair[1])
            : (PropertyReader.Get(plain, "Train"), PropertyReader.Get(plain, "Test"));
        return new Fold(Rows(train, "train", index, parameterName), Rows(test, "test", index, parameterName));
    }

    private static int[] Rows(object? rows, string part, int index, string parameterName) => PropertyReader.Unwrap(rows) switch
    {
        null => throw Malformed($"fold {index} has no {part} rows; give Train and Test, or a pair of lists", parameterName),
        IEnumerable list and not string => [.. list.Cast<object>().Select(row => Row(row, part, index, parameterName))],
        object one => [Row(one, part, index, parameterName)],
    };

    private static int Row(object row, string part, int index, string parameterName) => Number.ToInteger(row)
        ?? throw Malformed($"the {part} rows of fold {index} hold '{row}', which is not a row number from 0", parameterName);

    private static InvalidInputException Malformed(string message, string parameterName) =>
        new("FoldsMalformed", $"{{{parameterName}}}: {message}.", parameterName);
}
