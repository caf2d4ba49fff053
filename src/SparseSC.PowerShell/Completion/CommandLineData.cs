using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using SparseSC.PowerShell.Binding;

namespace SparseSC.PowerShell.Completion;

/// <summary>Finds the data that the command under the cursor works on: its own parameters, or what stands before it in the pipeline.</summary>
internal sealed class CommandLineData(CommandAst command, IDictionary bound)
{
    private static readonly string[] OfValues = ["Panel", "Fit", "Effect", "InputObject"];
    private static readonly string[] Readers = ["Import-Csv", "ipcsv", "Import-SparseSCPanel"];

    /// <summary>The data; <c>null</c> when there is none, or it cannot be looked at.</summary>
    public DataAtHand? Find()
    {
        try
        {
            (string?, string?) columns = (Text("Unit"), Text("Time"));
            return OfValues.Select(name => DataAtHand.Of(bound[name], columns)).FirstOrDefault(data => data is not null)
                ?? OwnFile(columns)
                ?? Upstream().Select(element => OfElement(element, columns)).FirstOrDefault(data => data is not null);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Whatever is wrong with the data is said by the command itself; here it would spoil the line that is being typed.
            return null;
        }
    }

    private DataAtHand? OwnFile((string?, string?) columns) => command.GetCommandName() == "Import-SparseSCPanel" && Text("Path") is { } path
        ? OfFile(path, Text("Delimiter") is { Length: 1 } delimiter ? delimiter[0] : null, columns, bound.Contains("Wide"))
        : null;

    // The nearest first.
    private IEnumerable<CommandBaseAst> Upstream() => command.Parent is PipelineAst pipeline
        ? pipeline.PipelineElements.TakeWhile(element => element != command).Reverse()
        : [];

    private static DataAtHand? OfElement(CommandBaseAst element, (string?, string?) columns) => element switch
    {
        CommandAst reader when Readers.Contains(reader.GetCommandName(), StringComparer.OrdinalIgnoreCase) => OfReader(reader, columns),
        CommandExpressionAst { Expression: VariableExpressionAst variable } => DataAtHand.Of(ValueOf(variable), columns),
        CommandExpressionAst { Expression: ParenExpressionAst { Pipeline: PipelineAst inner } } =>
            inner.PipelineElements.Reverse().Select(part => OfElement(part, columns)).FirstOrDefault(data => data is not null),
        _ => null,
    };

    private static DataAtHand? OfReader(CommandAst reader, (string? Unit, string? Time) columns)
    {
        (Dictionary<string, string> named, List<string> positional) = Arguments(reader);
        bool isOurs = reader.GetCommandName() == "Import-SparseSCPanel";
        string? path = Find(named, "LiteralPath", "Path") ?? positional.FirstOrDefault();
        string? delimiter = Find(named, "Delimiter") ?? (isOurs ? null : positional.ElementAtOrDefault(1));
        (string?, string?) own = isOurs
            ? (Find(named, "Unit") ?? positional.ElementAtOrDefault(1), Find(named, "Time") ?? positional.ElementAtOrDefault(2))
            : columns;

        // Import-Csv takes a comma for granted.
        return path is null ? null : OfFile(path, delimiter is { Length: 1 } ? delimiter[0] : isOurs ? null : ',', own, named.ContainsKey("Wide"));
    }

    // Constants alone: nothing of a line that is being typed may run.
    private static (Dictionary<string, string> Named, List<string> Positional) Arguments(CommandAst reader)
    {
        Dictionary<string, string> named = new(StringComparer.OrdinalIgnoreCase);
        List<string> positional = [];
        string? parameter = null;
        foreach (CommandElementAst element in reader.CommandElements.Skip(1))
        {
            if (element is CommandParameterAst given)
            {
                parameter = given.ParameterName;
                named[parameter] = given.Argument is ConstantExpressionAst constant ? $"{constant.Value}" : "";
                parameter = given.Argument is null ? parameter : null;
            }
            else if (element is ConstantExpressionAst { Value: { } value })
            {
                if (parameter is null)
                {
                    positional.Add($"{value}");
                }
                else
                {
                    named[parameter] = $"{value}";
                }

                parameter = null;
            }
        }

        return (named, positional);
    }

    private static string? Find(Dictionary<string, string> named, params string[] parameters) => parameters
        .Select(parameter => named.FirstOrDefault(given => given.Key.Length > 0 && parameter.StartsWith(given.Key, StringComparison.OrdinalIgnoreCase)).Value)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static DataAtHand? OfFile(string path, char? delimiter, (string?, string?) columns, bool isWide) =>
        Run("Convert-Path", ("LiteralPath", path)) is string file ? DataAtHand.OfFile(file, delimiter, columns, isWide) : null;

    private static object? ValueOf(VariableExpressionAst variable) =>
        Run("Get-Variable", ("Name", variable.VariablePath.UserPath.Split(':')[^1]), ("ValueOnly", true));

    // In the session itself, whose folder and variables are meant.
    private static object? Run(string name, params (string Name, object Value)[] parameters)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(name).AddParameter("ErrorAction", ActionPreference.Ignore);
        foreach ((string parameter, object value) in parameters)
        {
            shell.AddParameter(parameter, value);
        }

        PSObject[] found = [.. shell.Invoke()];
        return found.Length == 1 ? PropertyReader.Unwrap(found[0]) : found.Length == 0 ? null : found;
    }

    private string? Text(string name) => PropertyReader.Unwrap(bound[name]) switch
    {
        string text => text,
        object[] { Length: > 0 } list => PropertyReader.Unwrap(list[0])?.ToString(),
        { } other => other.ToString(),
        null => null,
    };
}
