using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;
using SparseSC.Core.Units;
using SparseSC.Numerics.Regression;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>The unit-weight penalty by ridge leave-one-out: every choice of ridgecv-solution.</summary>
public class RidgePenaltyReferenceTests
{
    public static TheoryData<string> Files => ["A_20x5", "B_40x12", "C_15x2", "D_12x1"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Choice_equals_the_reference(string file)
    {
        ReferenceCase reference = new("ridgecv-solution");
        FeatureMatrix x = reference.Matrix(file + ".csv");
        UnitData data = new(x, new FeatureMatrix(new double[x.Rows], x.Rows, 1));
        int[] treated = [0, 1, 2];
        int[] controls = [.. Enumerable.Range(3, x.Rows - 3)];
        JsonElement[] results = [.. reference.Outputs.GetProperty("results").EnumerateArray().Where(r => r.GetProperty("data").GetString() == file)];
        Assert.Equal(27, results.Length);
        foreach (JsonElement result in results)
        {
            double[] v = result.GetProperty("V").Numbers();
            string goals = result.GetProperty("goals").GetString()!;
            double chosen = RidgePenalty.Choose(
                data, controls, goals switch { "controls" => controls, "treated" => treated, _ => [.. controls, .. treated] }, v,
                WPenGrid.Absolute, new ParallelOptions());
            if (v.Count(weight => weight > 0) == 1)
            {
                // With one feature every penalty has the same error: the reference's choice is a matter of rounding, ours the first.
                Assert.Equal(RidgeLeaveOneOut.DefaultPenalties[0], chosen);
                continue;
            }

            Close.Equal(result.GetProperty("best_w_pen").Number(), chosen, 1e-12, $"{file} {goals} {result.GetProperty("V_name")} {result.GetProperty("separate")}");
        }
    }
}
