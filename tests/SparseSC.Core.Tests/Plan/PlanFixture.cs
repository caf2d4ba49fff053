using SparseSC.Core.Data;
using SparseSC.Core.Models;
using SparseSC.Core.Plan;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Core.Tests.Plan;

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
        Plan = BatchPlan.Create(Data, Options, Folder);
    }

    public FitData Data { get; }

    public FitOptions Options { get; }

    public BatchPlan Plan { get; }

    public string Folder => Path.Combine(_folder.Root, "plan");

    public string ResultFile(int task) => Path.Combine(Plan.ResultsDirectory, $"task-{task:D6}.json");

    public void Dispose() => _folder.Dispose();
}

/// <summary>Two fits that must agree to the last bit.</summary>
internal static class FitsEqual
{
    public static void Assert(SyntheticControlFit expected, SyntheticControlFit actual)
    {
        Xunit.Assert.Equal(expected.VPen, actual.VPen);
        Xunit.Assert.Equal(expected.WPen, actual.WPen);
        Xunit.Assert.Equal(expected.V, actual.V);
        Xunit.Assert.Equal(expected.Score, actual.Score);
        Xunit.Assert.Equal(expected.ScoreR2, actual.ScoreR2);
        Xunit.Assert.Equal(expected.Scores, actual.Scores);
        Xunit.Assert.Equal(expected.ScoreStandardErrors, actual.ScoreStandardErrors);
        Xunit.Assert.Equal(expected.SelectedIndex, actual.SelectedIndex);
        Xunit.Assert.Equal(expected.Iterations.Length, actual.Iterations.Length);
        foreach ((FitIteration left, FitIteration right) in expected.Iterations.Zip(actual.Iterations))
        {
            Xunit.Assert.Equal(left.VPen, right.VPen);
            Xunit.Assert.Equal(left.WPen, right.WPen);
            Xunit.Assert.Equal(left.Scores, right.Scores);
            Xunit.Assert.Equal(left.ScoreStandardErrors, right.ScoreStandardErrors);
            Xunit.Assert.Equal((left.SelectedIndex, left.FittedVPen, left.FittedWPen, left.Score), (right.SelectedIndex, right.FittedVPen, right.FittedWPen, right.Score));
        }

        Xunit.Assert.Equal(expected.Folds.Select(f => f.Scores), actual.Folds.Select(f => f.Scores));
        Xunit.Assert.Equal(expected.Weights?.Cast<double>(), actual.Weights?.Cast<double>());
        Xunit.Assert.Equal(expected.Predictions.Cast<double>(), actual.Predictions.Cast<double>());
        Xunit.Assert.Equal(expected.TrivialUnits, actual.TrivialUnits);
    }
}
