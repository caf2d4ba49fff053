namespace SparseSC.Core.Data;

/// <summary>
/// Takes rows of one unit and time together: outcomes as the rule says, covariates by the mean of those that have a value.
/// </summary>
internal sealed class RowAggregate(DuplicateRows rule, double[,] outcome, double[][,] covariates)
{
    // Per place that several rows share: how many values each column had, the outcome first.
    private readonly Dictionary<(int Unit, int Time), int[]> _counts = [];

    /// <summary>How many rows were taken together with an earlier one.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a further row of a unit and time that has one.</summary>
    public void Add(PanelEntry entry, int time, ReadOnlySpan<double> values)
    {
        Rows++;
        if (!_counts.TryGetValue((entry.Unit, time), out int[]? counts))
        {
            counts = [Count(outcome[entry.Unit, time]), .. covariates.Select(column => Count(column[entry.Unit, time]))];
            _counts.Add((entry.Unit, time), counts);
        }

        // A sum that lacks one of its parts would pass for a fall.
        outcome[entry.Unit, time] = rule == DuplicateRows.Sum
            ? outcome[entry.Unit, time] + entry.Outcome
            : Add(outcome[entry.Unit, time], entry.Outcome, ref counts[0]);
        for (int k = 0; k < covariates.Length; k++)
        {
            covariates[k][entry.Unit, time] = Add(covariates[k][entry.Unit, time], values[k], ref counts[k + 1]);
        }
    }

    /// <summary>Makes means of the sums.</summary>
    public void Finish()
    {
        foreach (((int unit, int time), int[] counts) in _counts)
        {
            if (rule == DuplicateRows.Mean)
            {
                outcome[unit, time] /= Math.Max(1, counts[0]);
            }

            for (int k = 0; k < covariates.Length; k++)
            {
                covariates[k][unit, time] /= Math.Max(1, counts[k + 1]);
            }
        }
    }

    private static int Count(double value) => double.IsNaN(value) ? 0 : 1;

    private static double Add(double sum, double value, ref int count)
    {
        if (double.IsNaN(value))
        {
            return sum;
        }

        count++;
        return double.IsNaN(sum) ? value : sum + value;
    }
}
