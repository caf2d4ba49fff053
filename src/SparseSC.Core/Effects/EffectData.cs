using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Effects;

/// <summary>What an effect estimate needs: outcomes of N units over T times, and when each unit was treated.</summary>
public sealed class EffectData
{
    private const int MostNamed = 10;

    private readonly FeatureMatrix? _fixedCovariates;
    private readonly double[][,] _varyingCovariates;
    private readonly string[] _covariateNames;

    /// <summary>Outcomes with covariates that do not vary over time.</summary>
    /// <param name="outcomes">N×T, with names of units and times where there are any.</param>
    /// <param name="treatmentPeriods">Per unit the column of its first treated time; <c>null</c> for never.</param>
    /// <param name="covariates">N×K, or <c>null</c>.</param>
    /// <exception cref="InvalidInputException">Shapes do not match, a number is not finite, or a treatment period is not a column after the first.</exception>
    public EffectData(FeatureMatrix outcomes, IReadOnlyList<int?> treatmentPeriods, FeatureMatrix? covariates = null)
        : this(outcomes, treatmentPeriods, covariates, [], [])
    {
    }

    private EffectData(FeatureMatrix outcomes, IReadOnlyList<int?> treatmentPeriods, FeatureMatrix? fixedCovariates, double[][,] varyingCovariates, string[] covariateNames)
    {
        Outcomes = outcomes ?? throw new ArgumentNullException(nameof(outcomes));
        ArgumentNullException.ThrowIfNull(treatmentPeriods);
        TreatmentPeriods = [.. treatmentPeriods];
        _fixedCovariates = fixedCovariates;
        _varyingCovariates = varyingCovariates;
        _covariateNames = covariateNames;
        EffectDataValidator.Check(this, fixedCovariates);
    }

    /// <summary>N×T.</summary>
    public FeatureMatrix Outcomes { get; }

    /// <summary>Per unit the column of its first treated time; <c>null</c> for never.</summary>
    public int?[] TreatmentPeriods { get; }

    /// <summary>What was made up or left out when the data were put together, for the warnings of the estimate.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How the names of the times are read.</summary>
    internal TimeFormat TimeFormat { get; init; } = TimeFormat.None;

    /// <summary>The number of covariates.</summary>
    public int CovariateCount => _varyingCovariates.Length + (_fixedCovariates?.Columns ?? 0);

    /// <summary>The data of a panel; its covariates become means over the times before each fit's treatment.</summary>
    /// <exception cref="InvalidInputException">As for the constructor.</exception>
    public static EffectData FromPanel(Panel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        FeatureMatrix outcomes = FeatureMatrix.FromArray(panel.Outcome);
        return new EffectData(
            new FeatureMatrix(outcomes.Values, outcomes.Rows, outcomes.Columns, panel.Units, panel.Times),
            panel.TreatmentPeriods,
            null,
            panel.Covariates,
            panel.CovariateNames)
        {
            TimeFormat = new TimeFormat(panel.TimeFormat, panel.Culture),
            Warnings = panel.Warnings,
        };
    }

    /// <summary>The column of a time that a user names: of this name, or the first at or after it, read as the times themselves were.</summary>
    /// <param name="time">The time, or a column's number where times have no names.</param>
    /// <param name="parameterName">The option it was given by.</param>
    /// <exception cref="InvalidInputException">There is no such time.</exception>
    public int FindTime(string time, string parameterName)
    {
        string[] known = [.. Enumerable.Range(0, Outcomes.Columns).Select(TimeName)];
        int exact = Array.IndexOf(known, time);
        return exact >= 0
            ? exact
            : TimeAxis.TryCreate(known, TimeFormat)?.Find(time) ?? throw new InvalidInputException(
                $"{parameterName.TrimEnd('s')}Unknown",
                $"{{{parameterName}}}: there is no time '{time}'; times go from {known[0]} to {known[^1]}.",
                parameterName);
    }

    /// <summary>Covariates that do not vary over time, N×K; <c>null</c> for none.</summary>
    internal FeatureMatrix? FixedCovariates => _fixedCovariates;

    /// <summary>Covariates that vary over time, N×T each.</summary>
    internal IReadOnlyList<double[,]> VaryingCovariates => _varyingCovariates;

    /// <summary>Data with covariates that vary over time, N×T each.</summary>
    internal static EffectData WithVarying(
        FeatureMatrix outcomes, IReadOnlyList<int?> treatmentPeriods, double[][,] covariates, string[] names, IReadOnlyList<string>? warnings = null) =>
        new(outcomes, treatmentPeriods, null, covariates, names) { Warnings = warnings ?? [] };

