using System.Globalization;

namespace SparseSC.Plots.Files;

/// <summary>What a program is to make.</summary>
/// <param name="Svg">The picture's file.</param>
/// <param name="Html">A page with nothing but the picture.</param>
/// <param name="Output">The file to make; its ending is the format.</param>
/// <param name="Width">Of the picture, in pixels.</param>
/// <param name="Height">Likewise.</param>
/// <param name="Profile">A folder for what a browser wants to keep.</param>
internal sealed record PictureJob(string Svg, string Html, string Output, int Width, int Height, string Profile)
{
    /// <summary>Pixels of a PNG to one of the picture, so that text is sharp on screens and in print.</summary>
    public const int Sharpness = 2;

    /// <summary>Whether PDF is wanted and not PNG.</summary>
    public bool IsPdf => Output.EndsWith(".pdf", StringComparison.Ordinal);

    /// <summary>The page: one sheet of the picture's size.</summary>
    public string Page(string svg) =>
        string.Create(CultureInfo.InvariantCulture, $"<!doctype html><meta charset=\"utf-8\"><title>picture</title><style>@page{{size:{Width}px {Height}px;margin:0}}")
        + $"html,body{{margin:0;overflow:hidden}}svg{{display:block}}</style>{svg}";
}
