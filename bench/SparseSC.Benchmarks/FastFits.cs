using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Benchmarks;

/// <summary>
/// Fast fits from the size of a study to that of a fleet, without BenchmarkDotNet: the best of several runs, the first run (cold code) and
/// processor time, which a busy machine disturbs less. Reference: n = 1000 88 s with and 9.5 s without weights, n = 5000 150 s without.
/// </summary>
internal static class FastFits
{
    public static void Run(string size)
    {
        if (size == "huge")
        {
            Measure("n=100,000 K=100 T=20, no weights", FactorPanel.Create(100_000, 100, 20, 10), new FastFitOptions { KeepWeights = false }, 2);
            return;
        }

        foreach (bool weights in new[] { true, false })
        {
            string suffix = weights ? ", weights" : ", no weights";
            Measure("n=1000 K=50 T=20" + suffix, FactorPanel.Create(1000, 50, 20, 10), new FastFitOptions { KeepWeights = weights }, 10);
            Measure("n=5000 K=100 T=20" + suffix, FactorPanel.Create(5000, 100, 20, 10), new FastFitOptions { KeepWeights = weights }, 5);
        }

        FitData covariates = California("fitfast-smoking");
        foreach (double tolerance in new[] { 1e-6, 1e-10 })
        {
            MatchSpaceOptions lasso = new() { LassoTol = tolerance };
            Measure($"California, 36 covariates, gap {tolerance}", covariates, new FastFitOptions { MatchSpace = lasso }, 10);
        }
    }

    private static FitData California(string name)
    {
        string folder = Path.Combine(CaliforniaBenchmark.Repository(), "tests/data/reference", name);
        return new FitData(MatrixReader.Read(Path.Combine(folder, "features.csv")), MatrixReader.Read(Path.Combine(folder, "targets.csv")), [2]);
    }

    private static void Measure(string what, FitData data, FastFitOptions options, int repeats)
    {
        double best = double.PositiveInfinity;
        double first = 0;
        double processor = double.PositiveInfinity;
        SyntheticControlFit fit = new();
        for (int i = 0; i < repeats; i++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            Stopwatch clock = Stopwatch.StartNew();
            fit = FastFit.Run(data, options);
            first = i == 0 ? clock.Elapsed.TotalSeconds : first;
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
            processor = Math.Min(processor, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        Console.WriteLine(
            $"{what,-45} best {best:F3} s, first {first:F3} s, processor {processor:F3} s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB, "
            + $"{fit.V.Count(v => v > 0)} features, w {fit.WPen:G4}, {string.Join(' ', fit.Warnings)}");
    }
}
