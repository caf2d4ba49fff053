using System.CommandLine;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The data of an effect: outcomes with treatment periods, or a panel.</summary>
internal sealed class EffectDataOptions
{
    private readonly Option<string?> _outcomes =
        Text("--outcomes", "Y.csv", "Matrix form: outcomes of all periods, one row per unit (CSV or .npy); --covariates is then a file X.csv");

    private readonly Option<string?> _treatmentPeriods =
        Text("--treatment-periods", "P.csv", "Matrix form: per unit the zero-based column of its first treated period, blank for never");

    private readonly DataOptions _panel = new();

    public void AddTo(Command command)
    {
        command.Add(_outcomes);
        command.Add(_treatmentPeriods);
        foreach (Option option in _panel.PanelForm)
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the files.</summary>
    /// <returns>The data and the name of the outcome, when it is known.</returns>
    /// <exception cref="InvalidInputException">The forms are mixed, or a file cannot be used.</exception>
    public (EffectData Data, string OutcomeName) Read(ParseResult result)
    {
        if (_panel.PanelPath(result) is string path)
        {
            DataOptions.Refuse(DataOptions.FirstGiven(result, [_outcomes, _treatmentPeriods]), "belongs to the matrix form and cannot be given with {Panel}.");
            Panel panel = _panel.ReadPanel(result, path);
            return (EffectData.FromPanel(panel), panel.OutcomeName);
        }

        DataOptions.Refuse(
            DataOptions.FirstGiven(result, _panel.PanelForm.Where(option => option.Name != "--covariates")),
            "belongs to the panel form: it needs {Panel} and cannot be given with {Outcomes}.");
        FeatureMatrix outcomes = MatrixReader.Read(result.GetValue(_outcomes) ?? throw Needed("Outcomes"), "Outcomes");
        int?[] periods = UnitColumnReader.ReadWhole(result.GetValue(_treatmentPeriods) ?? throw Needed("TreatmentPeriods"), outcomes.Rows, "TreatmentPeriods");
        string[] covariates = _panel.Covariates(result);
        FeatureMatrix? features = covariates.Length == 0 ? null : MatrixReader.Read(string.Join(',', covariates), "Covariates");
        return (new EffectData(outcomes, periods, features), "");
    }

    private static InvalidInputException Needed(string parameterName) => new(
        "DataMissing",
        $"{{{parameterName}}} is missing. Give {{Outcomes}} and {{TreatmentPeriods}}, or {{Panel}} with {{Unit}}, {{Time}}, {{Outcome}}, {{TreatedUnit}} and {{TreatmentTime}}.",
        parameterName);
}
