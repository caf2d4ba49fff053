using OxyPlot;

namespace SparseSC.Plots.Drawing;

/// <summary>Colours by what they stand for, each with its look on white and on near black.</summary>
/// <remarks>
/// Series have the colours of Okabe and Ito (2008), which people who see few colours can tell apart. A picture is drawn in the light
/// ones; what is written replaces them (<see cref="SvgDocument"/>), so no two may be the same.
/// </remarks>
internal static class Palette
{
    /// <summary>Behind everything.</summary>
    public static readonly OxyColor Ground = OxyColor.FromRgb(0xff, 0xff, 0xff);

    /// <summary>Text.</summary>
    public static readonly OxyColor Ink = OxyColor.FromRgb(0x1a, 0x1a, 0x1a);

    /// <summary>Observed values.</summary>
    public static readonly OxyColor Observed = OxyColor.FromRgb(0x00, 0x00, 0x01);

    /// <summary>Synthetic values, and whatever is the estimator's.</summary>
    public static readonly OxyColor Synthetic = OxyColor.FromRgb(0x00, 0x72, 0xb2);

    /// <summary>What the eye should find first.</summary>
    public static readonly OxyColor Treated = OxyColor.FromRgb(0xd5, 0x5e, 0x00);

    /// <summary>What it is compared with.</summary>
    public static readonly OxyColor Control = OxyColor.FromRgb(0x8c, 0x8c, 0x8c);

    /// <summary>A further series.</summary>
    public static readonly OxyColor Third = OxyColor.FromRgb(0x00, 0x9e, 0x73);

    /// <summary>One more.</summary>
    public static readonly OxyColor Fourth = OxyColor.FromRgb(0xcc, 0x79, 0xa7);

    /// <summary>Axes and the treatment line.</summary>
    public static readonly OxyColor Axis = OxyColor.FromRgb(0x59, 0x59, 0x59);

    /// <summary>Lines of the grid.</summary>
    public static readonly OxyColor Grid = OxyColor.FromRgb(0xe3, 0xe3, 0xe3);

    /// <summary>Name, light and dark colour of each, as a style sheet writes them.</summary>
    public static readonly IReadOnlyList<(string Name, string Light, string Dark)> All =
    [
        ("ground", Hex(Ground), "#16181c"),
        ("ink", Hex(Ink), "#ececec"),
        ("observed", Hex(Observed), "#f5f5f5"),
        ("synthetic", Hex(Synthetic), "#56b4e9"),
        ("treated", Hex(Treated), "#e69f00"),
        ("third", Hex(Third), "#33c69b"),
        ("fourth", Hex(Fourth), "#e39cc4"),
        ("control", Hex(Control), "#84888f"),
        ("axis", Hex(Axis), "#a6a9ae"),
        ("grid", Hex(Grid), "#2e3238"),
    ];

    /// <summary>Colours of series that stand for nothing in particular, in the order they are taken.</summary>
    public static IReadOnlyList<OxyColor> Series { get; } = [Treated, Synthetic, Third, Fourth, Observed];

    /// <summary>A colour as the exporter writes it.</summary>
    public static string Rgb(string hex)
    {
        OxyColor color = OxyColor.Parse(hex);
        return $"rgb({color.R},{color.G},{color.B})";
    }

    private static string Hex(OxyColor color) => $"#{color.R:x2}{color.G:x2}{color.B:x2}";
}
