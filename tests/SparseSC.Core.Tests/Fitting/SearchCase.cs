using System.Text.Json;
using SparseSC.Core.Objectives;
using SparseSC.Core.Tests.Reference;
using SparseSC.Core.Units;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>An optim-* case as an objective.</summary>
internal static class SearchCase
{
    public static FoldObjective Objective(ReferenceCase reference)
    {
        UnitData data = new(reference.Matrix("X.csv"), reference.Matrix("Y.csv"));
        int[][] tests = [.. reference.Case.GetProperty("grad_splits").EnumerateArray().Select(f => f.GetProperty("test").Integers())];
        FoldObjective objective = new();
        objective.Bind(
            FoldObjectiveData.KFold(data, [.. Enumerable.Range(0, data.Units)], tests),
            reference.Case.GetProperty("w_pen").GetDouble(),
            reference.Case.GetProperty("v_pen").GetDouble());
        return objective;
    }

    public static FeasibleSet Set(ReferenceCase reference)
        => reference.Case.GetProperty("constrain").GetString() == "simplex" ? FeasibleSet.Simplex : FeasibleSet.Orthant;

    public static double[] Start(ReferenceCase reference, int dimension)
    {
        JsonElement start = reference.Case.GetProperty("start");
        return start.ValueKind == JsonValueKind.Array ? start.Numbers() : new double[dimension];
    }
}

/// <summary>Records every call.</summary>
internal sealed class TracedObjective(IObjective inner) : IObjective
{
    public List<(string Kind, double[] Point, double[] Result)> Calls { get; } = [];

    public int Dimension => inner.Dimension;

    public double Value(ReadOnlySpan<double> point)
    {
        double value = inner.Value(point);
        Calls.Add(("score", point.ToArray(), [value]));
        return value;
    }

    public void Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        inner.Gradient(point, gradient);
        Calls.Add(("grad", point.ToArray(), gradient.ToArray()));
    }
}
