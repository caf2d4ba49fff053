using System.Diagnostics;
using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Benchmarks;

/// <summary>
/// Fast effects by the number of units, 60 periods of which the last 12 are after the treatment: the best of several runs, the first run
/// (cold code), processor time, the peak of memory and the size of the JSON. <c>effect-sizes [UNITS…]</c>.
/// </summary>
internal static class EffectSizes
{
    private const int Periods = 60;
    private const int Before = 48;

    public static void Run(string[] words)
    {
        int[] sizes = words.Length > 0 ? [.. words.Select(word => int.Parse(word, CultureInfo.InvariantCulture))] : [1000, 3000, 5000];
        foreach (int units in sizes)
        {
            Measure(units, 1);
            Measure(units, 20);
        }
    }

    private static void Measure(int units, int treated)
    {
        FeatureMatrix outcomes = FactorPanel.Create(units, 0, Periods, 0).Targets;
        int?[] times = [.. Enumerable.Range(0, units).Select(i => i < treated ? (int?)Before : null)];
        EffectData data = new(outcomes, times, null);
        double best = double.PositiveInfinity;
        double first = 0;
        double processor = double.PositiveInfinity;
        EffectEstimate estimate = new();
        for (int i = 0; i < 5; i++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            Stopwatch clock = Stopwatch.StartNew();
            estimate = EffectEstimator.Run(data, new EffectOptions());
            double seconds = clock.Elapsed.TotalSeconds;
            first = i == 0 ? seconds : first;
            best = Math.Min(best, seconds);
            processor = Math.Min(processor, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        using MemoryStream json = new();
        EffectJson.Write(json, estimate, KeptUnits.Treated);
        Console.WriteLine(
            $"effects, {units} units, {treated} treated: best {best:F2} s, first {first:F2} s, processor {processor:F2} s, "
            + $"peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB, JSON {json.Length / 1e6:F1} MB, average {estimate.Effect.Average.Effect:R}");
    }
}
