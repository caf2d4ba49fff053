using BenchmarkDotNet.Attributes;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Benchmarks;

/// <summary>Default joint fits of one iteration. Reference: 23, 86 and 646 s.</summary>
[MemoryDiagnoser]
public class FitBenchmarks
{
    private FitData _data = null!;

    [Params("50,10,5", "100,20,5", "200,30,10")]
    public string Size { get; set; } = string.Empty;

    [Params("cdl", "newton")]
    public string Optimizer { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        int[] size = [.. Size.Split(',').Select(int.Parse)];
        _data = FactorPanel.Create(size[0], size[1], size[2], 1);
    }

    [Benchmark]
    public SyntheticControlFit OneIteration() => JointFit.Run(_data, new FitOptions { StoppingRule = 1, Optimizer = Optimizer });
}

/// <summary>California as in the reference's notebook: all defaults, choice min. Reference: 152 s.</summary>
public class CaliforniaBenchmark
{
    private FitData _data = null!;

    [GlobalSetup]
    public void Setup()
    {
        string folder = Path.Combine(Repository(), "tests/data/reference/fit-retrospective-smoking-notebook");
        _data = new FitData(MatrixReader.Read(Path.Combine(folder, "features.csv")), MatrixReader.Read(Path.Combine(folder, "targets.csv")), [2]);
    }

    [Benchmark]
    public SyntheticControlFit Notebook() => JointFit.Run(_data, new FitOptions { Choice = PenaltyChoice.Min });

    internal static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "SparseSC.psd1")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("Run the benchmarks from a checkout.");
    }
}
