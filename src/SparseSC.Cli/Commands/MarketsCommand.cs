using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Design;
using SparseSC.Core.Effects;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc markets</c>: which units to experiment on.</summary>
internal static class MarketsCommand
{
    public static Command Create(CliHost host)
    {
        DesignDataOptions data = new(host, canExclude: false);
        MarketOptionGroup sets = new();
        PowerOptionGroup options = new();
        OutputOptions output = new();
        Verb command = new(
            "markets",
            "Compare sets of similar units by the effects that an experiment on them would detect, and print them, best first, as JSON.",
            $"sparsesc markets {Verb.GeoLift} --sizes 2,3 --durations 10 --include-units chicago --cost-per-unit 7.5 --budget 100000 --output markets.json",
            $"sparsesc markets {Verb.GeoLift} --sizes 2 --durations 15 --lookback 3 --one-sided --exclude-unit honolulu --output one-sided.json");
        data.AddTo(command);
        sets.AddTo(command);
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            MarketOptions compared = sets.Read(result);
            options.Read(result, compared);
            (EffectData outcomes, string name) = data.Read(result);
            MarketSelection selection;
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                selection = MarketSelection.Run(outcomes, compared, progress, host.Cancellation);
            }

            selection.OutcomeName = name;
            CliText.Spell(selection, result);
            output.Write(result, host, stream => DesignJson.Write(stream, selection));
            if (!output.IsQuiet(result))
            {
                DesignSummary.Write(host.Error, selection);
            }
        }));
        return command;
    }
}
