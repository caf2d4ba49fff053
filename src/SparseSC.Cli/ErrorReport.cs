using System.CommandLine;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Cli;

/// <summary>The one place where failures become a line on standard error and an exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Runs the work of a verb, which is done when it returns.</summary>
    public static int Guard(CliHost host, ParseResult result, Action work) => Guard(host, result, () =>
    {
        work();
        return ExitCode.Done;
    });

    /// <summary>Runs the work of a verb, which answers the exit code when it returns.</summary>
    public static int Guard(CliHost host, ParseResult result, Func<int> work)
    {
        string verb = result.CommandResult.Command.Name;
        try
        {
            return work();
        }
        catch (OperationCanceledException) when (host.Cancellation.IsCancellationRequested)
        {
            host.Error.WriteLine($"sparsesc {verb}: cancelled.");
            return ExitCode.Cancelled;
        }
        catch (InvalidInputException error)
        {
            WriteBadInput(host, verb, Explain(error, result));
            return ExitCode.BadInput;
        }
        catch (BatchJobException error) when (error.ErrorId is "JobNotFound" or "InvalidJobId" or "JobIdInUse" or "TaskNotFound" or "TaskNotFailed")
        {
            WriteBadInput(host, verb, Explain(error, result));
            return ExitCode.BadInput;
        }
        catch (BatchPlanException error) when (error.ErrorId is "PlanNotFound" or "PlanDamaged" or "PlanVersion" or "NotAPlanFile")
        {
            WriteBadInput(host, verb, Explain(error, result));
            return ExitCode.BadInput;
        }
        catch (Exception error)
        {
            // Whatever went wrong, the answer is a line and an exit code, never a stack trace.
            host.Error.WriteLine($"sparsesc {verb}: {Explain(error, result)}");
            return ExitCode.Failed;
        }
    }

    /// <summary>Says what is wrong with the arguments.</summary>
    public static int BadArguments(CliHost host, ParseResult result)
    {
        string verb = result.CommandResult.Command is RootCommand ? "" : result.CommandResult.Command.Name;
        string message = result.Errors[0].Message;
        if (result.UnmatchedTokens.Count > 0)
        {
            string token = result.UnmatchedTokens[0];
            string kind = token.StartsWith('-') ? "option" : verb.Length == 0 ? "verb" : "argument";
            IEnumerable<string> known = kind == "option"
                ? result.CommandResult.Command.Options.Where(option => !option.Hidden).Select(option => option.Name)
                : result.CommandResult.Command.Subcommands.Select(command => command.Name);
            message = $"there is no {kind} '{token}'{Names.DidYouMean(token, known) ?? "."}";
        }

        else if (result.CommandResult.Command is RootCommand)
        {
            message = $"a verb is missing; give one of {string.Join(", ", result.CommandResult.Command.Subcommands.Select(command => command.Name))}.";
        }

        WriteBadInput(host, verb, message);
        return ExitCode.BadInput;
    }

    private static void WriteBadInput(CliHost host, string verb, string message)
    {
        string command = verb.Length == 0 ? "sparsesc" : $"sparsesc {verb}";
        host.Error.WriteLine($"{command}: {message}");
        host.Error.WriteLine($"Try '{command} --help'.");
    }

    private static string Explain(Exception error, ParseResult result) => error switch
    {
        InvalidInputException { ParameterName: string name } =>
            WithOption(CliText.Render(error.Message, result), CliText.Render($"{{{name}}}", result)),
        SparseSCException => CliText.Render(error.Message, result),
        IOException or UnauthorizedAccessException => error.Message,
        OutOfMemoryException => "out of memory. Use a machine with more, or give --no-weights.",
        AggregateException { InnerExceptions: [Exception only] } => Explain(only, result),
        _ => $"unexpected {error.GetType().Name}: {error.Message}",
    };

    private static string WithOption(string message, string option) =>
        option.StartsWith('{') || message.Contains(option, StringComparison.Ordinal) ? message : $"{option}: {message}";
}
