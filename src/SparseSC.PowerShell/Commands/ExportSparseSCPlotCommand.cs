using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Drawing;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Draws a picture of an effect or of a fit.</summary>
[Cmdlet(VerbsData.Export, "SparseSCPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSparseSCPlotCommand : ExportCommand
{
    /// <summary>The effect, or the fit.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Fit")]
    [ModelTransformation]
    public object Effect { get; set; } = null!;

    /// <summary>What is shown.</summary>
    [Parameter]
    [ValidateSet(
        "Outcomes", "Gap", "PlaceboGaps", "PlaceboGapsPruned", "Ratios", "UnitWeights", "FeatureWeights", "Balance", "CrossValidation", "EventTime")]
    public string? Kind { get; set; }

    /// <summary>Width in pixels.</summary>
    [Parameter]
    [ValidateRange(200, 8000)]
    public int Width { get; set; } = 760;

    /// <summary>Height in pixels.</summary>
    [Parameter]
    [ValidateRange(200, 8000)]
    public int Height { get; set; }

    /// <summary>The colours.</summary>
    [Parameter]
    [ValidateSet("Auto", "Light", "Dark")]
    public string Theme { get; set; } = "Auto";

    /// <summary>The title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        RequireSvg();
        Export("Draw the picture", path => AtomicFile.Write(path, stream => stream.Write(Encoded())));
    }

    private byte[] Encoded() => System.Text.Encoding.UTF8.GetBytes(Drawing() + "\n");

    // Methods that name types of the pictures' assembly load it, so none other does.
    private void RequireSvg() => Picture.RequireSvg(Path, nameof(Path));

    private string Drawing()
    {
        PlotOptions options = new()
        {
            Width = Width,
            Height = Height == 0 ? null : Height,
            Theme = Enum.Parse<PlotTheme>(Theme, ignoreCase: true),
            Title = Title,
            Culture = System.Globalization.CultureInfo.CurrentCulture,
        };
        return Effect is EffectEstimate effect
            ? Picture.Draw(effect, Enum.Parse<PlotKind>(Kind ?? nameof(PlotKind.Outcomes), ignoreCase: true), options)
            : Picture.Draw((SyntheticControlFit)Effect, Enum.Parse<PlotKind>(Kind ?? nameof(PlotKind.UnitWeights), ignoreCase: true), options);
    }
}
