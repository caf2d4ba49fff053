namespace SparseSC.Core.Design;

/// <summary>Makes rows of simulations.</summary>
internal static class PowerTable
{
    /// <summary>Every simulation: set by window by duration by effect.</summary>
    public static PowerSimulation[] Simulations(DesignPanel panel, IReadOnlyList<TestSet> sets, PowerOptions options, SimulationGrid grid)
    {
        List<PowerSimulation> rows = [];
        for (int set = 0; set < sets.Count; set++)
        {
            string[] names = panel.Names(sets[set].Units);
            for (int window = 0; window < grid.Windows; window++)
            {
                for (int d = 0; d < options.Durations.Length; d++)
                {
                    int start = panel.Times - window - options.Durations[d];
                    int index = grid.Index(set, d, window);
                    for (int e = 0; e < grid.Effects; e++)
                    {
                        SimulatedEffect found = grid.Found(index)[e];
                        rows.Add(new PowerSimulation
                        {
                            Units = names,
                            Duration = options.Durations[d],
                            EffectSize = options.EffectSizes[e],
                            TreatmentTime = panel.Data.TimeName(start),
                            TreatmentStart = start + 1,
                            PValue = found.PValue,
                            IsDetected = found.PValue < options.Alpha,
                            Att = found.Att,
                            Lift = found.Lift,
                            ScaledImbalance = grid.Imbalance(index),
                            Investment = options.CostPerUnit * grid.Outcome(index) * options.EffectSizes[e],
                        });
                    }
                }
            }
        }

        return [.. rows];
    }

    /// <summary>Averages over windows: set by duration by effect.</summary>
    public static PowerRow[] Curves(DesignPanel panel, IReadOnlyList<TestSet> sets, PowerOptions options, SimulationGrid grid)
    {
        List<PowerRow> rows = [];
        for (int set = 0; set < sets.Count; set++)
        {
            string[] names = panel.Names(sets[set].Units);
            for (int d = 0; d < options.Durations.Length; d++)
            {
                for (int e = 0; e < grid.Effects; e++)
                {
                    rows.Add(Average(names, set, d, e, options, grid));
                }
            }
        }

        return [.. rows];
    }

    private static PowerRow Average(string[] names, int set, int d, int e, PowerOptions options, SimulationGrid grid)
    {
        PowerRow row = new() { Units = names, Duration = options.Durations[d], EffectSize = options.EffectSizes[e], Simulations = grid.Windows };
        double detected = 0;
        for (int window = 0; window < grid.Windows; window++)
        {
            int index = grid.Index(set, d, window);
            SimulatedEffect found = grid.Found(index)[e];
            detected += found.PValue < options.Alpha ? 1 : 0;
            row.AverageAtt += found.Att / grid.Windows;
            row.AverageLift += found.Lift / grid.Windows;
            row.AverageScaledImbalance += grid.Imbalance(index) / grid.Windows;
            row.Investment += options.CostPerUnit * grid.Outcome(index) * row.EffectSize / grid.Windows;
        }

        row.Power = detected / grid.Windows;
        return row;
    }
}
