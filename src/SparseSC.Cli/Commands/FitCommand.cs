using System.CommandLine;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Fitting;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc fit</c>: the joint fit.</summary>
internal static class FitCommand
{
    public static Command Create(CliHost host)
    {
        DataOptions data = new();
        FitOptionGroup fitting = new();
        OutputOptions output = new();
        Command command = new("fit", "Fit a sparse synthetic control and print it as JSON; a readable summary goes to standard error.");
        data.AddTo(command);
        fitting.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            FitData fitData = data.Read(result);
            FitOptions options = fitting.Read(result, fitData);
            SyntheticControlFit fit;
            using (ProgressReporter progress = new(host, output.IsQuiet(result)))
            {
                fit = JointFit.Run(fitData, options, progress, host.Cancellation);
            }

            output.Write(result, host, stream => FitJson.Write(stream, fit));
            if (!output.IsQuiet(result))
            {
                FitSummary.Write(host.Error, fit);
            }
        }));
        return command;
    }
}
