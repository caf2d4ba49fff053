using System.CommandLine;
using System.Globalization;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Whose predictions and synthetic outcomes stand in the JSON.</summary>
internal sealed class WrittenUnitsOptions
{
    /// <summary>Above so many units the JSON of a fit would be hundreds of megabytes that few readers take.</summary>
    private const int ManyUnits = 10_000;

    private readonly Option<KeptUnits?> _predictions = Choice(
        "--predictions",
        $"Whose predictions the JSON of a fit holds [default: all; treated above {ManyUnits.ToString("N0", CultureInfo.InvariantCulture)} units]",
        ("all", KeptUnits.All),
        ("treated", KeptUnits.Treated));

    private readonly Option<KeptUnits?> _synthetic = Choice(
        "--synthetic",
        "Whose synthetic outcomes the JSON of an effect holds; placebos read from it need those of all [default: treated]",
        ("treated", KeptUnits.Treated),
        ("all", KeptUnits.All));

    public void AddPredictionsTo(Command command) => command.Add(_predictions);

    public void AddSyntheticTo(Command command) => command.Add(_synthetic);

    public KeptUnits Synthetic(ParseResult result) => result.GetValue(_synthetic) ?? KeptUnits.Treated;

    /// <summary>Whose predictions of a fit are written; says so where the default leaves some out.</summary>
    public KeptUnits Predictions(ParseResult result, SyntheticControlFit fit, TextWriter messages)
    {
        if (result.GetValue(_predictions) is { } given)
        {
            return given;
        }

        int units = fit.Predictions.GetLength(0);
        if (units <= ManyUnits || fit.TreatedUnits.Length == 0)
        {
            return KeptUnits.All;
        }

        messages.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"The JSON holds the predictions of the {fit.TreatedUnits.Length:N0} treated of {units:N0} units. ")
                + "Give --predictions all for those of every unit.");
        return KeptUnits.Treated;
    }
}
