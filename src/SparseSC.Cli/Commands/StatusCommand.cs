using System.CommandLine;
using SparseSC.Batch.Plan;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc status</c>: which tasks are done, missing or invalid.</summary>
internal static class StatusCommand
{
    public static Command Create(CliHost host)
    {
        BatchDirectoryOption directory = new();
        OutputOptions output = new();
        Verb command = new(
            "status",
            "Say which tasks of a plan are done, missing or invalid, as JSON.",
            "sparsesc status --batch-directory prop99");
        directory.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            PlanStatus status = CliText.Spell(directory.Load(result).GetStatus(), result);
            output.WriteObject(result, host, writer => PlanJson.Write(writer, status));
        }));
        return command;
    }
}
