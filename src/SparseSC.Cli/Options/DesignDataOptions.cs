using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Outcomes before an experiment: a matrix, or a panel without a treatment.</summary>
/// <param name="host">Where standard input is.</param>
/// <param name="canExclude">Whether units can be left out of the data.</param>
internal sealed class DesignDataOptions(CliHost host, bool canExclude)
{
    private readonly DataFiles _files = new(host);

    private readonly Option<string?> _outcomes = Text("--outcomes", "Y.csv", "Matrix form: outcomes of all periods, one row per unit (CSV or .npy), - for standard input");

    private readonly DataOptions _panel = new(host);

    private IEnumerable<Option> PanelForm => canExclude ? _panel.OutcomeForm.Append(_panel.ExcludeUnit) : _panel.OutcomeForm;

    public void AddTo(Command command)
    {
        command.Add(_outcomes);
        foreach (Option option in PanelForm)
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the file.</summary>
    /// <returns>The data and the name of the outcome, when it is known.</returns>
    /// <exception cref="InvalidInputException">The forms are mixed, or the file cannot be used.</exception>
    public (EffectData Data, string OutcomeName) Read(ParseResult result)
    {
        if (_panel.PanelPath(result) is string path)
        {
            DataOptions.Refuse(DataOptions.FirstGiven(result, [_outcomes]), "belongs to the matrix form and cannot be given with {Panel}.");
            Panel panel = _panel.ReadPanel(result, path);
            return (EffectData.FromPanel(panel), panel.OutcomeName);
        }

        DataOptions.Refuse(DataOptions.FirstGiven(result, PanelForm), "belongs to the panel form: it needs {Panel} and cannot be given with {Outcomes}.");
        string outcomesPath = result.GetValue(_outcomes) ?? throw new InvalidInputException(
            "DataMissing", "{Outcomes} is missing. Give {Outcomes}, or {Panel} with {Unit}, {Time} and {Outcome}.", "Outcomes");
        FeatureMatrix outcomes = _files.Matrix(outcomesPath, "Outcomes");
        return (new EffectData(outcomes, new int?[outcomes.Rows]), "");
    }
}
