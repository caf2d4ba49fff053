using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>The treatment times of a panel with the controls that all of them have: units that are never treated. Immutable.</summary>
internal sealed class MeanPanel
{
    private readonly EffectData _data;

    private MeanPanel(EffectData data, int[] controls, MeanGroup[] groups)
    {
        _data = data;
        Controls = controls;
        Groups = groups;
    }

    /// <summary>Rows of the controls, ascending.</summary>
    public int[] Controls { get; }

    /// <summary>The treatment times, ascending.</summary>
    public MeanGroup[] Groups { get; }

    /// <summary>The number of treated units.</summary>
    public int TreatedCount => Groups.Sum(group => group.Treated.Length);

    /// <summary>Every treated unit with its treatment time, in order of their rows.</summary>
    public IReadOnlyList<(int Row, int Group)> Treated =>
        [.. Groups.SelectMany((group, g) => group.Treated.Select(row => (row, g))).OrderBy(unit => unit.row)];

    /// <summary>Reads the treatment times.</summary>
    /// <exception cref="InvalidInputException">There are too few controls or periods, or the windows asked for do not fit.</exception>
    public static MeanPanel Create(EffectData data, EffectOptions options)
    {
        EffectWindows.Resolve(data, options);
        int[] controls = [.. Enumerable.Range(0, data.Outcomes.Rows).Where(row => data.TreatmentPeriods[row] is null)];
        if (controls.Length < 2)
        {
            throw new InvalidInputException(
                "TooFewControls",
                $"{Counted.Of(controls.Length, "unit")} {(controls.Length == 1 ? "is" : "are")} never treated; {{Estimator}} {{Estimator:{options.Method}}} takes its donors from these, and needs at least 2.",
                "TreatedUnit");
        }

        MeanGroup[] groups =
        [
            .. data.TreatmentPeriods.OfType<int>().Distinct().Order().Select(period =>
            {
                int pre = options.PrePeriods ?? period;
                int[] treated = [.. Enumerable.Range(0, data.Outcomes.Rows).Where(row => data.TreatmentPeriods[row] == period)];
                return new MeanGroup(period, period - pre, pre, options.PostPeriods ?? (data.Outcomes.Columns - period), treated);
            }),
        ];
        MeanGroup shortest = groups.MinBy(group => group.Pre)!;
        return shortest.Pre >= 2
            ? new MeanPanel(data, controls, groups)
            : throw new InvalidInputException(
                "TooFewPrePeriods",
                $"{{Estimator}} {{Estimator:{options.Method}}} needs at least 2 periods before a treatment; that from {data.SayTime(shortest.Period)} on has {shortest.Pre}.",
                "Estimator");
    }

    /// <summary>The cohort of some controls and treated units.</summary>
    public MeanCohort Cohort(int group, IReadOnlyList<int> controls, IReadOnlyList<int> treated)
    {
        MeanGroup window = Groups[group];
        UnitSeries Window(int row) => Series(row, window.Start, window.Pre + window.Post);
        return new MeanCohort([.. controls.Select(Window)], [.. treated.Select(Window)], window.Pre);
    }

    /// <summary>Some columns of a unit.</summary>
    public UnitSeries Series(int row, int start, int length) => new(
        _data.Outcomes.Row(row).Slice(start, length).ToArray(),
        _data.FixedCovariates is { } constant
            ? [.. constant.Row(row).ToArray().Select(value => Enumerable.Repeat(value, length).ToArray())]
            : [.. _data.VaryingCovariates.Select(values => Enumerable.Range(start, length).Select(t => values[row, t]).ToArray())]);
}

/// <summary>The units of one treatment time.</summary>
/// <param name="Period">Column of the treatment.</param>
/// <param name="Start">First column of the window.</param>
/// <param name="Pre">T0.</param>
/// <param name="Post">T1.</param>
/// <param name="Treated">Rows of the treated units.</param>
internal sealed record MeanGroup(int Period, int Start, int Pre, int Post, int[] Treated);
