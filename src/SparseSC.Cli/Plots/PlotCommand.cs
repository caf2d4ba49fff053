using System.CommandLine;
using System.Text;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Core.Errors;
using SparseSC.Plots.Charts;
using SparseSC.Plots.Drawing;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Plots;

/// <summary><c>sparsesc plot</c>: a picture of what another verb printed.</summary>
internal static class PlotCommand
{
    public static Command Create(CliHost host)
    {
        Option<PlotKind?> kind = Choice(
            "--kind",
            "What is shown; of a model unit-weights, feature-weights, balance and cross-validation",
            [.. Enum.GetValues<PlotKind>().Select(value => (Picture.KindName(value), value))]);
        Option<string> input = RequiredText("--input", "FILE", "The JSON of effects, fit or merge; placebos need effects --synthetic all");
        Option<string?> output = Text("--output", "FILE.svg", "Write the picture to FILE.svg instead of standard output");
        Option<int?> width = Whole("--width", "Pixels [default: 760]", 200);
        Option<int?> height = Whole("--height", "Pixels [default: as the kind needs]", 200);
        Option<PlotTheme?> theme = Choice(
            "--theme", "Colours: auto follows the reader's page or system [default: auto]", ("auto", PlotTheme.Auto), ("light", PlotTheme.Light), ("dark", PlotTheme.Dark));
        Option<string?> title = Text("--title", "TEXT", "The title [default: what is shown]");
        Verb command = new(
            "plot",
            "Draw a picture of an effect or of a model as SVG.",
            "sparsesc plot --kind outcomes --input shown.json --output outcomes.svg",
            "sparsesc plot --kind placebo-gaps --input shown.json --output placebos.svg --theme dark");
        foreach (Option option in (Option[])[kind, input, output, width, height, theme, title])
        {
            command.Add(option);
        }

        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            PlotKind chosen = result.GetValue(kind) ?? throw new InvalidInputException(
                "KindMissing", $"{{Kind}} is missing; give {string.Join(", ", Enum.GetValues<PlotKind>().Select(Picture.KindName))}.", "Kind");
            string path = result.GetValue(output) ?? OutputOptions.Standard;
            OutputOptions.ValidateFile(path == OutputOptions.Standard ? null : path, "Output");
            if (path != OutputOptions.Standard && !path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidInputException(
                    "PictureFormat", $"{{Output}} '{path}' must end in .svg: pictures are SVG, which browsers and office programs show and convert.", "Output");
            }

            PlotOptions options = new()
            {
                Width = result.GetValue(width) ?? new PlotOptions().Width,
                Height = result.GetValue(height),
                Theme = result.GetValue(theme) ?? PlotTheme.Auto,
                Title = result.GetValue(title),
            };
            string svg = ResultFile.Read(result.GetValue(input)!).Draw(chosen, options);
            OutputOptions.Write(path, host, stream => stream.Write(Encoding.UTF8.GetBytes(svg + "\n")));
        }));
        return command;
    }
}
