using System.Text.Json;
using SparseSC.Core.Objectives;
using SparseSC.Core.Tests.Reference;
using SparseSC.Core.Units;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Tests.Fitting;

/// <summary>Objective and gradient against the reference's numbers.</summary>
public class ObjectiveReferenceTests
{
    public static TheoryData<string> Cases => [.. ReferenceCase.Names("score-grad-")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradient_equal_the_reference(string name)
    {
        ReferenceCase reference = new(name);
        UnitData data = new(reference.Matrix("X.csv"), reference.Matrix("Y.csv"));
        int[] all = [.. Enumerable.Range(0, data.Units)];
        int[] treated = reference.Case.GetProperty("treated_units").Integers();
        int[] controls = reference.Case.GetProperty("control_units").Integers();
        int[][] tests = [.. reference.Case.GetProperty("grad_splits").EnumerateArray().Select(f => f.GetProperty("test").Integers())];
        int checks = 0;
        foreach (JsonElement evaluation in reference.Outputs.GetProperty("evaluations").EnumerateArray())
        {
            double w = evaluation.GetProperty("w_pen").GetDouble();
            double lambda = evaluation.GetProperty("v_pen").GetDouble();
            string method = evaluation.GetProperty("method").GetString()!;
            IObjective objective = Create(method);
            foreach (JsonProperty point in evaluation.GetProperty("evals").EnumerateObject().Where(p => p.Name != "start"))
            {
                double[] v = point.Value.GetProperty("V").Numbers();
                double[] gradient = new double[v.Length];
                string what = $"{name} {method} w={w} λ={lambda} {point.Name}";
                Close.Equal(point.Value.GetProperty("score").Number(), objective.Value(v), 1e-9, what);
                objective.Gradient(v, gradient);
                Close.Equal(point.Value.GetProperty("grad").Numbers(), gradient, 1e-9, what + " gradient");
                checks++;
            }

            IObjective Create(string kind)
            {
                if (kind == "loo")
                {
                    LeaveOneOutObjective loo = new();
                    loo.Bind(new LeaveOneOutData(data, all), w, lambda);
                    return loo;
                }

                FoldObjective folds = new();
                folds.Bind(kind == "ct" ? FoldObjectiveData.CrossTrain(data, controls, treated) : FoldObjectiveData.KFold(data, all, tests), w, lambda);
                return folds;
            }
        }

        Assert.True(checks >= 20);
    }
}
