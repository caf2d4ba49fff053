using System.CommandLine;
using SparseSC.Batch.Plan;
using SparseSC.Core.Errors;

namespace SparseSC.Cli.Options;

/// <summary>The folder of a plan.</summary>
internal sealed class BatchDirectoryOption(string description = "Folder that 'sparsesc plan' wrote")
{
    private readonly Option<string> _option = OptionFactory.RequiredText("--batch-directory", "DIR", description);

    public void AddTo(Command command) => command.Add(_option);

    public string Value(ParseResult result)
    {
        string path = result.GetValue(_option)!;
        return !string.IsNullOrWhiteSpace(path)
            ? path
            : throw new InvalidInputException(ErrorIds.BatchDirectoryMissing, "{BatchDirectory} is blank; a folder is needed.", "BatchDirectory");
    }

    /// <summary>Reads the plan that stands there.</summary>
    /// <exception cref="InvalidInputException">There is no such folder, or no plan in it.</exception>
    /// <exception cref="BatchPlanException">The plan is damaged.</exception>
    public BatchPlan Load(ParseResult result) => Load(Value(result), "BatchDirectory");

    /// <summary>Reads a plan from its folder or its file.</summary>
    public static BatchPlan Load(string path, string parameterName)
    {
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            throw new InvalidInputException(
                ErrorIds.BatchDirectoryMissing,
                $"{{{parameterName}}} {path} does not exist. Make a plan first: sparsesc plan --batch-directory DIR …",
                parameterName);
        }

        return BatchPlans.Load(path);
    }
}
