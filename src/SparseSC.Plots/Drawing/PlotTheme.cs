namespace SparseSC.Plots.Drawing;

/// <summary>Which colours a picture has.</summary>
public enum PlotTheme
{
    /// <summary>Those of the reader: the picture's style sheet follows the light or dark of the page or system.</summary>
    Auto,

    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on near black.</summary>
    Dark,
}
