using System.Text.Json;
using SparseSC.Core.Objectives;
using SparseSC.Core.Tests.Reference;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>The reference's search, evaluation by evaluation.</summary>
public class SearchReferenceTests
{
    public static TheoryData<string> Cases => [.. ReferenceCase.Names("optim-").Where(n => n != "optim-simplex-projection")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cdl_makes_the_same_evaluations(string name)
    {
        ReferenceCase reference = new(name);
        JsonElement arguments = reference.Case.GetProperty("kwargs");
        FoldObjective objective = SearchCase.Objective(reference);
        TracedObjective traced = new(objective);
        SearchOptions options = new(
            SearchCase.Set(reference),
            arguments.TryGetProperty("tol", out JsonElement tol) ? tol.GetDouble() : 1e-4,
            arguments.TryGetProperty("min_iter", out JsonElement minIter) ? minIter.GetInt32() : 3);
        double[] v = SearchCase.Start(reference, objective.Dimension);
        SearchResult result = new CoordinateDescentLineSearch().Minimize(traced, v, options);
        Assert.False(result.Failed);

        JsonElement[] trace = [.. reference.Outputs.GetProperty("trace").EnumerateArray()];
        Assert.Equal(trace.Select(t => t.GetProperty("f").GetString()!), traced.Calls.Select(c => c.Kind));
        for (int i = 0; i < trace.Length; i++)
        {
            Close.Equal(trace[i].GetProperty("V").Numbers(), traced.Calls[i].Point, 1e-8, $"{name} point {i}");
            Close.Equal(trace[i].GetProperty("value").Numbers(), traced.Calls[i].Result, 1e-8, $"{name} {traced.Calls[i].Kind} {i}");
        }

        Close.Equal(reference.Outputs.GetProperty("opt_x").Numbers(), v, 1e-8, name + " V");
        Close.Equal(reference.Outputs.GetProperty("opt_fun").Number(), result.Value, 1e-8, name + " value");
    }

    [Fact]
    public void Simplex_projection_equals_the_reference()
    {
        JsonElement[] results = [.. new ReferenceCase("optim-simplex-projection").Outputs.GetProperty("results").EnumerateArray()];
        Assert.NotEmpty(results);
        foreach (JsonElement result in results)
        {
            JsonProperty[] properties = [.. result.EnumerateObject()];
            double[] input = properties[0].Value.Numbers();
            double[] projected = new double[input.Length];
            SimplexProjection.Project(input, projected, new double[input.Length]);
            Close.Equal(properties[1].Value.Numbers(), projected, 1e-14, "projection");
        }
    }
}
