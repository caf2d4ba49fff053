using System.Globalization;
using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan.Effects;

/// <summary>The plan of effects: every fold of controls that is held out, for every treatment time.</summary>
internal sealed class EffectPlanWork(string directory, string planFile, EffectPlanParameters parameters, string[] notes) : IPlanWork
{
    private const int MostNamed = 5;

    public EffectPlanParameters Parameters => parameters;

    public IReadOnlyList<string> Notes => notes;

    public int Tasks => parameters.Folds.Length;

    public IReadOnlyList<PlanStage> Stages => Tasks == 0 ? [] : [new PlanStage { Number = 1, Tasks = Tasks, Folds = Tasks }];

    public long Numbers => parameters.Folds.Sum(fold => (long)fold.Units.Length * (fold.Window + fold.Weights + 1));

    public void Describe(BatchPlan plan)
    {
        plan.Kind = PlanKind.Effects;
        plan.Folds = Tasks;
        plan.ModelType = parameters.Options.ModelType;
        plan.TreatmentTimes = parameters.TreatmentTimes;
        plan.Warnings = [.. notes];
    }

    public PlanTask Task(int index) => new() { Index = index, Fold = parameters.Folds[index].Fold, TreatmentTime = parameters.Folds[index].TreatmentTime };

    public string DescribeMissing(IReadOnlyList<int> missing)
    {
        string[] named = [.. missing.GroupBy(task => parameters.Folds[task].TreatmentTime, task => parameters.Folds[task].Fold)
            .Select(time => $"{(time.Count() == 1 ? "fold" : "folds")} {IndexRanges.Say(time)} of {time.Key}")];
        string more = named.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"; {named.Length - MostNamed} more treatment times") : "";
        return $"{missing.Count} of {Tasks} results are missing ({string.Join("; ", named.Take(MostNamed))}{more})";
    }

    public void WriteResult(Utf8JsonWriter json, TaskResult result)
    {
        HeldOutResult heldOut = (HeldOutResult)result;
        PlannedFold fold = parameters.Folds[result.Task];
        json.WriteString("treatmentTime", fold.TreatmentTime);
        json.WriteNumber("fold", fold.Fold);
        JsonNumbers.Write(json, "units", heldOut.Units);
        FitJson.WriteMatrix(json, "synthetic", heldOut.Controls.Synthetic);
        if (heldOut.Controls.Weights is { } weights)
        {
            FitJson.WriteMatrix(json, "weights", weights);
        }
    }

    public TaskResult ReadResult(int task, JsonElement json)
    {
        PlannedFold expected = parameters.Folds[task];
        int[] units = JsonNumbers.ReadIntegers(json.Field("units"));
        if (json.Field("treatmentTime").GetString() != expected.TreatmentTime || json.Field("fold").GetInt32() != expected.Fold || !units.AsSpan().SequenceEqual(expected.Units))
        {
            throw TaskResultFile.Refuse($"task {task} is fold {expected.Fold} of {expected.TreatmentTime} with units {IndexRanges.Say(expected.Units)}, and it is of another fold");
        }

        double[,] synthetic = ReadMatrix(task, json.Field("synthetic"), units.Length, expected.Window);
        double[,]? weights = expected.Weights > 0 ? ReadMatrix(task, json.Field("weights"), units.Length, expected.Weights) : null;
        return new HeldOutResult(task, units, new HeldOutControls(synthetic, weights));
    }

    public IReadOnlyDictionary<int, string> Contradictions(IReadOnlyDictionary<int, TaskResult> results) => new Dictionary<int, string>();

    public ITaskRunner CreateRunner() => new HoldOutRunner(new EffectRun(ReadData(), parameters.Options), ReadMainFits());

    /// <summary>The data of the estimate.</summary>
    /// <exception cref="BatchPlanException">A file is missing or changed.</exception>
    public EffectData ReadData()
    {
        using JsonDocument document = PlanJson.Parse(planFile);
        return EffectPlanData.Read(directory, document.RootElement, parameters, notes);
    }

    /// <summary>The main fits that were made with the plan; none when no task reads them.</summary>
    public SyntheticControlFit[] ReadMainFits() => parameters.HasMainFits ? MainFits.Read(Path.Combine(directory, PlanLayout.MainFitsFile)) : [];

    private static double[,] ReadMatrix(int task, JsonElement json, int rows, int columns)
    {
        JsonElement[] lines = [.. json.EnumerateArray()];
        if (lines.Length != rows || lines.Any(line => line.GetArrayLength() != columns))
        {
            throw TaskResultFile.Refuse($"task {task} must have {rows}×{columns} numbers");
        }

        double[,] matrix = new double[rows, columns];
        double[] values = [.. lines.SelectMany(line => line.EnumerateArray()).Select(value => value.GetDouble())];
        values.CopyTo(HeldOutResult.Values(matrix));
        return Array.TrueForAll(values, double.IsFinite) ? matrix : throw TaskResultFile.Refuse($"task {task} has a number that is not finite");
    }

    /// <summary>Reads the parameters of a plan file.</summary>
    public static EffectPlanWork Load(string directory, string planFile, JsonElement root) =>
        new(directory, planFile, EffectPlanJson.Read(root), PlanFormat.ReadNotes(root));
}
