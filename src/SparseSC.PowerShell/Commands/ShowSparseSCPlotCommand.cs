using System.Management.Automation;
using System.Management.Automation.Host;
using SparseSC.Core.Data;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Files;
using SparseSC.Plots.Text;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Shows a picture of an effect, of a fit or of a test: on the desktop, or in text where there is none.</summary>
[Cmdlet(VerbsCommon.Show, "SparseSCPlot", DefaultParameterSetName = DesktopSet)]
[OutputType(typeof(string), ParameterSetName = [DesktopSet, TextSet])]
[OutputType(typeof(FileInfo), ParameterSetName = [DesktopSet])]
public sealed class ShowSparseSCPlotCommand : SparseSCCommand
{
    private const string DesktopSet = "Desktop";
    private const string TextSet = "Text";
    private const int UsualColumns = 80;
    private const int UsualLines = 24;
    private const int MostLines = 30;

    /// <summary>The effect, the fit, or the test of an effect.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Effect", "Fit")]
    [ReportTransformation]
    public object InputObject { get; set; } = null!;

    /// <summary>What is shown.</summary>
    [Parameter(Position = 0)]
    [ValidateSet(
        "Outcomes", "Gap", "PlaceboGaps", "PlaceboGapsPruned", "Ratios", "UnitWeights", "FeatureWeights", "Balance", "CrossValidation", "EventTime",
        "Cumulative", "LeaveOneOut", "TimePlacebo")]
    public string? Kind { get; set; }

    /// <summary>The title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Shows text also where there is a desktop.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TextSet)]
    public SwitchParameter Text { get; set; }

    /// <summary>Characters in a line of text.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [ValidateRange(30, 500)]
    public int Width { get; set; }

    /// <summary>Lines of text.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [ValidateRange(6, 200)]
    public int Height { get; set; }

    /// <summary>Passes on the file that the desktop shows.</summary>
    [Parameter(ParameterSetName = DesktopSet)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => InputObject;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Text || !HasDesktop())
        {
            WriteObject(Lines(), enumerateCollection: true);
            return;
        }

        string path = Path.Combine(Path.GetTempPath(), $"sparsesc-{Guid.NewGuid():N}.svg");
        AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(Svg() + "\n")));
        if (Open(path) is string fault)
        {
            WriteWarning($"No program of the desktop shows '{path}' ({fault}), so the picture is shown in text.");
            WriteObject(Lines(), enumerateCollection: true);
        }
        else if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    // Methods that name types of the pictures' assembly load it, so none other does.
    private static bool HasDesktop() => Desktop.IsThere;

    private static string? Open(string path) => Desktop.Open(path);

    private string Svg() => Picture.Draw(
        InputObject,
        Kind is null ? null : Enum.Parse<PlotKind>(Kind, ignoreCase: true),
        new PlotOptions { Title = Title, Culture = System.Globalization.CultureInfo.CurrentCulture });

    private string[] Lines()
    {
        (int columns, int lines) = Window();
        bool hasColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Host.UI is { SupportsVirtualTerminal: true };
        return TextPicture.Draw(
            InputObject,
            Kind is null ? null : Enum.Parse<PlotKind>(Kind, ignoreCase: true),
            (Width > 0 ? Width : columns, Height > 0 ? Height : lines),
            hasColour,
            new PlotOptions { Title = Title, Culture = System.Globalization.CultureInfo.CurrentCulture });
    }

    // A host without a window has no size, or throws.
    private (int Columns, int Lines) Window()
    {
        try
        {
            Size size = Host.UI?.RawUI?.WindowSize ?? default;
            return size.Width > 0 && size.Height > 0 ? (size.Width - 1, Math.Min(MostLines, size.Height - 2)) : (UsualColumns - 1, UsualLines - 2);
        }
        catch (Exception error) when (error is HostException or NotImplementedException or InvalidOperationException or IOException)
        {
            return (UsualColumns - 1, UsualLines - 2);
        }
    }
}
