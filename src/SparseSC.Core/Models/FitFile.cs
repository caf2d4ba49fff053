using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Models;

/// <summary>A fitted model in one file: the JSON that the command line prints. Reading it runs no code and makes no types but ours.</summary>
public static class FitFile
{
    /// <summary>Writes a model (temporary name, then rename).</summary>
    /// <exception cref="IOException">The file cannot be written; what stood there stays.</exception>
    public static void Write(string path, SyntheticControlFit fit)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(fit);
        AtomicFile.Write(path, stream => FitJson.Write(stream, fit));
    }

    /// <summary>Reads a model: the numbers have the bits they were written with, and those that were not finite are <c>NaN</c>.</summary>
    /// <exception cref="InvalidInputException">There is no such file (<c>FitFileNotFound</c>), it holds no model (<c>NotAFitFile</c>), one of
    /// another version (<c>FitVersion</c>), or it is damaged (<c>FitDamaged</c>).</exception>
    public static SyntheticControlFit Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new InvalidInputException("FitFileNotFound", $"{{Path}} '{path}' does not exist. Give the file of an exported fit.", "Path");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return FitJsonReader.Read(document.RootElement, path);
        }
        catch (JsonException error)
        {
            throw new InvalidInputException("FitDamaged", $"'{path}' is truncated or damaged ({JsonFault.Reason(error)}). Export the fit again.", "Path", error);
        }
    }
}
