using BenchmarkDotNet.Attributes;
using SparseSC.Core.Data;
using SparseSC.Core.Objectives;
using SparseSC.Core.Units;
using SparseSC.Numerics.Random;

namespace SparseSC.Benchmarks;

/// <summary>One objective with its gradient at v = 1/K, 10 folds. Reference: 0.012, 0.37, 5.4 and 24.9 s.</summary>
[MemoryDiagnoser]
public class ObjectiveBenchmarks
{
    private readonly FoldObjective _objective = new();
    private double[] _v = [];
    private double[] _gradient = [];
    private int _step;

    [Params("50,10,5", "200,30,10", "500,50,20", "1000,50,20")]
    public string Size { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        int[] size = [.. Size.Split(',').Select(int.Parse)];
        FitData data = FactorPanel.Create(size[0], size[1], size[2], 0);
        UnitData units = new(data.Features, data.Targets);
        _objective.Bind(FoldObjectiveData.KFold(units, [.. Enumerable.Range(0, size[0])], ShuffledKFold.TestFolds(size[0], 10, 10101)), 1, 1);
        _v = new double[size[1]];
        _gradient = new double[size[1]];
    }

    [Benchmark]
    public double ValueAndGradient()
    {
        // Another point each time: the objective remembers the last one.
        Array.Fill(_v, (1.0 / _v.Length) + (1e-9 * (_step++ & 1)));
        double value = _objective.Value(_v);
        _objective.Gradient(_v, _gradient);
        return value;
    }
}
