using BenchmarkDotNet.Attributes;
using SparseSC.Core.Data;
using SparseSC.Core.Units;

namespace SparseSC.Benchmarks;

/// <summary>Weights and predictions of all units, n = 1000, K = 50.</summary>
public class WeightBenchmarks
{
    private readonly ParallelOptions _parallel = new();
    private UnitData _data = null!;
    private int[] _donors = [];
    private double[] _v = [];

    [Params(true, false)]
    public bool KeepWeights { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        FitData data = FactorPanel.Create(1000, 50, 20, 0);
        _data = new UnitData(data.Features, data.Targets);
        _donors = [.. Enumerable.Range(0, 1000)];
        _v = [.. Enumerable.Repeat(0.02, 50)];
    }

    [Benchmark]
    public double[,] AllUnits() => UnitWeights.Compute(_data, _donors, _v, 1, null, KeepWeights ? [.. Enumerable.Range(0, _data.Units)] : null, _parallel).Predictions;
}
