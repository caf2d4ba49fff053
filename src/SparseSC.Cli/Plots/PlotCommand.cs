using System.CommandLine;
using System.Text;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Core.Data;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Drawing;
using SparseSC.Plots.Files;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Plots;

/// <summary><c>sparsesc plot</c>: a picture of what another verb printed.</summary>
internal static class PlotCommand
{
    public static Command Create(CliHost host)
    {
        Option<PlotKind?> kind = Choice(
            "--kind",
            "What is shown; which kinds there are depends on the input [default: its first: outcomes, unit-weights of a model, ratios, time-placebo, leave-one-out or event-time of a test]",
            [.. Enum.GetValues<PlotKind>().Select(value => (Picture.KindName(value), value))]);
        Option<string> input = RequiredText("--input", "FILE", "The JSON of effects, fit, merge or placebo; gaps of placebos need effects --synthetic all");
        Option<string?> output = Text("--output", "FILE", "Write the picture to FILE instead of SVG to standard output; .svg, .png or .pdf says in which format (the last two by rsvg-convert, Inkscape or a browser of this machine)");
        Option<int?> width = Whole("--width", "Pixels [default: 760]", 200);
        Option<int?> height = Whole("--height", "Pixels [default: as the kind needs]", 200);
        Option<PlotTheme?> theme = Choice(
            "--theme", "Colours: auto follows the reader's page or system [default: auto]", ("auto", PlotTheme.Auto), ("light", PlotTheme.Light), ("dark", PlotTheme.Dark));
        Option<string?> title = Text("--title", "TEXT", "The title [default: what is shown]");

        // Nothing is said while a picture is drawn; scripts that silence every verb alike may silence this one, too.
        Option<bool> quiet = Switch("--quiet", "No messages on standard error");
        Verb command = new(
            "plot",
            "Draw a picture of an effect, of a model or of a test of an effect as SVG.",
            "sparsesc plot --kind outcomes --input shown.json --output outcomes.svg",
            "sparsesc plot --kind placebo-gaps --input shown.json --output placebos.svg --theme dark");
        foreach (Option option in (Option[])[kind, input, output, width, height, theme, title, quiet])
        {
            command.Add(option);
        }

        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            string path = result.GetValue(output) ?? OutputOptions.Standard;
            OutputFile.Require(path == OutputOptions.Standard ? null : path, "Output");
            bool isFile = path != OutputOptions.Standard;
            if (isFile)
            {
                PictureFile.CheckName(path, "Output");
            }

            PlotTheme colours = result.GetValue(theme) ?? PlotTheme.Auto;
            PlotOptions options = new()
            {
                Width = result.GetValue(width) ?? new PlotOptions().Width,
                Height = result.GetValue(height),
                Theme = colours == PlotTheme.Auto && isFile && PictureFile.IsFixed(path) ? PlotTheme.Light : colours,
                Title = result.GetValue(title),
            };
            string svg = ResultFile.Read(result.GetValue(input)!).Draw(result.GetValue(kind), options);
            if (isFile)
            {
                PictureFile.Write(path, svg, host.Cancellation);
            }
            else
            {
                OutputOptions.Write(path, host, stream => stream.Write(Encoding.UTF8.GetBytes(svg + "\n")));
            }
        }));
        return command;
    }
}
