using System.CommandLine;
using System.CommandLine.Parsing;
using SparseSC.Cli.Hosting;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The data of a fit: two matrices, or a panel.</summary>
internal sealed class DataOptions(CliHost host)
{
    private readonly DataFiles _files = new(host);

    private readonly Option<string?> _features = Text("--features", "X.csv", "Matrix form: features, one row per unit (CSV or .npy); a first line of names or years is a header; - is standard input (CSV)");
    private readonly Option<string?> _targets = Text("--targets", "Y.csv", "Matrix form: targets, one row per unit (CSV or .npy); header and - likewise");
    private readonly Option<string?> _treated = Text("--treated", "ROWS", "Matrix form: zero-based rows of the treated units, such as 0,1,4-7");
    private readonly Option<string?> _panel = Text("--panel", "P.csv", "Panel form: one row per unit and time, with a header; - is standard input");
    private readonly Option<string?> _unit = Text("--unit", "COL", "Panel form: column of the unit");
    private readonly Option<string?> _time = Text("--time", "COL", "Panel form: column of the time (numbers, ISO 8601 dates, 2020-11, Jan 2020, 2002Q3, 2020-W09, words with one number, dates of --culture; others need --time-format)");
    private readonly Option<string?> _outcome = Text("--outcome", "COL", "Panel form: column of the outcome");
    private readonly Option<string[]> _covariates = NameList("--covariates", "Panel form: columns whose means before the treatment are features too");
    private readonly Option<string[]> _treatedUnit =
        NameList("--treated-unit", "Panel form: names of the treated units; quote a name that holds a comma as in CSV");

    private readonly Option<string?> _treatmentTime = Text("--treatment-time", "T", "Panel form: first treated time; targets are the outcomes from it on");
    private readonly Option<string?> _treatmentTimeColumn =
        Text("--treatment-time-column", "COL", "Panel form: column of each unit's first treated time; empty, 0 or Inf for never; in place of --treated-unit and --treatment-time");

    private readonly Option<string?> _treatment =
        Text("--treatment", "COL", "Panel form: column that is 1 where a unit is treated and 0 where it is not; in place of the three above");

    private readonly Option<string?> _timeFormat =
        Text("--time-format", "FORMAT", "Panel form: format of the times, such as dd/MM/yyyy, M/d/yyyy or 'MMM yyyy' (.NET's letters)");

    private readonly Option<string?> _culture = Text("--culture", "NAME", "Panel form: language of numbers (1.234,56), of dates (31.12.2020) and of names of months, such as de-DE [default: numbers with a point, English months]");

