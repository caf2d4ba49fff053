using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc fit</c>: the joint fit, or the fast one.</summary>
internal static class FitCommand
{
    public static Command Create(CliHost host)
    {
        DataOptions data = new(host);
        FitOptionGroup fitting = new();
        FastOptionGroup fast = new();
        OutputOptions output = new();
        WrittenUnitsOptions written = new();
        CsvOptions csv = new(output, fitting.Choosing, hasEffects: false);
        Verb command = new(
            "fit",
            "Fit a sparse synthetic control and print it as JSON; a readable summary goes to standard error.",
            $"sparsesc fit {Verb.California} --output california.json",
            $"sparsesc fit --fast {Verb.California} --weights-csv weights.csv --predictions-csv - --output california.json");
        data.AddTo(command);
        fitting.AddTo(command);
        fast.AddTo(command);
        csv.AddTo(command);
        written.AddPredictionsTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            csv.Validate(result);
            bool isFast = fast.IsFast(result);
            FitData fitData = data.Read(result);
            SyntheticControlFit fit;
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                fit = isFast ? RunFast(fitData, progress) : RunJoint(fitData, progress);
            }

            CliText.Spell(fit, result);
            csv.Write(result, host, fit);
            KeptUnits predictions = written.Predictions(result, fit, host.Error);
            output.Write(result, host, stream => FitJson.Write(stream, fit, predictions));
            if (!output.IsQuiet(result))
            {
                FitSummary.Write(host.Error, fit);
            }

            SyntheticControlFit RunFast(FitData of, ProgressReporter progress)
                => FastFit.Run(of, fast.Read(result, fitting, of), progress, host.Cancellation);

            SyntheticControlFit RunJoint(FitData of, ProgressReporter progress)
            {
                FitOptions options = fitting.Read(result, of);
                options.MatchSpace = fast.MatchSpace.IsGiven(result) ? fast.MatchSpace.Read(result) : null;
                return JointFit.Run(of, options, progress, host.Cancellation);
            }
        }));
        return command;
    }
}
