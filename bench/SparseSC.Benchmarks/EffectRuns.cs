using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Models;

namespace SparseSC.Benchmarks;

/// <summary>
/// Effects and placebos without BenchmarkDotNet: the best of several runs, the first run (cold code) and processor time. Reference:
/// California with 10 cross-fits 41 s, with 36 covariates 95 s.
/// </summary>
internal static class EffectRuns
{
    public static void Run()
    {
        Measure("effects, California, 10 cross-fits", () => Effects("effects-smoking-fast"), 10);
        Measure("effects, California, 36 covariates", () => Effects("effects-smoking-fast-cov"), 5);
        double[,] controls = Differences(200, 20);
        double[,] treated = Differences(3, 20);
        Measure("10^6 of 1,313,400 placebos of 3 of 200", () => PlaceboDistribution.Compute(controls, treated, new PlaceboOptions { MaxPlacebos = 1_000_000 }), 10);
        Measure("all 1,313,400 placebos of 3 of 200", () => PlaceboDistribution.Compute(controls, treated, new PlaceboOptions { MaxPlacebos = 0 }), 10);
        Measure("10^4 of 3 of 200", () => PlaceboDistribution.Compute(controls, treated, new PlaceboOptions()), 10);
    }

    private static EffectEstimate Effects(string name)
    {
        string folder = Path.Combine(CaliforniaBenchmark.Repository(), "tests/data/reference", name);
        FeatureMatrix outcomes = MatrixReader.Read(Path.Combine(folder, "outcomes.csv"));
        int?[] periods = UnitColumnReader.ReadWhole(Path.Combine(folder, "unit_treatment_periods.csv"), outcomes.Rows, "TreatmentPeriods");
        string covariates = Path.Combine(folder, "covariates.csv");
        EffectOptions options = new();
        options.Fast.MatchSpace.LassoTol = 1e-6;
        return EffectEstimator.Run(new EffectData(outcomes, periods, File.Exists(covariates) ? MatrixReader.Read(covariates) : null), options);
    }

    private static double[,] Differences(int rows, int columns)
    {
        Random random = new(1);
        double[,] result = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                result[i, j] = random.NextDouble() - 0.5;
            }
        }

        return result;
    }

    private static void Measure(string what, Action run, int repeats)
    {
        double best = double.PositiveInfinity;
        double first = 0;
        double processor = double.PositiveInfinity;
        for (int i = 0; i < repeats; i++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            Stopwatch clock = Stopwatch.StartNew();
            run();
            first = i == 0 ? clock.Elapsed.TotalSeconds : first;
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
            processor = Math.Min(processor, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        Console.WriteLine($"{what,-45} best {best:F3} s, first {first:F3} s, processor {processor:F3} s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F2} GB");
    }
}
