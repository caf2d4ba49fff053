using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The data of an effect: outcomes with treatment periods, or a panel.</summary>
internal sealed class EffectDataOptions(CliHost host)
{
    private readonly DataFiles _files = new(host);

    private readonly Option<string?> _outcomes =
        Text("--outcomes", "Y.csv", "Matrix form: outcomes of all periods, one row per unit (CSV or .npy); --covariates is then a file X.csv; one of the three may be - for standard input");

    private readonly Option<string?> _treatmentPeriods =
        Text("--treatment-periods", "P.csv", "Matrix form: per unit the zero-based column of its first treated period, blank for never");

    private readonly DataOptions _panel = new(host);

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
        string outcomesPath = result.GetValue(_outcomes) ?? throw Needed("Outcomes");
        string periodsPath = result.GetValue(_treatmentPeriods) ?? throw Needed("TreatmentPeriods");
        string[] covariates = _panel.Covariates(result);
        string? covariatesPath = covariates.Length == 0 ? null : string.Join(',', covariates);
        DataFiles.RequireOneStandardInput(("Outcomes", outcomesPath), ("TreatmentPeriods", periodsPath), ("Covariates", covariatesPath));
        FeatureMatrix outcomes = _files.Matrix(outcomesPath, "Outcomes");
        int?[] periods = _files.WholePerUnit(periodsPath, outcomes.Rows, "TreatmentPeriods");
        FeatureMatrix? features = covariatesPath is null ? null : _files.Matrix(covariatesPath, "Covariates");
        return (new EffectData(outcomes, periods, features), "");
    }

    /// <summary>The files that are read, without standard input.</summary>
    public IEnumerable<string> Files(ParseResult result) => new[] { _panel.PanelPath(result), _panel.PredictorsPath(result), result.GetValue(_outcomes), result.GetValue(_treatmentPeriods) }
        .Concat(_panel.PanelPath(result) is null ? [string.Join(',', _panel.Covariates(result))] : [])
        .OfType<string>()
        .Where(File.Exists);

    private static InvalidInputException Needed(string parameterName) => new(
        "DataMissing",
        $"{{{parameterName}}} is missing. Give {{Outcomes}} and {{TreatmentPeriods}}, or {{Panel}} with {{Unit}}, {{Time}}, {{Outcome}}, {{TreatedUnit}} and {{TreatmentTime}}.",
        parameterName);
}
