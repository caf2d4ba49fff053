using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Plan;

/// <summary>The plan of a fit: every fold at every penalty, iteration after iteration, with a choice between two.</summary>
internal sealed class FitPlanWork(string directory, string planFile, PlanParameters parameters, IReadOnlyList<string> notes) : IPlanWork
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

    public IReadOnlyList<string> Notes => notes;

    public int Tasks => parameters.Tasks;

    public IReadOnlyList<PlanStage> Stages { get; } = [.. parameters.Stages.Select(stage => stage.Describe())];

    // A score, its penalty's index and values; a choice has scores, errors and the penalties of the next stage.
    public long Numbers => parameters.Stages.Sum(stage => (4L * (parameters.Folds.Count + 1) * stage.Penalties) + 8);

    public void Describe(BatchPlan plan)
    {
        plan.Kind = PlanKind.Fit;
        plan.Folds = parameters.Folds.Count;
        plan.Penalties = parameters.Penalties;
        plan.VPen = parameters.VPen;
        plan.WPen = parameters.WPen;
        plan.ModelType = parameters.ModelType;
        plan.Constraint = parameters.Options.Constraint!.Value;
        plan.Warnings = [.. notes, .. PlanBuilder.Warnings(parameters)];
    }

    public PlanTask Task(int index) => parameters.Task(index);

    public string DescribeMissing(IReadOnlyList<int> missing) => MissingText.Describe(parameters, missing, Tasks);

    public void WriteResult(Utf8JsonWriter json, TaskResult result)
    {
        if (result is ChoiceResult choice)
        {
            FitResultJson.Write(json, choice);
        }
        else
        {
            FitResultJson.Write(json, (ScoreResult)result);
        }
    }

    public TaskResult ReadResult(int task, JsonElement json)
    {
        FitStage stage = parameters.StageOf(task);
        return task == stage.ChoosingTask
            ? FitResultJson.ReadChoice(stage, parameters.Stages[stage.Index + 1], json)
            : FitResultJson.ReadScores(stage.Task(task), json);
    }

    public IReadOnlyDictionary<int, string> Contradictions(IReadOnlyDictionary<int, TaskResult> results) => new FitStageResults(parameters, results).Contradictions();

    public ITaskRunner CreateRunner() => new FitTaskRunner(parameters, Data);

    /// <summary>Reads the parameters of a plan file.</summary>
    /// <exception cref="BatchPlanException">It is damaged.</exception>
    public static FitPlanWork Load(string directory, string planFile, JsonElement root) =>
        new(directory, planFile, PlanParametersJson.Read(root), PlanFormat.ReadNotes(root));
}
