using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SparseSC.Cli.Hosting;

/// <summary>The parser's own help, followed by the examples of the verb.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    // Help is also for those whose arguments are not complete yet.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            TextWriter writer = parseResult.InvocationConfiguration.Output;
            writer.WriteLine("Examples:");
            foreach (string example in verb.Examples)
            {
                writer.WriteLine($"  {example}");
            }

            writer.WriteLine();
        }

        return exitCode;
    }
}
