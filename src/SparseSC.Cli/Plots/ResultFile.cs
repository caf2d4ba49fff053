using System.Text.Json;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Report;

namespace SparseSC.Cli.Plots;

/// <summary>What another verb printed: an effect, a model, or a test of an effect.</summary>
internal sealed class ResultFile
{
    private readonly object _result;

    private ResultFile(object result) => _result = result;

    /// <summary>Reads a file, whichever of them it holds.</summary>
    /// <exception cref="InvalidInputException">It is not there, or holds none.</exception>
    public static ResultFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidInputException(
                "InputNotFound",
                $"{{Input}} {path} does not exist. Give a file that 'sparsesc effects' or 'sparsesc fit' wrote.",
                "Input");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return new ResultFile(EffectTestFile.IsTest(document.RootElement) ? EffectTestFile.Read(document.RootElement, path)
                : Format(document.RootElement) == "sparsesc-fit" ? FitFile.Read(path)
                : EffectFile.Read(path));
        }
        catch (JsonException error)
        {
            throw new InvalidInputException(
                "InputDamaged",
                $"{{Input}} {path} is truncated or damaged ({JsonFault.Reason(error)}). Write it again.",
                "Input",
                error);
        }
    }

    /// <summary>Draws it; <c>null</c> for the first kind there is of it.</summary>
    /// <exception cref="InvalidInputException">There is no such picture of it, or it lacks what the kind shows.</exception>
    public string Draw(PlotKind? kind, PlotOptions options) => Picture.Draw(_result, kind, options);

    /// <summary>Writes its report.</summary>
    public void Report(Stream stream, ReportOptions options) => HtmlReport.Write(stream, _result, options);

    private static string? Format(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("format", out JsonElement format) ? format.ToString() : null;
}
