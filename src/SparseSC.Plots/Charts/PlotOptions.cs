using System.Globalization;
using SparseSC.Plots.Drawing;

namespace SparseSC.Plots.Charts;

/// <summary>How a picture is drawn.</summary>
public sealed class PlotOptions
{
    /// <summary>Width in pixels.</summary>
    public int Width { get; set; } = 760;

    /// <summary>Height in pixels; <c>null</c> is as high as the kind needs.</summary>
    public int? Height { get; set; }

    /// <summary>The colours.</summary>
    public PlotTheme Theme { get; set; }

    /// <summary>The title; <c>null</c> for one that says what is shown.</summary>
    public string? Title { get; set; }

    /// <summary>How numbers are written.</summary>
    public CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;
}
