using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Design;
using SparseSC.Core.Effects;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc power</c>: how likely an experiment on given units detects effects.</summary>
internal static class PowerCommand
{
    public static Command Create(CliHost host)
    {
        Option<string[][]> testUnits = NameGroups("--test-units", "Units that would be treated; given several times, each is a cell of one experiment and no donor of the others");
        DesignDataOptions data = new(host, canExclude: true);
        PowerOptionGroup options = new();
        OutputOptions output = new();
        Verb command = new(
            "power",
            "Simulate effects on units in past periods, and print how often a test detects them as JSON.",
            $"sparsesc power {Verb.GeoLift} --test-units chicago,portland --durations 10,15 --lookback 5 --cost-per-unit 7.5 --output power.json");
        data.AddTo(command);
        command.Add(testUnits);
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            PowerOptions simulated = new();
            options.Read(result, simulated);
            (EffectData outcomes, string name) = data.Read(result);
            PowerAnalysis analysis;
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                analysis = PowerAnalysis.Run(outcomes, result.GetValue(testUnits)!, simulated, progress, host.Cancellation);
            }

            analysis.OutcomeName = name;
            CliText.Spell(analysis, result);
            output.Write(result, host, stream => DesignJson.Write(stream, analysis));
            if (!output.IsQuiet(result))
            {
                DesignSummary.Write(host.Error, analysis);
            }
        }));
        return command;
    }
}
