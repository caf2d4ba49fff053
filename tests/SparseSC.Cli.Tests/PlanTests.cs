using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary>plan, task, run, status and merge on a batch directory.</summary>
public sealed class PlanTests : IDisposable
{
    // Few penalties and folds: the tests are about the files.
    private static readonly string[] Small = [.. CliRun.California, "--grid-length", "3", "--cv-folds", "3"];

    private readonly TempFolder _folder = new();

    private string Batch => _folder.Path("batch");

    [Fact]
    public void PlanSaysWhatItWrote()
    {
        JsonElement plan = Plan();
        Assert.Equal((19, 3, 3), (plan.GetProperty("tasks").GetInt32(), plan.GetProperty("folds").GetInt32(), plan.GetProperty("penalties").GetInt32()));
        Assert.Equal(
            """[{"stage":1,"varies":"v","firstTask":0,"tasks":9,"folds":3,"penalties":3,"choosingTask":9},{"stage":2,"varies":"w","firstTask":10,"tasks":9,"folds":3,"penalties":3,"choosingTask":null}]""",
            JsonSerializer.Serialize(plan.GetProperty("stages")));
        Assert.Equal("fit", plan.GetProperty("kind").GetString());
        Assert.Equal(Batch, plan.GetProperty("batchDirectory").GetString());
        Assert.True(File.Exists(plan.GetProperty("planFile").GetString()));
        Assert.Equal(64, plan.GetProperty("hash").GetString()!.Length);
        Assert.Equal("simplex", plan.GetProperty("constraint").GetString());
        Assert.Equal(3, plan.GetProperty("vPen").GetArrayLength());
        Assert.Equal(JsonValueKind.Number, plan.GetProperty("wPen").ValueKind);
        Assert.Empty(plan.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public void WarningsAreInTheCommandLinesSpelling()
    {
        CliRun run = CliRun.Of(["plan", "--batch-directory", Batch, .. Small, "--stopping-rule", "1", "--constraint", "simplex"]).Expect(0);
        Assert.Contains("use --constraint orthant unless", run.Error, StringComparison.Ordinal);
        Assert.Contains("use --constraint orthant unless", run.Json.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PlanRunMergeIsTheFitToTheLastBit()
    {
        Plan();
        JsonElement status = CliRun.Of("run", "--batch-directory", Batch, "--parallel", "2").Expect(0).Json;
        Assert.True(status.GetProperty("complete").GetBoolean());
        CliRun merged = CliRun.Of("merge", "--batch-directory", Batch).Expect(0);
        CliRun fitted = CliRun.Of(["fit", .. Small]).Expect(0);
        AssertSameModel(fitted.Json, merged.Json);
        Assert.Contains("Main donors of California", merged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TasksOfAnyGroupingMakeTheSameModel()
    {
        JsonElement plan = Plan();
        string input = plan.GetProperty("planFile").GetString()!;
        string results = plan.GetProperty("resultsDirectory").GetString()!;
        Directory.CreateDirectory(results);
        foreach (string index in new[] { "8", "0,2-5", "6-7,1", "17,10-12,9", "13-16,18" })
        {
            CliRun.Of("task", "--input", input, "--index", index, "--output", Path.Combine(results, $"node-{index}.json")).Expect(0);
        }

        CliRun merged = CliRun.Of("merge", "--batch-directory", Batch, "--quiet").Expect(0);
        Assert.Empty(merged.Error);
        AssertSameModel(CliRun.Of(["fit", .. Small]).Expect(0).Json, merged.Json);
    }

    [Fact]
    public void ATaskOfTheSecondStageWaitsForTheChoice()
    {
        string results = Plan().GetProperty("resultsDirectory").GetString()!;
        CliRun early = CliRun.Of("task", "--input", Batch, "--index", "12", "--output", Path.Combine(results, "early.json")).Expect(1);
        Assert.Contains("Task 12 cannot run yet: its penalties are those that task 9 chooses from stage 1", early.Error, StringComparison.Ordinal);
        CliRun.Of("task", "--input", Batch, "--index", "0-9", "--output", Path.Combine(results, "first.json")).Expect(0);
        CliRun.Of("task", "--input", Batch, "--index", "12", "--output", _folder.Path("twelve.json")).Expect(0);
        CliRun.Of("task", "--input", Batch, "--index", "12", "--output", _folder.Path("elsewhere.json"), "--results", results).Expect(0);
        Assert.Equal(File.ReadAllBytes(_folder.Path("twelve.json")), File.ReadAllBytes(_folder.Path("elsewhere.json")));
        CliRun none = CliRun.Of("task", "--input", Batch, "--index", "12", "--output", _folder.Path("none.json"), "--results", _folder.Path("nowhere")).Expect(1);
        Assert.Contains("Task 12 cannot run yet", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void LostAndDamagedResultsAreNamedAndOnlyTheyRunAgain()
    {
        string results = Plan().GetProperty("resultsDirectory").GetString()!;
        CliRun.Of("run", "--batch-directory", Batch).Expect(0);
        string[] files = [.. Directory.GetFiles(results, "*.json").Order(StringComparer.Ordinal)];
        Assert.Equal(19, files.Length);
        File.Delete(files[4]);
        File.WriteAllText(files[7], File.ReadAllText(files[7])[..40]);
        DateTime[] before = [.. files.Select(File.GetLastWriteTimeUtc)];

        JsonElement status = CliRun.Of("status", "--batch-directory", Batch).Expect(0).Json;
        Assert.Equal(17, status.GetProperty("done").GetArrayLength());
        Assert.Equal([4, 7], status.GetProperty("missing").EnumerateArray().Select(task => task.GetInt32()));
        Assert.False(status.GetProperty("complete").GetBoolean());
        JsonElement invalid = Assert.Single(status.GetProperty("invalid").EnumerateArray());
        Assert.EndsWith(Path.GetFileName(files[7]), invalid.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(invalid.GetProperty("reason").GetString()!);

        CliRun merge = CliRun.Of("merge", "--batch-directory", Batch, "--output", _folder.Path("fit.json")).Expect(1);
        Assert.Contains("2 of 19 results are missing", merge.Error, StringComparison.Ordinal);
        Assert.Contains("(stage 1: folds 1-2 at penalty 1)", merge.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Path("fit.json")));

        CliRun.Of("run", "--batch-directory", Batch).Expect(0);
        for (int task = 0; task < files.Length; task++)
        {
            Assert.Equal(task is not (4 or 7), before[task] == File.GetLastWriteTimeUtc(files[task]));
        }

        CliRun.Of("merge", "--batch-directory", Batch).Expect(0);
    }

    [Fact]
    public void ChoiceCanBeMadeAnewAndWeightsLeftOut()
    {
        Plan();
        CliRun.Of("run", "--batch-directory", Batch, "--quiet").Expect(0);
        JsonElement least = CliRun.Of("merge", "--batch-directory", Batch, "--choice", "min", "--no-weights").Expect(0).Json;
        double[] scores = [.. least.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())];
        Assert.Equal(Array.IndexOf(scores, scores.Min()), least.GetProperty("selectedIndex").GetInt32());
        Assert.False(least.TryGetProperty("weights", out _));
    }

    [Fact]
    public void SimplexInAPlanIsAllowedWithAWarning()
    {
        CliRun run = CliRun.Of(["plan", "--batch-directory", Batch, .. Small, "--stopping-rule", "1", "--constraint", "simplex"]).Expect(0);
        Assert.Equal("simplex", run.Json.GetProperty("constraint").GetString());
        Assert.Single(run.Json.GetProperty("warnings").EnumerateArray());
        Assert.StartsWith("sparsesc plan: warning: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherPlanIsNotOverwrittenUnlessAsked()
    {
        Plan();
        CliRun run = CliRun.Of(["plan", "--batch-directory", Batch, .. Small, "--cv-seed", "1"]).Expect(2);
        Assert.Contains("--batch-directory", run.Error, StringComparison.Ordinal);
        Assert.Contains("--force", run.Error, StringComparison.Ordinal);
        CliRun.Of(["plan", "--batch-directory", Batch, .. Small, "--cv-seed", "1", "--force"]).Expect(0);
    }

    [Fact]
    public void TheSamePlanIsTakenUpWithItsResults()
    {
        Plan();
        CliRun.Of("task", "--input", Batch, "--index", "4", "--output", Path.Combine(Batch, "results", "four.json")).Expect(0);
        foreach (string[] more in new string[][] { [], ["--force"] })
        {
            CliRun again = CliRun.Of(["plan", "--batch-directory", Batch, .. Small, .. more]).Expect(0);
            Assert.True(again.Json.GetProperty("wasThere").GetBoolean());
            Assert.Contains("already, with 1 of 19 results; it was taken up.", again.Error, StringComparison.Ordinal);
        }

        Assert.Equal("[4]", CliRun.Of("status", "--batch-directory", Batch).Expect(0).Json.GetProperty("done").GetRawText());
    }

    [Fact]
    public void ALogKeepsEveryAttemptApart()
    {
        Plan();
        string log = _folder.Path("log");
        CliRun failed = CliRun.Of("task", "--input", Batch, "--index", "99", "--output", _folder.Path("r.json"), "--log", log, "--quiet").Expect(2);
        CliRun done = CliRun.Of("task", "--input", Batch, "--index", "2", "--output", _folder.Path("r.json"), "--log", log, "--quiet").Expect(0);
        string[] files = [.. Directory.EnumerateFiles(log).Order(StringComparer.Ordinal)];
        Assert.Equal([failed.Error, failed.Output, done.Error, done.Output], files.Select(File.ReadAllText));
        Assert.Matches(@"^[-0-9T:.]+Z sparsesc [0-9].* on .+, [0-9]+ processors: plan tasks 99\n[-0-9T:.]+Z failed with exit code 2 after [0-9.]+ s\n$", failed.Output.ReplaceLineEndings("\n"));
        Assert.Matches(@"plan tasks 2\n[-0-9T:.]+Z done after [0-9.]+ s\n$", done.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("19", "--index 19: there is no task 19; the 19 tasks are numbered from 0 to 18.")]
    [InlineData("1,1", "--index 1,1: task 1 is named twice.")]
    [InlineData("a", "--index a: 'a' is neither a task number from 0 nor a range such as 4-7.")]
    public void WrongTaskNumbersAreNamed(string index, string message)
    {
        Plan();
        CliRun run = CliRun.Of("task", "--input", Batch, "--index", index, "--output", _folder.Path("r.json")).Expect(2);
        Assert.StartsWith($"sparsesc task: {message}", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Path("r.json")));
    }

    [Fact]
    public void FolderWithoutAPlanAndDamagedPlansAreBadInput()
    {
        Directory.CreateDirectory(Batch);
        Assert.Contains("holds no plan", CliRun.Of("status", "--batch-directory", Batch).Expect(2).Error, StringComparison.Ordinal);
        string planFile = Plan().GetProperty("planFile").GetString()!;
        File.WriteAllText(planFile, File.ReadAllText(planFile)[..100]);
        CliRun run = CliRun.Of("run", "--batch-directory", Batch).Expect(2);
        Assert.Contains(planFile, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CancelledRunsKeepWhatIsDone()
    {
        Plan();
        CliRun run = CliRun.Of(["run", "--batch-directory", Batch], cancelled: true).Expect(3);
        Assert.Equal("sparsesc run: cancelled.\n", run.Error);
        CliRun.Of("run", "--batch-directory", Batch).Expect(0);
    }

    public void Dispose() => _folder.Dispose();

    internal static void AssertSameModel(JsonElement expected, JsonElement actual)
    {
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            if (property.Name is not "elapsedSeconds")
            {
                Assert.True(actual.TryGetProperty(property.Name, out JsonElement value), $"{property.Name} is not there.");
                Assert.Equal((property.Name, property.Value.GetRawText()), (property.Name, value.GetRawText()));
            }
        }
    }

    private JsonElement Plan() => CliRun.Of(["plan", "--batch-directory", Batch, .. Small]).Expect(0).Json;
}
