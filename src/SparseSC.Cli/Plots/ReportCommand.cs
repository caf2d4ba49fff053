using System.CommandLine;
using System.Security.Cryptography;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;
using SparseSC.Plots.Report;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Plots;

/// <summary><c>sparsesc report</c>: a page about what another verb printed, or about an effect that is estimated for it.</summary>
internal static class ReportCommand
{
    public static Command Create(CliHost host)
    {
        Option<string?> input = Text(
            "--input",
            "FILE",
            "The JSON of effects, fit, merge or placebo; without it the effect of the data below is estimated");
        Option<string?> output = Text("--output", "FILE.html", "Write the report to FILE.html instead of standard output");
        Option<string?> title = Text("--title", "TEXT", "The heading [default: the question in words]");
        Option<PlotTheme?> theme = Choice(
            "--theme",
            "Colours: auto follows the reader's system [default: auto]",
            ("auto", PlotTheme.Auto),
            ("light", PlotTheme.Light),
            ("dark", PlotTheme.Dark));
        Option<bool> quiet = Switch("--quiet", "No progress on standard error");
        EffectDataOptions data = new(host);
        EffectOptionGroup effects = new();
        InferenceOptionGroup inference = new();
        Verb command = new(
            "report",
            "Write a report as one HTML file: the question and the answer, whether to believe it, pictures and tables, "
                + "and how to repeat it.",
            "sparsesc report --input shown.json --output report.html",
            $"sparsesc report --unit-weight simplex {Verb.California} --output simplex.html");
        foreach (Option option in (Option[])[input, output, title, theme])
        {
            command.Add(option);
        }

        data.AddTo(command);
        effects.AddTo(command);
        inference.AddTo(command);
        command.Add(quiet);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            string path = result.GetValue(output) ?? OutputOptions.Standard;
            OutputFile.Require(path == OutputOptions.Standard ? null : path, "Output");
            ReportOptions options = new()
            {
                Title = result.GetValue(title),
                Theme = result.GetValue(theme) ?? PlotTheme.Auto,
                Version = ProductVersion.Text,
                Command = $"sparsesc {string.Join(' ', result.Tokens.Select(token => Quoted(token.Value)))}",
            };
            if (result.GetValue(input) is { } file)
            {
                Option[] own = [input, output, title, theme, quiet];
                DataOptions.Refuse(
                    DataOptions.FirstGiven(result, command.Options.Where(option => !own.Contains(option))),
                    "belongs to an effect that is estimated for the report, and {Input} is the file of one that has been.");
                ResultFile read = ResultFile.Read(file);
                options.Inputs = [Hashed(file)];
                OutputOptions.Write(path, host, stream => read.Report(stream, options));
                return;
            }

            EffectEstimate estimate = Estimate(result);
            options.Inputs = [.. data.Files(result).Select(Hashed)];
            OutputOptions.Write(path, host, stream => HtmlReport.Write(stream, estimate, options));
        }));
        return command;

        EffectEstimate Estimate(ParseResult result)
        {
            (EffectData read, string outcome) = data.Read(result);
            EffectOptions options = effects.Read(result, read.Outcomes.Rows);
            inference.Read(result, options);
            using ProgressReporter progress = new(host, result.GetValue(quiet));
            EffectEstimate estimate = EffectEstimator.Run(read, options, progress, host.Cancellation);
            estimate.OutcomeName = outcome;
            return CliText.Spell(estimate, result);
        }
    }

    private static ReportInput Hashed(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return new ReportInput(file, Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant());
    }

    // As a shell of Unix takes it back; one word where nothing in it means anything to a shell.
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./,:=+@%".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