    private readonly Option<char?> _delimiter = new("--delimiter")
    {
        HelpName = "CHAR",
        Description = "Panel form: what separates the fields: comma, semicolon, tab, pipe, space, or the character [default: what the header has most of]",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "," or "comma" => ',',
            ";" or "semicolon" => ';',
            "\t" or "tab" or "\\t" => '\t',
            "pipe" => '|',
            "space" => ' ',
            { Length: 1 } other when char.IsAscii(other[0]) && !char.IsLetterOrDigit(other[0]) && other[0] is not ('"' or '\r' or '\n') => other[0],
            _ => Refused(result),
        },
    };

    private readonly Option<MissingOutcome> _missing = Choices(
        "--missing",
        "Panel form: what to do about gaps in the outcome; of several, separated by commas, interpolate is done first, then drop-unit, then "
            + "drop-time, however they are ordered [default: error]",
        ("error", MissingOutcome.Error),
        ("interpolate", MissingOutcome.Interpolate),
        ("drop-unit", MissingOutcome.DropUnit),
        ("drop-time", MissingOutcome.DropTime));

    private readonly Option<string?> _predictors = Text(
        "--predictors",
        "FILE.json",
        "Panel form: features that are statistics of columns over windows before the treatment, [{\"name\": \"retprice\", \"from\": 1980, \"to\": 1988, "
            + "\"statistic\": \"mean\"}, …] (mean, median, sum, min, max, first, last)");

    private readonly Option<string[]> _excludeUnit = NameList("--exclude-unit", "Panel form: names of units that are left out");

    private readonly DonorOptions _donors = new();

    private readonly Option<DuplicateRows?> _aggregate = Choice(
        "--aggregate",
        "Panel form: what becomes of several rows of one unit and time [default: error]",
        ("error", DuplicateRows.Error),
        ("mean", DuplicateRows.Mean),
        ("sum", DuplicateRows.Sum));

    private readonly Option<bool> _wide = Switch(
        "--wide", "Panel form: a row for each unit (--unit, or the first column) and a column for each time; with --time a row for each time and a column for each unit");

    private IEnumerable<Option> MatrixForm => [_features, _targets, _treated];

    /// <summary>The options of the panel form.</summary>
    public IEnumerable<Option> PanelForm =>
        [
            _panel, _unit, _time, _outcome, _covariates, _predictors, _treatedUnit, _treatmentTime, _treatmentTimeColumn, _treatment, _excludeUnit,
            _timeFormat, _culture, _delimiter, _wide, _aggregate, _missing, .. _donors.All,
        ];

    /// <summary>Names of units that are left out of a panel.</summary>
    public Option ExcludeUnit => _excludeUnit;

    /// <summary>The options of a panel of outcomes alone, without a treatment; all units are read.</summary>
    public IEnumerable<Option> OutcomeForm => [_panel, _unit, _time, _outcome, _timeFormat, _culture, _delimiter, _wide, _aggregate, _missing];

    public void AddTo(Command command)
    {
        foreach (Option option in MatrixForm.Concat(PanelForm))
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="InvalidInputException">The forms are mixed, or a file cannot be used.</exception>
    public FitData Read(ParseResult result)
    {
        if (result.GetValue(_panel) is string panelPath)
        {
            Refuse(FirstGiven(result, MatrixForm), "belongs to the matrix form and cannot be given with {Panel}.");
            return ReadPanel(result, panelPath).ToFitData();
        }

        bool isMatrix = FirstGiven(result, [_features, _targets]) is not null;
        Refuse(
            FirstGiven(result, PanelForm),
            isMatrix ? "belongs to the panel form and cannot be given with {Features} and {Targets}." : "also needs {Panel}, the file.");
        return ReadMatrices(result);
    }

    private FitData ReadMatrices(ParseResult result)
    {
        string featuresPath = result.GetValue(_features) ?? throw Needed("Features");
        string targetsPath = result.GetValue(_targets) ?? throw Needed("Targets");
        DataFiles.RequireOneStandardInput(("Features", featuresPath), ("Targets", targetsPath));
        FeatureMatrix x = _files.Matrix(featuresPath, "Features");
        FeatureMatrix y = _files.Matrix(targetsPath, "Targets");
        if (x.Rows != y.Rows)
        {
            throw new InvalidInputException(
                "UnitCountMismatch",
                $"{{Features}} {DataFiles.Name(featuresPath)} has {x.Rows} rows and {{Targets}} {DataFiles.Name(targetsPath)} has {y.Rows}; both need one row per unit.{RowCountHint.For(x, y)}",
                "Features");
        }

        string? rows = result.GetValue(_treated);
        return new FitData(x, y, rows is null ? null : UnitList.Parse(rows, y.Rows, "Treated"));
    }

    /// <summary>The file of the panel form, or <c>null</c>.</summary>
    public string? PanelPath(ParseResult result) => result.GetValue(_panel);

    /// <summary>The file of predictors, or <c>null</c>.</summary>
    public string? PredictorsPath(ParseResult result) => result.GetValue(_predictors);

    /// <summary>The names given as covariates; in matrix form of an effect that is a file.</summary>
    public string[] Covariates(ParseResult result) => result.GetValue(_covariates)!;

    /// <summary>Reads the panel.</summary>
    public Panel ReadPanel(ParseResult result, string path) => _donors.Apply(result, _files.Panel(path, new PanelOptions
    {
        Unit = Column(result, _unit, "Unit"),
        Time = Column(result, _time, "Time"),
        Outcome = Column(result, _outcome, "Outcome"),
        Covariates = result.GetValue(_covariates) ?? [],
        Predictors = result.GetValue(_predictors) is { } file ? PredictorsReader.Read(file) : [],
        ExcludedUnits = Excluded(result),
        Aggregate = result.GetValue(_aggregate) ?? DuplicateRows.Error,
        Wide = result.GetValue(_wide),
        TreatedUnits = result.GetValue(_treatedUnit) ?? [],
        TreatmentTime = result.GetValue(_treatmentTime),
        TreatmentTimeColumn = result.GetValue(_treatmentTimeColumn),
        Treatment = result.GetValue(_treatment),
        TimeFormat = result.GetValue(_timeFormat),
        Culture = result.GetValue(_culture),
        Delimiter = result.GetValue(_delimiter),
        Missing = result.GetValue(_missing),
    }));

    // A verb may give the option's name another meaning.
    private string[] Excluded(ParseResult result) => result.CommandResult.Command.Options.Contains(_excludeUnit) ? result.GetValue(_excludeUnit)! : [];

    // In wide form most columns are times.
    private string Column(ParseResult result, Option<string?> option, string name) =>
        result.GetValue(option) ?? (result.GetValue(_wide) ? "" : throw PanelNeeds(name));

    internal static Option? FirstGiven(ParseResult result, IEnumerable<Option> options) =>
        options.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });

    internal static void Refuse(Option? option, string reason)
    {
        if (option is not null)
        {
            throw new InvalidInputException("DataFormsMixed", $"{option.Name} {reason}");
        }
    }

    private static char? Refused(ArgumentResult result)
    {
        result.AddError($"--delimiter: '{result.Tokens[0].Value}' is not comma, semicolon, tab, pipe, space or one character that separates fields.");
        return null;
    }

    private static InvalidInputException Needed(string parameterName) => new(
        "DataMissing",
        $"{{{parameterName}}} is missing. Give {{Features}} and {{Targets}}, or {{Panel}} with {{Unit}}, {{Time}}, {{Outcome}}, {{TreatedUnit}} and {{TreatmentTime}}.",
        parameterName);

    private static InvalidInputException PanelNeeds(string parameterName) =>
        new("DataMissing", $"{{Panel}} also needs {{{parameterName}}}, the name of a column.", parameterName);
}
