using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Output;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Results as CSV files, beside the JSON.</summary>
/// <param name="output">Where the JSON goes.</param>
/// <param name="choosing">Says whether unit weights are made at all.</param>
/// <param name="hasEffects">Whether the verb can have effects to write.</param>
internal sealed class CsvOptions(OutputOptions output, ChoiceOptions choosing, bool hasEffects)
{
    private readonly Option<string?> _weights = Text(
        "--weights-csv",
        "FILE",
        "Also write the treated units' donors as CSV (unit, donor, weight); - is standard output, with --output for the JSON");

    private readonly Option<string?> _predictions = Text(
        "--predictions-csv",
        "FILE",
        "Also write the treated units as CSV (unit, time, observed, synthetic, gap, low, high); - likewise");

    private readonly Option<string?> _effects = Text(
        "--effects-csv",
        "FILE",
        "Also write the effects as CSV (time, effect, pValue, ciLow, ciHigh); - likewise");

    private readonly Option<string?> _balance = Text(
        "--balance-csv",
        "FILE",
        "Also write the treated beside their synthetic control, predictor by predictor (predictor, treated, synthetic, …); - likewise");

    private IEnumerable<Option<string?>> All => hasEffects ? [_weights, _predictions, _balance, _effects] : [_weights, _predictions, _balance];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether the unit weights are asked for.</summary>
    public bool NeedsWeights(ParseResult result) => result.GetValue(_weights) is not null;

    /// <summary>Refuses files that cannot be written, before the work instead of after it.</summary>
    /// <exception cref="InvalidInputException">A folder is missing, two results have one destination, or the weights are not made.</exception>
    public void Validate(ParseResult result)
    {
        output.Validate(result);
        string json = output.File(result) is string file ? Path.GetFullPath(file) : OutputOptions.Standard;
        Dictionary<string, string> taken = new() { [json] = "Output" };
        foreach (Option<string?> option in All)
        {
            if (result.GetValue(option) is not string path)
            {
                continue;
            }

            string name = FastOptionGroup.Name(option.Name);
            bool isStandard = path == OutputOptions.Standard;
            if (!isStandard)
            {
                OutputFile.Require(path, name);
            }

            string destination = isStandard ? path : Path.GetFullPath(path);
            if (!taken.TryAdd(destination, name))
            {
                string first = taken[destination];
                throw new InvalidInputException(
                    "OutputTwice",
                    !isStandard ? $"{{{first}}} and {{{name}}} both name {path}. Give each a file of its own."
                        : first == "Output" ? $"{{{name}}} - is standard output, where the JSON goes. Give {{Output}} FILE for the JSON."
                        : $"{{{first}}} and {{{name}}} are both -, but standard output takes one of them. Give the other a file.",
                    name);
            }
        }

        if (NeedsWeights(result) && !choosing.KeepWeights(result))
        {
            throw new InvalidInputException(
                "WeightsNotKept",
                "{WeightsCsv} writes the unit weights, which {KeepWeights} leaves out. Give one of the two.",
                "WeightsCsv");
        }
    }

    /// <summary>Refuses the effects of what is a fit.</summary>
    /// <exception cref="InvalidInputException">They are asked for.</exception>
    public void RefuseEffects(ParseResult result)
    {
        if (result.GetValue(_effects) is not null)
        {
            throw new InvalidInputException(
                "EffectsNotPlanned",
                "{EffectsCsv} needs a plan of effects ('sparsesc plan --effects'); this is the plan of a fit.",
                "EffectsCsv");
        }
    }

    /// <summary>Writes what is asked for of a fit.</summary>
    public void Write(ParseResult result, CliHost host, SyntheticControlFit fit)
    {
        int[] units = fit.TreatedUnits.Length > 0 ? fit.TreatedUnits : [.. Enumerable.Range(0, fit.Predictions.GetLength(0))];
        Write(result, host, _weights, () => FitRows.UnitWeights(fit, units), CsvTableWriter.Write);
        Write(result, host, _predictions, () => FitRows.Predictions(fit, units), CsvTableWriter.Write);
        Write(result, host, _balance, () => FitRows.Balance(fit), CsvTableWriter.Write);
    }

    /// <summary>Writes what is asked for of an effect estimate.</summary>
    public void Write(ParseResult result, CliHost host, EffectEstimate estimate)
    {
        Write(result, host, _weights, () => EffectRows.UnitWeights(estimate), CsvTableWriter.Write);
        Write(result, host, _predictions, () => EffectRows.Predictions(estimate), CsvTableWriter.Write);
        Write(result, host, _balance, () => EffectRows.Balance(estimate), CsvTableWriter.Write);
        Write(result, host, _effects, () => estimate.Effect.PerPeriod, CsvTableWriter.Write);
    }

    private static void Write<T>(
        ParseResult result,
        CliHost host,
        Option<string?> option,
        Func<IEnumerable<T>> rows,
        Action<Stream, IEnumerable<T>> write)
    {
        if (result.GetValue(option) is string path)
        {
            IEnumerable<T> all = rows();
            OutputOptions.Write(path, host, stream => write(stream, all));
        }
    }
}
