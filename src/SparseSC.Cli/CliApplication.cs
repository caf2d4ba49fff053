using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using SparseSC.Cli.Commands;
using SparseSC.Cli.Hosting;

namespace SparseSC.Cli;

/// <summary>The command <c>sparsesc</c>: parses arguments, calls a verb, answers an exit code.</summary>
internal static partial class CliApplication
{
    private const int WidthWhenRedirected = 100;

    /// <summary>Runs one command line.</summary>
    public static int Run(IReadOnlyList<string> args, CliHost host)
    {
        // Unit names may start with @, so arguments are never replaced by files.
        ParserConfiguration parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        ParseResult result = CreateRoot(host, EffectPlanCommand.IsAskedFor(args, parsing)).Parse(args, parsing);
        bool isUnknownVerb = result.Action is HelpWithExamples
            && result.CommandResult.Command is RootCommand
            && result.UnmatchedTokens.Count > 0;
        if (result.Action is ParseErrorAction || isUnknownVerb)
        {
            return ErrorReport.BadArguments(host, result);
        }

        InvocationConfiguration invocation = new()
        {
            Output = host.OutputText,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return result.Invoke(invocation);
    }

    internal static RootCommand CreateRoot(CliHost host, bool plansEffects = false)
    {
        RootCommand root = new("Sparse Synthetic Controls: what would have happened without the change.\n\n"
            + "Exit codes: 0 done, 1 the work failed, 2 bad arguments or input, 3 cancelled.")
        {
            FitCommand.Create(host),
            EffectsCommand.Create(host),
            PlaceboCommand.Create(host),
            CompareCommand.Create(host),
            PowerCommand.Create(host),
            MarketsCommand.Create(host),
            plansEffects ? EffectPlanCommand.Create(host) : PlanCommand.Create(host),
            TaskCommand.Create(host),
            RunCommand.Create(host),
            StatusCommand.Create(host),
            MergeCommand.Create(host),
        };
        AddJobVerbs(root, host);
        foreach (Option option in root.Options)
        {
            if (option is VersionOption)
            {
                option.Description = "Show the version";
                option.Action = new PrintVersion();
            }
            else if (option is HelpOption { Action: HelpAction help })
            {
                option.Description = "Show help; every verb has its own, with examples";
                option.Action = new HelpWithExamples(help);
                help.MaxWidth = Console.IsOutputRedirected ? WidthWhenRedirected : Math.Max(60, Console.WindowWidth);
            }
        }

        return root;
    }

    // Nothing in a worker.
    static partial void AddJobVerbs(RootCommand root, CliHost host);

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"sparsesc {ProductVersion.Text}");
            return ExitCode.Done;
        }
    }
}
