using OxyPlot;

namespace SparseSC.Plots.Drawing;

/// <summary>What a model is drawn on: SVG without a declaration, with any text.</summary>
internal sealed class SvgCanvas(Stream stream, double width, double height, OxyColor background)
    : SvgRenderContext(stream, width, height, false, new TextMeasurer(), background, true)
{
    /// <summary>Draws all of a model.</summary>
    public static void Draw(IPlotModel model, Stream stream, double width, double height)
    {
        using SvgCanvas canvas = new(stream, width, height, model.Background);
        model.Update(true);
        model.Render(canvas, new OxyRect(0, 0, width, height));
        canvas.Complete();
        canvas.Flush();
    }

    /// <inheritdoc/>
    public override void DrawText(
        ScreenPoint p,
        string text,
        OxyColor fill,
        string fontFamily,
        double fontSize,
        double fontWeight,
        double rotation,
        HorizontalAlignment horizontalAlignment,
        VerticalAlignment verticalAlignment,
        OxySize? maxSize) =>
        base.DrawText(
            p,
            text is null ? null : PlainText.Of(text),
            fill,
            fontFamily,
            fontSize,
            fontWeight,
            rotation,
            horizontalAlignment,
            verticalAlignment,
            maxSize);
}
