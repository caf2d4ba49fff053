using System.Text.Json;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;

namespace SparseSC.Cli.Plots;

/// <summary>What another verb printed: an effect or a model.</summary>
internal sealed class ResultFile
{
    private readonly EffectEstimate? _effect;
    private readonly SyntheticControlFit? _fit;

    private ResultFile(EffectEstimate? effect, SyntheticControlFit? fit) => (_effect, _fit) = (effect, fit);

    /// <summary>Reads a file, whichever of the two it holds.</summary>
    /// <exception cref="InvalidInputException">It is not there, or holds neither.</exception>
    public static ResultFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidInputException("InputNotFound", $"{{Input}} {path} does not exist. Give a file that 'sparsesc effects' or 'sparsesc fit' wrote.", "Input");
        }

        return Format(path) == "sparsesc-fit" ? new ResultFile(null, FitFile.Read(path)) : new ResultFile(EffectFile.Read(path), null);
    }

    /// <summary>Draws it.</summary>
    public string Draw(PlotKind kind, PlotOptions options) => _effect is null ? Picture.Draw(_fit!, kind, options) : Picture.Draw(_effect, kind, options);

    private static string? Format(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format", out JsonElement format) ? format.ToString() : null;
        }
        catch (JsonException error)
        {
            throw new InvalidInputException("InputDamaged", $"{{Input}} {path} is truncated or damaged ({error.Message}). Write it again.", "Input", error);
        }
    }
}
