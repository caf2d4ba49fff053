using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Plan;

/// <summary>The plan of a fit: every fold at every penalty.</summary>
internal sealed class FitPlanWork(string directory, string planFile, PlanParameters parameters) : IPlanWork
{
    private FitData? _data;

    public PlanParameters Parameters => parameters;

    public FitData Data
    {
        get
        {
            if (_data is null)
            {
                using JsonDocument document = PlanJson.Parse(planFile);
                _data = PlanData.Read(directory, document.RootElement, parameters);
            }

            return _data;
        }
    }

    public int Tasks => parameters.Tasks;

    // A score and the index of its penalty.
    public long Numbers => 2L * parameters.Folds.Count * parameters.Penalties;

    public void Describe(BatchPlan plan)
    {
        plan.Kind = PlanKind.Fit;
        plan.Folds = parameters.Folds.Count;
        plan.Penalties = parameters.Penalties;
        plan.VPen = parameters.VPen;
        plan.WPen = parameters.WPen;
        plan.ModelType = parameters.ModelType;
        plan.Constraint = parameters.Options.Constraint!.Value;
        plan.Warnings = PlanBuilder.Warnings(parameters);
    }

    public PlanTask Task(int index) => parameters.Task(index);

    public string DescribeMissing(IReadOnlyList<int> missing) => MissingText.Describe(parameters, missing, Tasks);

    public void WriteResult(Utf8JsonWriter json, TaskResult result)
    {
        ScoreResult scores = (ScoreResult)result;
        json.WriteNumber("fold", scores.Fold);
        JsonNumbers.Write(json, "penalties", scores.PenaltyIndices);
        JsonNumbers.Write(json, "scores", scores.Scores);
    }

    public TaskResult ReadResult(int task, JsonElement json)
    {
        ScoreResult result = new(
            task,
            json.GetProperty("fold").GetInt32(),
            JsonNumbers.ReadIntegers(json.GetProperty("penalties")),
            JsonNumbers.Read(json.GetProperty("scores")));
        PlanTask expected = Task(task);
        if (expected.Fold != result.Fold || !expected.PenaltyIndices.AsSpan().SequenceEqual(result.PenaltyIndices) || result.Scores.Length != result.PenaltyIndices.Length)
        {
            throw TaskResultFile.Refuse($"task {task} is fold {expected.Fold} at penalties {IndexRanges.Say(expected.PenaltyIndices)}, not fold {result.Fold} at {IndexRanges.Say(result.PenaltyIndices)}");
        }

        return result.Scores.Any(s => !double.IsFinite(s) || s < 0)
            ? throw TaskResultFile.Refuse($"task {task} has a score that is not a number of 0 or more")
            : result;
    }

    public ITaskRunner CreateRunner() => new FitTaskRunner(parameters, Data);

    /// <summary>Reads the parameters of a plan file.</summary>
    /// <exception cref="BatchPlanException">It is damaged.</exception>
    public static FitPlanWork Load(string directory, string planFile, JsonElement root) => new(directory, planFile, PlanParametersJson.Read(root));
}
