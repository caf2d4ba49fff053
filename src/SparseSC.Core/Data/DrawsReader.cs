using System.Text.Json;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads draws of units: JSON lists of numbers from 0.</summary>
public static class DrawsReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameterName">The option it was given by.</param>
    /// <exception cref="InvalidInputException">It cannot be read (<c>ResamplesMalformed</c>).</exception>
    public static int[][] Read(string path, string parameterName)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.EnumerateArray().Select(draw => draw.EnumerateArray().Select(index => index.GetInt32()).ToArray())];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidInputException(
                "ResamplesMalformed", $"{{{parameterName}}}: '{path}' cannot be read as lists of whole numbers, such as [[0,1,2],[2,0,1]]: {error.Message}", parameterName, error);
        }
    }
}
