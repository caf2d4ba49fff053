using System.CommandLine;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Cli.Hosting;

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
        catch (BatchJobException error) when (error.ErrorId is ErrorIds.JobNotFound or ErrorIds.InvalidJobId or ErrorIds.JobIdInUse or ErrorIds.TaskNotFound or ErrorIds.TaskNotFailed)
        {
            WriteBadInput(host, verb, Explain(error, result));
            return ExitCode.BadInput;
        }
        catch (BatchPlanException error) when (error.ErrorId is ErrorIds.PlanNotFound or ErrorIds.PlanDamaged or ErrorIds.PlanVersion or ErrorIds.NotAPlanFile)
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
        WriteBadInput(host, verb, ArgumentFault(result));
        return ExitCode.BadInput;
    }

    private static string ArgumentFault(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string[] verbs = [.. command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)];
        if (result.UnmatchedTokens.Count > 0)
        {
            string token = result.UnmatchedTokens[0];
            if (token.StartsWith('-') && command is RootCommand)
            {
                return $"'{token}' stands before a verb; the verb comes first, one of {string.Join(", ", verbs)}.";
            }

            if (token.StartsWith('-'))
            {
                string option = token.Split('=', ':')[0];
                if (command.Options.Any(known => known.Name == option))
                {
                    return $"option '{option}' stands before the verb; options follow it.";
                }

                IEnumerable<string> options = command.Options.Where(known => !known.Hidden).Select(known => known.Name);
                return $"there is no option '{option}'{Names.DidYouMean(option, options) ?? "."}";
            }

            return command is RootCommand
                ? $"there is no verb '{token}'{Names.DidYouMean(token, verbs) ?? $"; the verbs are {string.Join(", ", verbs)}."}"
                : $"there is no argument '{token}'; every value follows its option.";
        }

        return command is RootCommand ? $"a verb is missing; give one of {string.Join(", ", verbs)}." : result.Errors[0].Message;
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
