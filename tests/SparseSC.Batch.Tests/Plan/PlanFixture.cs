using SparseSC.Batch.Plan;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Batch.Tests.Plan;

/// <summary>A small plan in a folder of its own: 4 folds × 4 penalties.</summary>
internal sealed class PlanFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public PlanFixture(Action<FitOptions>? change = null)
    {
        FitData plain = FitCase.Data(new ReferenceCase("batch-retrospective-orthant"));
        string[] units = [.. Enumerable.Range(0, plain.Targets.Rows).Select(i => $"unit {i}")];
        FeatureMatrix targets = new(plain.Targets.Values, plain.Targets.Rows, plain.Targets.Columns, units);
        Data = new FitData(plain.Features, targets, plain.TreatedUnits);
        Options = FitCase.Options(new ReferenceCase("batch-retrospective-orthant"));
        Options.StoppingRule = 1;
        change?.Invoke(Options);
        Plan = BatchPlans.Create(Data, Options, Folder);
    }

    public FitData Data { get; }

    public FitOptions Options { get; }

    public BatchPlan Plan { get; }

    public string Folder => Path.Combine(_folder.Root, "plan");

    public string ResultFile(int task) => Path.Combine(Plan.ResultsDirectory, $"task-{task:D6}.json");

    public void Dispose() => _folder.Dispose();
}