    /// <summary>A unit's name, or its row.</summary>
    public string UnitName(int row) => Outcomes.RowNames?[row] ?? row.ToString(CultureInfo.InvariantCulture);

    /// <summary>A time as it was written, or its column.</summary>
    public string TimeName(int column) => Outcomes.ColumnNames?[column] ?? column.ToString(CultureInfo.InvariantCulture);

    /// <summary>The unit as a message names it.</summary>
    internal string Say(int row) => Outcomes.RowNames is null ? $"row {row}" : $"unit '{Outcomes.RowNames[row]}'";

    /// <summary>The time as a message names it.</summary>
    internal string SayTime(int column) => Outcomes.ColumnNames is null ? $"column {column}" : Outcomes.ColumnNames[column];

    /// <summary>Names of the covariates, in the order of <see cref="WriteCovariates"/>.</summary>
    internal IEnumerable<string> CovariateNames => _fixedCovariates is null
        ? _covariateNames
        : _fixedCovariates.ColumnNames ?? Enumerable.Range(0, _fixedCovariates.Columns).Select(k => $"x{k}");

    /// <summary>Writes one unit's covariates as they stand at a treatment time.</summary>
    internal void WriteCovariates(int unit, int treatment, Span<double> result)
    {
        _fixedCovariates?.Row(unit).CopyTo(result);
        for (int k = 0; k < _varyingCovariates.Length; k++)
        {
            result[k] = CovariateMean.Before(_varyingCovariates[k], unit, treatment, _covariateNames[k], UnitName(unit), TimeName(treatment));
        }
    }

    /// <summary>The same data with other rows, each the mean of some of these.</summary>
    /// <param name="rows">Per new row the old ones.</param>
    /// <param name="names">Names of the new rows.</param>
    /// <param name="treatmentPeriods">Treatment of the new rows.</param>
    internal EffectData Combine(IReadOnlyList<int[]> rows, IReadOnlyList<string> names, IReadOnlyList<int?> treatmentPeriods)
    {
        double[][,] covariates = [.. _varyingCovariates.Select(values => RowMeans.Of(values, rows))];
        return new EffectData(
            RowMeans.Of(Outcomes, rows, names),
            treatmentPeriods,
            _fixedCovariates is null ? null : RowMeans.Of(_fixedCovariates, rows, names),
            covariates,
            _covariateNames);
    }

    /// <summary>Some of the rows, as they are.</summary>
    internal EffectData Select(IReadOnlyList<int> rows) =>
        Combine([.. rows.Select(row => new[] { row })], [.. rows.Select(UnitName)], [.. rows.Select(row => TreatmentPeriods[row])]);

    /// <summary>The first columns only, with other treatment times.</summary>
    internal EffectData Until(int columns, IReadOnlyList<int?> treatmentPeriods)
    {
        double[] values = new double[Outcomes.Rows * columns];
        for (int row = 0; row < Outcomes.Rows; row++)
        {
            Outcomes.Row(row)[..columns].CopyTo(values.AsSpan(row * columns));
        }

        FeatureMatrix outcomes = new(values, Outcomes.Rows, columns, Outcomes.RowNames, Outcomes.ColumnNames?.Take(columns).ToArray());
        return new EffectData(outcomes, treatmentPeriods, _fixedCovariates, _varyingCovariates, _covariateNames);
    }

    /// <summary>The data with the treated units of each time replaced by their mean.</summary>
    internal EffectData AverageTreated()
    {
        List<int[]> rows = [];
        List<int?> periods = [];
        HashSet<int> averaged = [];
        for (int row = 0; row < Outcomes.Rows; row++)
        {
            int? period = TreatmentPeriods[row];
            if (period is null)
            {
                rows.Add([row]);
                periods.Add(null);
            }
            else if (averaged.Add(period.Value))
            {
                rows.Add([.. Enumerable.Range(0, Outcomes.Rows).Where(other => TreatmentPeriods[other] == period)]);
                periods.Add(period);
            }
        }

        return Combine(rows, [.. rows.Select(group => group.Length == 1 ? UnitName(group[0]) : $"mean of {Few(group)}")], periods);
    }

    // The name of a mean of hundreds of units is not read to its end.
    private string Few(int[] units) => units.Length <= MostNamed
        ? string.Join(", ", units.Select(UnitName))
        : $"{string.Join(", ", units.Take(MostNamed - 1).Select(UnitName))} and {units.Length - MostNamed + 1} more";
}
