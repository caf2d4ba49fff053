using System.Text.Json;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads explicit folds: <c>[[[train…],[test…]],…]</c>, zero-based rows.</summary>
public static class FoldsReader
{
    /// <summary>Reads a JSON file of folds; whether the rows exist is checked by the fit.</summary>
    /// <exception cref="InvalidInputException">The file is missing, not JSON, or not of that shape.</exception>
    public static FoldSpecification Read(string path, string parameterName)
    {
        using FileStream stream = InputFile.OpenRead(path, parameterName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return FoldSpecification.From(ReadFolds(document.RootElement, message => Malformed(path, message, parameterName)));
        }
        catch (JsonException error)
        {
            string place = $"{path}, line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}";
            throw new InvalidInputException("FoldsMalformed", $"{place}: the file is not valid JSON.", parameterName, error);
        }
    }

    private static Fold[] ReadFolds(JsonElement root, Func<string, InvalidInputException> error)
    {
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() == 0)
        {
            throw error("a list of folds [[[train…],[test…]],…] is needed.");
        }

        List<Fold> folds = [];
        foreach (JsonElement element in root.EnumerateArray())
        {
            int index = folds.Count;
            if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != 2)
            {
                throw error($"fold {index} is not a pair [[train…],[test…]].");
            }

            folds.Add(new Fold(
                ReadRows(element[0], $"the train rows of fold {index}", error),
                ReadRows(element[1], $"the test rows of fold {index}", error)));
        }

        return [.. folds];
    }

    private static int[] ReadRows(JsonElement element, string what, Func<string, InvalidInputException> error)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw error($"{what} are not a list of row numbers.");
        }

        int[] rows = new int[element.GetArrayLength()];
        HashSet<int> seen = [];
        for (int i = 0; i < rows.Length; i++)
        {
            if (element[i].ValueKind != JsonValueKind.Number || !element[i].TryGetInt32(out rows[i]) || rows[i] < 0)
            {
                throw error($"{what} hold {element[i].GetRawText()}, which is not a row number from 0.");
            }

            if (!seen.Add(rows[i]))
            {
                throw error($"{what} name row {rows[i]} twice.");
            }
        }

        return rows;
    }

    private static InvalidInputException Malformed(string path, string message, string parameterName) =>
        new("FoldsMalformed", $"{{{parameterName}}} {path}: {message}", parameterName);
}
