using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Benchmarks;

/// <summary>n = 100,000, K = 100, T = 20 with given penalties and without weights: one run, with the peak of memory.</summary>
internal static class LargeFit
{
    public static void Run()
    {
        FitData data = FactorPanel.Create(100_000, 100, 20, 10);
        Stopwatch clock = Stopwatch.StartNew();
        SyntheticControlFit fit = JointFit.Run(data, new FitOptions { VPen = [100], WPen = [1], KeepWeights = false });
        Console.WriteLine($"{clock.Elapsed.TotalSeconds:F2} s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB, {fit.V.Count(v => v > 0)} features matched");
    }
}
