using OxyPlot;

namespace SparseSC.Plots.Drawing;

/// <summary>Widths of text in pixels, by the metrics of the standard fonts of PDF.</summary>
/// <remarks>The SVG exporter takes points for pixels, so that everything is laid out for text a quarter smaller than it is.</remarks>
internal sealed class TextMeasurer : RenderContextBase
{
    private const double PixelsPerPoint = 4.0 / 3;

    // Browsers have wider fonts than the one these metrics are of.
    private const double Reserve = 1.04;

    private readonly PdfRenderContext _points = new(1, 1, OxyColors.White);

    /// <inheritdoc/>
    public override int ClipCount => 0;

    /// <inheritdoc/>
    public override void PushClip(OxyRect clippingRectangle) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void PopClip() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        OxySize size = _points.MeasureText(text, fontFamily, fontSize, fontWeight);
        return new OxySize(size.Width * PixelsPerPoint * Reserve, size.Height * PixelsPerPoint);
    }

    /// <inheritdoc/>
    public override void DrawLine(IList<ScreenPoint> points, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override void DrawPolygon(
        IList<ScreenPoint> points, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override void DrawText(
        ScreenPoint p, string text, OxyColor fill, string fontFamily, double fontSize, double fontWeight, double rotation, HorizontalAlignment horizontalAlignment,
        VerticalAlignment verticalAlignment, OxySize? maxSize) =>
        throw new NotSupportedException();
}
