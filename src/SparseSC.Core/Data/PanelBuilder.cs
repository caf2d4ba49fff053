using System.Globalization;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Collects rows (unit, time, outcome, covariates) in any order and makes a <see cref="Panel"/> of them.</summary>
public sealed class PanelBuilder
{
    private readonly PanelOptions _options;
    private readonly string? _source;
    private readonly CultureText? _culture;
    private readonly Dictionary<string, int> _units = [];
    private readonly Dictionary<string, int> _times = [];
    private readonly List<PanelEntry> _entries = [];
    private readonly List<double> _covariates = [];
    private readonly TreatmentColumn _treatment;
    private readonly Dictionary<string, bool> _excluded;

    /// <summary>Starts an empty panel.</summary>
    /// <param name="options">Names of the columns and of the treated units.</param>
    /// <param name="source">The file the rows come from; <c>null</c> when they are objects of a pipeline.</param>
    /// <exception cref="InvalidInputException">The options contradict each other.</exception>
    public PanelBuilder(PanelOptions options, string? source = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _source = source;
        PanelOptionsValidator.Check(options);
        _culture = options.Culture is null ? null : CultureText.Find(options.Culture);
        _treatment = new TreatmentColumn(options, source);
        _excluded = options.ExcludedUnits.Distinct().ToDictionary(name => name, _ => false);
        Columns = options.ReadColumns;
    }

    /// <summary>Names of the columns whose values <see cref="Add"/> takes beside the outcome: covariates, then what predictors are made of.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Whether the rows of a unit are left out, so that nothing else of them needs to be read.</summary>
    public bool Excludes(string? unit)
    {
        if (_excluded.Count == 0 || unit is null || !_excluded.ContainsKey(unit))
        {
            return false;
        }

        _excluded[unit] = true;
        return true;
    }

    /// <summary>Adds one row.</summary>
    /// <param name="unit">Name of the unit.</param>
    /// <param name="time">The time as it is written.</param>
    /// <param name="outcome">The outcome; <c>null</c> when it is missing.</param>
    /// <param name="covariateValues">One value for each of <see cref="Columns"/>; <c>null</c> or <c>NaN</c> when it is missing.</param>
    /// <param name="treatment">The cell of the options' column of the treatment: the unit's first treated time, or 0 or 1.</param>
    /// <param name="row">The row's number for errors: a line of the file, or from 1; <c>null</c> counts the rows added.</param>
    /// <exception cref="InvalidInputException">A name is blank, a number is not finite, or the treatment time contradicts an earlier row.</exception>
    public void Add(
        string? unit,
        string? time,
        double? outcome,
        IReadOnlyList<double?> covariateValues,
        string? treatment = null,
        int? row = null)
    {
        ArgumentNullException.ThrowIfNull(covariateValues);
        int number = row ?? _entries.Count + 1;
        if (Excludes(unit))
        {
            return;
        }

        RequireText(unit, "Unit", _options.Unit, number);
        RequireText(time, "Time", _options.Time, number);
        if (outcome is double value && double.IsInfinity(value))
        {
            throw OutcomeError(value.ToString(CultureInfo.InvariantCulture), unit!, time!, number);
        }

        for (int i = 0; i < Columns.Count; i++)
        {
            double covariate = covariateValues[i] ?? double.NaN;
            _covariates.Add(!double.IsInfinity(covariate)
                ? covariate
                : throw CovariateError(covariate.ToString(CultureInfo.InvariantCulture), i, unit!, time!, number));
        }

        int unitIndex = IndexOf(_units, unit!);
        _entries.Add(new PanelEntry(unitIndex, IndexOf(_times, time!), outcome ?? double.NaN, number));
        if (_options.TreatmentTimeColumn is not null || _options.Treatment is not null)
        {
            _treatment.Add(unitIndex, unit!, (treatment ?? "").Trim(), number);
        }
    }

    /// <summary>Reads an outcome cell: blank, <c>NA</c>, <c>NaN</c>, <c>#N/A</c>, <c>-</c> and the like are missing.</summary>
    /// <exception cref="InvalidInputException">The text is not a finite number.</exception>
    public double? ReadOutcome(string? text, string unit, string time, int row) => NumberText.IsMissing(text) ? null
        : TryRead(text!, out double value) ? value
        : throw OutcomeError(text!, unit, time, row);

    /// <summary>Reads a covariate cell: blank, <c>NA</c>, <c>NaN</c>, <c>#N/A</c>, <c>-</c> and the like are missing.</summary>
    /// <exception cref="InvalidInputException">The text is not a number.</exception>
    public double? ReadCovariate(string? text, int covariate, string unit, string time, int row) => NumberText.IsMissing(text) ? null
        : TryRead(text!, out double value) ? value
        : throw CovariateError(text!, covariate, unit, time, row);

