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
        if (parseResult.CommandResult.Command is not Verb { Examples.Count: > 0 } verb)
        {
            return exitCode;
        }

        TextWriter writer = parseResult.InvocationConfiguration.Output;
        List<string> examples = [.. verb.Examples];
        if (verb.Other is { } other)
        {
            Verb form = other.Form();
            writer.WriteLine(other.Heading);
            writer.WriteLine();
            exitCode = Show(form, parseResult.InvocationConfiguration);
            examples.AddRange(form.Examples);
        }

        writer.WriteLine("Examples:");
        foreach (string example in examples)
        {
            writer.WriteLine($"  {example}");
        }

        writer.WriteLine();
        return exitCode;
    }

    private int Show(Verb form, InvocationConfiguration invocation)
    {
        RootCommand root = new() { form };
        root.Options.OfType<HelpOption>().Single().Action = new HelpAction { MaxWidth = help.MaxWidth };
        return root.Parse([form.Name, "--help"]).Invoke(invocation);
    }
}
