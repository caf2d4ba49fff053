using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Backtests;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc compare</c>: which estimator to believe on a panel.</summary>
internal static class CompareCommand
{
    public static Command Create(CliHost host)
    {
        EffectDataOptions data = new(host);
        ComparisonOptionGroup options = new();
        OutputOptions output = new();
        Verb command = new(
            "compare",
            "Backtest estimators where there is no effect, on untreated units and before the treatment, and print their errors and the coverage of their intervals as JSON.",
            $"sparsesc compare --estimator did,simplex,sdid --max-backtests 5 {Verb.California} --output compared.json",
            $"sparsesc compare --estimator simplex,ridge --kind time --details {Verb.California} --output rolling.json",
            $"sparsesc compare --estimator did,simplex --max-backtests 2 --pre-lengths 10,15 --without Nevada,Utah --without Montana {Verb.California} --output curve.json");
        data.AddTo(command);
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            (EffectData effectData, string outcome) = data.Read(result);
            EstimatorComparison comparison;
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                comparison = EstimatorComparison.Run(effectData, options.Read(result), progress, host.Cancellation);
            }

            comparison.OutcomeName = outcome;
            CliText.Spell(comparison, result);
            output.Write(result, host, stream => ComparisonJson.Write(stream, comparison, options.HasDetails(result)));
            if (!output.IsQuiet(result))
            {
                ComparisonSummary.Write(host.Error, comparison);
            }
        }));
        return command;
    }
}
