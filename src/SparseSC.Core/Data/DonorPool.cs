using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Leaves controls out of a panel, so that every fit, estimate and test of it has the donors that remain.</summary>
public static class DonorPool
{
    private const int Fewest = 2;

    /// <summary>The panel of the treated units and of the controls that may be donors, in the order they were in.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="options">Which controls may be donors; at least one of them is given.</param>
    /// <exception cref="InvalidInputException">No unit is treated, a name is no control's, or fewer than two donors remain.</exception>
    public static Panel Of(Panel panel, DonorPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(options);
        if (panel.TreatedCount == 0)
        {
            throw new InvalidInputException(
                "NoTreatedUnit",
                "No unit of the panel is treated, so that all are donors of each other. Name one with {TreatedUnit} and {TreatmentTime}.",
                "TreatedUnit");
        }

        HashSet<int> treated = [.. Enumerable.Range(0, panel.UnitCount).Where(unit => panel.TreatmentPeriods[unit] is not null)];
        int[] donors = [.. Listed(panel, options.Donors, treated)];
        donors = WithoutNeighbours(panel, donors, options.Neighbours, treated);
        if (options.Nearest is int count)
        {
            donors = Nearest(panel, donors, treated, count, options.NearestBy);
        }

        return donors.Length >= Fewest
            ? Select(panel, [.. treated.Concat(donors).Order()])
            : throw new InvalidInputException(
                "DonorPoolTooSmall",
                $"The donor pool leaves {donors.Length} of {panel.UnitCount - treated.Count} controls; at least {Fewest} are needed. "
                    + "Give a larger {Nearest}, more of {Donor} or fewer {Neighbours}.",
                "Nearest");
    }

    private static IEnumerable<int> Listed(Panel panel, IReadOnlyList<string> names, HashSet<int> treated)
    {
        foreach (string name in names)
        {
            int unit = Array.IndexOf(panel.Units, name);
            if (unit < 0)
            {
                throw new InvalidInputException(
                    "UnknownUnit", $"{{Donor}}: there is no unit '{name}'{Names.Suggestion(name, panel.Units, "The units are")}", "Donor");
            }

            if (treated.Contains(unit))
            {
                throw new InvalidInputException(
                    "DonorTreated",
                    $"{{Donor}} '{name}' is treated from {panel.Times[panel.TreatmentPeriods[unit]!.Value]} on, and no donor. Leave it out.",
                    "Donor");
            }
        }

        return Enumerable.Range(0, panel.UnitCount)
            .Where(unit => !treated.Contains(unit) && (names.Count == 0 || names.Contains(panel.Units[unit])));
    }

    // Pairs may name units that the panel does not have: maps hold more than one study.
    private static int[] WithoutNeighbours(
        Panel panel, int[] donors, IReadOnlyList<(string First, string Second)> pairs, HashSet<int> treated)
    {
        if (pairs.Count == 0)
        {
            return donors;
        }

        HashSet<string> own = [.. treated.Select(unit => panel.Units[unit])];
        if (!pairs.Any(pair => own.Contains(pair.First) || own.Contains(pair.Second)))
        {
            throw new InvalidInputException(
                "NeighboursUnknown",
                $"{{Neighbours}} names none of the treated units ({string.Join(", ", own.Take(3))}{(own.Count > 3 ? ", …" : "")}). "
                    + "Write names as the panel does.",
                "Neighbours");
        }

        HashSet<string> near =
        [
            .. pairs.Where(pair => own.Contains(pair.First)).Select(pair => pair.Second),
            .. pairs.Where(pair => own.Contains(pair.Second)).Select(pair => pair.First),
        ];
        return [.. donors.Where(unit => !near.Contains(panel.Units[unit]))];
    }

    private static int[] Nearest(Panel panel, int[] donors, HashSet<int> treated, int count, DonorNearness by)
    {
        if (count < 1)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{Nearest}} {count} must be at least 1.", "Nearest");
        }

        HashSet<int> near = [];
        foreach (int unit in treated)
        {
            int periods = panel.TreatmentPeriods[unit]!.Value;
            ReadOnlySpan<double> own = MatrixRows.Row(panel.Outcome, unit)[..periods];
            (int Donor, double Distance)[] all = new (int, double)[donors.Length];
            for (int i = 0; i < donors.Length; i++)
            {
                ReadOnlySpan<double> other = MatrixRows.Row(panel.Outcome, donors[i])[..periods];
                all[i] = (donors[i], by == DonorNearness.Distance ? Distance(own, other) : -Correlation(own, other));
            }

            // A constant outcome is correlated with nothing.
            near.UnionWith(
                all.OrderBy(item => double.IsNaN(item.Distance)).ThenBy(item => item.Distance).Take(count).Select(item => item.Donor));
        }

        return [.. donors.Where(near.Contains)];
    }

    private static double Distance(ReadOnlySpan<double> own, ReadOnlySpan<double> other)
    {
        double squares = 0;
        for (int t = 0; t < own.Length; t++)
        {
            squares += (own[t] - other[t]) * (own[t] - other[t]);
        }

        return squares;
    }

    private static double Correlation(ReadOnlySpan<double> own, ReadOnlySpan<double> other)
    {
        double ownMean = Mean(own);
        double otherMean = Mean(other);
        (double product, double ownSquares, double otherSquares) = (0, 0, 0);
        for (int t = 0; t < own.Length; t++)
        {
            product += (own[t] - ownMean) * (other[t] - otherMean);
            ownSquares += (own[t] - ownMean) * (own[t] - ownMean);
            otherSquares += (other[t] - otherMean) * (other[t] - otherMean);
        }

        return product / Math.Sqrt(ownSquares * otherSquares);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static Panel Select(Panel panel, int[] rows) => new()
    {
        Units = [.. rows.Select(row => panel.Units[row])],
        Times = panel.Times,
        TimeFormat = panel.TimeFormat,
        Culture = panel.Culture,
        OutcomeName = panel.OutcomeName,
        Outcome = MatrixRows.Rows(panel.Outcome, rows),
        CovariateNames = panel.CovariateNames,
        Covariates = [.. panel.Covariates.Select(values => MatrixRows.Rows(values, rows))],
        TreatmentPeriods = [.. rows.Select(row => panel.TreatmentPeriods[row])],
        UntreatedTargetStart = panel.UntreatedTargetStart,
        DroppedUnits = panel.DroppedUnits,
        DroppedTimes = panel.DroppedTimes,
        Warnings = panel.Warnings,
        AggregatedRows = panel.AggregatedRows,
        InterpolatedOutcomes = panel.InterpolatedOutcomes,
    };
}
