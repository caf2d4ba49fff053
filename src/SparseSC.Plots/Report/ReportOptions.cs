using System.Globalization;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Report;

/// <summary>A file that a report was made of.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="Sha256">Hash of its bytes, hex.</param>
public sealed record ReportInput(string Name, string Sha256);

/// <summary>How a report is written, and what its reader needs to repeat it.</summary>
public sealed class ReportOptions
{
    /// <summary>The title; <c>null</c> for the question in words.</summary>
    public string? Title { get; set; }

    /// <summary>The colours.</summary>
    public PlotTheme Theme { get; set; }

    /// <summary>How numbers are written.</summary>
    public CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;

    /// <summary>The command that made it, as it was typed; <c>null</c> when it is not known.</summary>
    public string? Command { get; set; }

    /// <summary>Version of the software.</summary>
    public string Version { get; set; } = "";

    /// <summary>The files it was made of.</summary>
    public IReadOnlyList<ReportInput> Inputs { get; set; } = [];
}
