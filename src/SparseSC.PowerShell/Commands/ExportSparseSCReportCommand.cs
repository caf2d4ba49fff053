using System.Management.Automation;
using System.Reflection;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;
using SparseSC.Plots.Report;
using SparseSC.PowerShell.Abstractions;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Commands;

/// <summary>Writes a report of an effect, a fit or a test as one HTML file.</summary>
[Cmdlet(VerbsData.Export, "SparseSCReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSparseSCReportCommand : ExportCommand
{
    /// <summary>The effect, the fit, or the test of an effect.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Effect", "Fit")]
    [ReportTransformation]
    public object InputObject { get; set; } = null!;

    /// <summary>The heading.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The colours.</summary>
    [Parameter]
    [ValidateSet("Auto", "Light", "Dark")]
    public string Theme { get; set; } = "Auto";

    /// <inheritdoc/>
    protected override void Process() => Export("Write the report", path => AtomicFile.Write(path, Write));

    // Methods that name types of the pictures' assembly load it, so none other does.
    private void Write(Stream stream)
    {
        ReportOptions options = new()
        {
            Title = Title,
            Theme = Enum.Parse<PlotTheme>(Theme, ignoreCase: true),
            Culture = System.Globalization.CultureInfo.CurrentCulture,
            Command = TypedCommand.Of(this),
            Version = typeof(EffectEstimate).Assembly
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        };
        HtmlReport.Write(stream, InputObject, options);
    }
}
