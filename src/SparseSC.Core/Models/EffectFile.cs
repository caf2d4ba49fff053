using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Models;

/// <summary>An effect estimate in one file: the JSON that the command line prints. Reading it runs no code.</summary>
public static class EffectFile
{
    /// <summary>Writes an estimate (temporary name, then rename).</summary>
    /// <exception cref="IOException">The file cannot be written; what stood there stays.</exception>
    public static void Write(string path, EffectEstimate estimate)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(estimate);
        AtomicFile.Write(path, stream => EffectJson.Write(stream, estimate));
    }

    /// <summary>Reads an estimate: numbers have the bits they were written with; those that were not finite are <c>NaN</c>.</summary>
    /// <exception cref="InvalidInputException">There is no such file (<c>EffectFileNotFound</c>), it holds no estimate
    /// (<c>NotAnEffectFile</c>), one of another version (<c>EffectVersion</c>), or it is damaged (<c>EffectDamaged</c>).</exception>
    public static EffectEstimate Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new InvalidInputException(
                "EffectFileNotFound", $"{{Path}} '{path}' does not exist. Give the file of an exported effect.", "Path");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return EffectJsonReader.Read(document.RootElement, path);
        }
        catch (JsonException error)
        {
            throw new InvalidInputException(
                "EffectDamaged", $"'{path}' is truncated or damaged ({JsonFault.Reason(error)}). Export the effect again.", "Path", error);
        }
    }
}
