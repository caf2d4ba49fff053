using System.Management.Automation;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Drawing;
using SparseSC.Plots.Files;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Draws a picture of an effect, of a fit or of a test of an effect.</summary>
[Cmdlet(VerbsData.Export, "SparseSCPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSparseSCPlotCommand : ExportCommand
{
    /// <summary>The effect, the fit, or the test of an effect.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Fit", "InputObject")]
    [ReportTransformation]
    public object Effect { get; set; } = null!;

    /// <summary>What is shown.</summary>
    [Parameter]
    [ValidateSet(
        "Outcomes", "Gap", "PlaceboGaps", "PlaceboGapsPruned", "Ratios", "UnitWeights", "FeatureWeights", "Balance", "CrossValidation", "EventTime",
        "Cumulative", "LeaveOneOut", "TimePlacebo")]
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
        CheckName();
        Export("Draw the picture", path =>
        {
            string svg = Drawing(path);
            RunOffThread(port =>
            {
                Write(path, svg, port.Stopping);
                return Task.FromResult(true);
            });
        });
    }

    // Methods that name types of the pictures' assembly load it, so none other does.
    private void CheckName() => PictureFile.CheckName(Path, nameof(Path));

    private static void Write(string path, string svg, CancellationToken stopping) => PictureFile.Write(path, svg, stopping);

    private string Drawing(string path)
    {
        PlotTheme theme = Enum.Parse<PlotTheme>(Theme, ignoreCase: true);
        PlotOptions options = new()
        {
            Width = Width,
            Height = Height == 0 ? null : Height,
            Theme = theme == PlotTheme.Auto && PictureFile.IsFixed(path) ? PlotTheme.Light : theme,
            Title = Title,
            Culture = System.Globalization.CultureInfo.CurrentCulture,
        };
        return Picture.Draw(Effect, Kind is null ? null : Enum.Parse<PlotKind>(Kind, ignoreCase: true), options);
    }
}