    /// <summary>Makes the panel.</summary>
    /// <exception cref="InvalidInputException">
    /// There are no rows, the order of the times is not known, a (unit, time) stands twice, the outcome has gaps, or the treatment does not fit the data.
    /// </exception>
    public Panel Build()
    {
        if (_entries.Count == 0)
        {
            throw new InvalidInputException("PanelEmpty", $"{(_source is null ? "The panel" : _source)} has no rows.", "Panel");
        }

        RequireExcluded();
        string[] times = [.. _times.Keys];
        TimeFormat format = new(_options.TimeFormat, _options.Culture);
        TimeAxis axis = TimeAxis.TryCreate(times, format) ?? throw new TimeOrderError(_options, format, times, [.. _units.Keys], _source).Error(_entries);
        if (axis.Scale == TimeScale.Number)
        {
            MonthNumbers.Refuse(times, _options.Time);
        }

        PanelGrid grid = new(_options, _source, [.. _units.Keys], axis);
        grid.Fill(_entries, _covariates);
        return grid.ToPanel(new PanelTreatment(_options, _source, grid.Units, axis).Resolve(_treatment, _entries));
    }

    /// <summary>Where a row stands, for messages.</summary>
    internal static string Place(string? source, int row) => source is null ? $"row {row}" : $"{source}, line {row}";

    /// <summary>The same where the file has been named already.</summary>
    internal static string ShortPlace(string? source, int row) => source is null ? $"row {row}" : $"line {row}";

    private static int IndexOf(Dictionary<string, int> names, string name)
    {
        if (!names.TryGetValue(name, out int index))
        {
            index = names.Count;
            names.Add(name, index);
        }

        return index;
    }

    private bool TryRead(string text, out double value) => _culture is null
        ? NumberText.TryParse(text, out value) && double.IsFinite(value)
        : CultureNumber.TryParse(text, _culture, out value);

    // The languages of the two ways to write a number that are most often met.
    private string CultureHint(string text) => _culture is not null ? $" as {{Culture}} '{_options.Culture}' writes one"
        : CultureNumber.TryParse(text, CultureText.English, out _) && CultureNumber.TryParse(text, CultureText.Find("de"), out _)
            ? "; with {Culture} 'de-DE' a comma stands before the fraction, with 'en-US' between thousands"
        : CultureNumber.TryParse(text, CultureText.English, out _) ? "; numbers such as 1,234.56 are read with {Culture} 'en-US'"
        : CultureNumber.TryParse(text, CultureText.Find("de"), out _) ? "; numbers with a decimal comma, such as 1.234,56, are read with {Culture} 'de-DE'"
        : "";

    private void RequireExcluded()
    {
        if (_excluded.FirstOrDefault(unit => !unit.Value).Key is { } unknown)
        {
            string[] known = [.. _units.Keys, .. _excluded.Where(unit => unit.Value).Select(unit => unit.Key)];
            throw new InvalidInputException(
                "UnknownUnit", $"{{ExcludeUnit}}: there is no unit '{unknown}'{Names.Suggestion(unknown, known, "The units are")}", "ExcludeUnit");
        }
    }

    private void RequireText(string? text, string parameterName, string column, int row)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidInputException(
                $"{parameterName}Blank",
                $"{{{parameterName}}} '{column}' is blank ({Place(_source, row)}). Complete the row or leave it out.",
                parameterName);
        }

        // What stands for a character that could not be read.
        if (_source is null && text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw new InvalidInputException(
                "TextNotReadable",
                $"{{{parameterName}}} '{column}' is '{text}' ({Place(_source, row)}), with a character that was lost when the file was read. "
                    + "Read it in its own encoding, for example Import-Csv -Encoding latin1.",
                parameterName);
        }
    }

    private InvalidInputException OutcomeError(string text, string unit, string time, int row) => new(
        "OutcomeNotANumber",
        $"Outcome '{_options.Outcome}' is '{text}' for unit '{unit}' at time {time} ({Place(_source, row)}); it must be a finite number{CultureHint(text)}. "
            + "Correct the value, or leave it blank and give {Missing}.",
        "Outcome");

    private InvalidInputException CovariateError(string text, int covariate, string unit, string time, int row)
    {
        bool isCovariate = _options.Covariates.Contains(Columns[covariate]);
        return new InvalidInputException(
            "CovariateNotANumber",
            $"{(isCovariate ? "Covariate" : "{Predictors}: column")} '{Columns[covariate]}' is '{text}' for unit '{unit}' at time {time} "
                + $"({Place(_source, row)}); it must be a finite number{CultureHint(text)}, or blank where it is missing.",
            isCovariate ? "Covariates" : "Predictors");
    }
}

/// <summary>One row: places in the lists of units and times, the outcome (<c>NaN</c> when missing) and the row's number.</summary>
internal readonly record struct PanelEntry(int Unit, int Time, double Outcome, int Row);
