using System.Text.Json;
using SparseSC.Batch.Plan.Effects;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Batch.Plan;

/// <summary>Makes plans, reads them back from their directories, runs their tasks and merges the results.</summary>
/// <remarks>plan, run and merge equal one fit, or one estimate, bit for bit.</remarks>
public static class BatchPlans
{
    /// <summary>Writes a batch directory; nothing is fitted but the maximum penalty.</summary>
    /// <remarks>The same plan that is there already is taken up with its results, whatever <paramref name="overwrite"/> says.</remarks>
    /// <param name="data">The data.</param>
    /// <param name="options">Settings; functions cannot be stored.</param>
    /// <param name="directory">The folder; made when it does not exist.</param>
    /// <param name="overwrite">Whether another plan that stands there is replaced, with its results.</param>
    /// <param name="cancellationToken">Stops between two files; what was there stays.</param>
    /// <exception cref="InvalidInputException">Data or options cannot be used, or the directory already holds another plan.</exception>
    public static BatchPlan Create(
        FitData data, FitOptions options, string directory, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        data = CovariateScaling.Apply(data, options.Scale, options.ModelType);
        PlanParameters parameters = PlanBuilder.Build(data, options);
        string?[] notes = [.. data.Warnings, LookAlikes.Warning(data.UnitNames), SmallSample.Resolve(data, options).Warning];
        return Write(new FitPlanContent(data, parameters, [.. notes.OfType<string>()]), directory, overwrite, cancellationToken);
    }

    /// <summary>Writes a batch directory whose tasks hold the controls out, fold by fold.</summary>
    /// <remarks>
    /// Where held-out controls take over penalties of the fit of their treatment time (the joint fit), those fits are made now.
    /// </remarks>
    /// <param name="data">Outcomes, treatment times, covariates.</param>
    /// <param name="options">Settings; functions cannot be stored.</param>
    /// <param name="directory">The folder; made when it does not exist.</param>
    /// <param name="overwrite">Whether another plan that stands there is replaced; the same one is taken up with its results.</param>
    /// <param name="outcomeName">Name of the outcome, when it is known.</param>
    /// <param name="progress">Told as fits are made.</param>
    /// <param name="cancellationToken">Stops a fit within one evaluation; nothing is then written.</param>
    /// <exception cref="InvalidInputException">Data or options cannot be used, or the directory already holds another plan.</exception>
    public static BatchPlan CreateEffects(
        EffectData data,
        EffectOptions options,
        string directory,
        bool overwrite = false,
        string outcomeName = "",
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        return Write(EffectPlanBuilder.Build(data, options, outcomeName, progress), directory, overwrite, cancellationToken);
    }

    /// <summary>Reads a plan from its directory or its plan file.</summary>
    /// <exception cref="BatchPlanException">It is missing, damaged, or not what its manifest says.</exception>
    public static BatchPlan Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        string directory = Directory.Exists(full) ? full : Path.GetDirectoryName(full)!;
        string planFile = Directory.Exists(full) ? Path.Combine(full, PlanLayout.PlanFile) : full;
        if (!File.Exists(planFile))
        {
            // What is missing is what was named, and not the folder it would stand in.
            string what = planFile == full
                ? $"'{full}' does not exist"
                : $"'{directory}' holds no plan: there is no '{PlanLayout.PlanFile}' in it";
            throw new BatchPlanException(ErrorIds.PlanNotFound, $"{what}. Make a plan first, or name the directory of one.");
        }

        foreach (PlanFileEntry entry in PlanManifest.TryRead(directory) ?? [])
        {
            entry.Verify(directory);
        }

        using JsonDocument document = PlanJson.Parse(planFile);
        IPlanWork work = PlanFormat.Read(document.RootElement, directory, planFile);
        BatchPlan plan = new()
        {
            Work = work,
            Directory = directory,
            PlanFile = planFile,
            ResultsDirectory = Path.Combine(directory, PlanLayout.ResultsFolder),
            FitFile = Path.Combine(directory, PlanLayout.FitFile),
            Hash = HexDigest.Of(planFile),
            Tasks = work.Tasks,
        };
        work.Describe(plan);
        plan.Stages = [.. work.Stages];
        return plan;
    }

    /// <summary>Fold and penalties, or treatment time, of one task.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="index">The task.</param>
    /// <exception cref="InvalidInputException">There is no such task.</exception>
    public static PlanTask GetTask(this BatchPlan plan, int index)
    {
        ArgumentNullException.ThrowIfNull(plan);
        CheckTasks(plan, [index]);
        return plan.Work.Task(index);
    }

    /// <summary>Which tasks are done, missing, failed or invalid.</summary>
    /// <param name="plan">The plan.</param>
    public static PlanStatus GetStatus(this BatchPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ResultSet results = ResultSet.Read(plan.Directory, plan.Hash, plan.Work);
        return new PlanStatus
        {
            Tasks = plan.Tasks,
            Done = [.. results.Results.Keys.Order()],
            Missing = [.. Enumerable.Range(0, plan.Tasks).Where(t => !results.Results.ContainsKey(t))],
            Invalid = [.. results.Invalid],
            Failed = results.Failures,
        };
    }

    /// <summary>Runs tasks one after the other and writes one result file (temporary name, then rename).</summary>
    /// <remarks>A task that fails ends nothing: the file holds the results of the others and a note about it.</remarks>
    /// <param name="plan">The plan.</param>
    /// <param name="indices">
    /// The tasks, in the order they are to run in; a choice, and tasks after it, need the results before them.
    /// </param>
    /// <param name="outputFile">The result file.</param>
    /// <param name="cancellationToken">Stops within one evaluation; nothing is then written.</param>
    /// <exception cref="InvalidInputException">There is no such task.</exception>
    /// <exception cref="BatchPlanException">Tasks failed; the message names them.</exception>
    public static void RunTasks(
        this BatchPlan plan, IReadOnlyList<int> indices, string outputFile, CancellationToken cancellationToken = default) =>
        RunTasks(plan ?? throw new ArgumentNullException(nameof(plan)), indices, outputFile, plan.ResultsDirectory, cancellationToken);

    /// <summary>Runs tasks as above, where the results that they need lie elsewhere.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="indices">The tasks.</param>
    /// <param name="outputFile">The result file.</param>
    /// <param name="resultsDirectory">The folder of results of earlier stages.</param>
    /// <param name="cancellationToken">Stops within one evaluation; nothing is then written.</param>
    /// <exception cref="InvalidInputException">There is no such task.</exception>
    /// <exception cref="BatchPlanException">Tasks failed; the message names them.</exception>
    public static void RunTasks(
        this BatchPlan plan,
        IReadOnlyList<int> indices,
        string outputFile,
        string resultsDirectory,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(indices);
        CheckTasks(plan, indices);
        PlanRunner runner = new(plan.Directory, plan.Hash, plan.Work);
        PlanErrors.Refuse(runner.RunToFile(indices, outputFile, resultsDirectory, cancellationToken), indices.Count, []);
    }

    /// <summary>
    /// Runs every task without a valid result, here, sharing the work with other processes that do the same. A failed task is
    /// noted and the others go on.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="maxDegreeOfParallelism">Threads; 0 means one per processor.</param>
    /// <param name="progress">Told after every task; <c>Completed</c> counts all valid results.</param>
    /// <param name="cancellationToken">Stops within one evaluation; finished tasks stay.</param>
    /// <exception cref="BatchPlanException">Tasks failed; the message names them.</exception>
    public static void RunMissing(
        this BatchPlan plan,
        int maxDegreeOfParallelism = 0,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PlanStatus status = plan.GetStatus();
        if (status.IsComplete)
        {
            progress?.Report(new FitProgress("Running tasks", 0, plan.Tasks, plan.Tasks));
            return;
        }

        ParallelOptions parallel = ParallelLimit.Of(maxDegreeOfParallelism, cancellationToken);
        PlanRunner runner = new(plan.Directory, plan.Hash, plan.Work);
        PlanErrors.Refuse(runner.RunMissing(parallel, progress), status.Missing.Length, plan.Steps);
    }

    /// <summary>Aggregates the results of a fit, chooses a penalty and fits the model.</summary>
    /// <remarks>
    /// A model that was merged elsewhere (<see cref="BatchPlan.FitFile"/>) is taken as it is when results are missing here.
    /// </remarks>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How to merge; <c>null</c> merges as the plan says.</param>
    /// <param name="progress">Told before and after the last search.</param>
    /// <param name="cancellationToken">Stops the last search.</param>
    /// <exception cref="BatchPlanException">Results are missing; the message names them. Or the plan is one of effects.</exception>
    public static SyntheticControlFit Merge(
        this BatchPlan plan,
        MergeOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        FitPlanWork work = plan.Work as FitPlanWork
            ?? throw new BatchPlanException(
                "PlanOfEffects", $"The plan in '{plan.Directory}' is one of effects and merges to an estimate, not to a model.");
        options ??= new MergeOptions();
        ResultSet results = ResultSet.Read(plan.Directory, plan.Hash, work);
        int[] missing = Missing(plan, results);
        if (missing.Length > 0 && options.IsAsPlanned && plan.ReadFit() is SyntheticControlFit fitted)
        {
            return fitted;
        }

        if (missing.Length > 0 && !options.AllowPartial)
        {
            throw PlanErrors.ResultsMissing(plan.DescribeMissing(missing), results, ", or use {AllowPartial}");
        }

        SyntheticControlFit merged = PlanMerge.Merge(work.Parameters, work.Data, results, options, progress, cancellationToken);
        merged.Warnings = [.. work.Notes, .. merged.Warnings];
        merged.PlanHash = plan.Hash;
        return merged;
    }

    /// <summary>Puts held-out controls together and makes the estimate, as <see cref="EffectEstimator"/> does.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">
    /// Threads, and whether unit weights are kept; the rest belongs to fits. <c>null</c> merges as the plan says.
    /// </param>
    /// <param name="progress">Told as fits are made.</param>
    /// <param name="cancellationToken">Stops a fit within one evaluation.</param>
    /// <exception cref="InvalidInputException">An option belongs to fits.</exception>
    /// <exception cref="BatchPlanException">Results are missing; the message names them. Or the plan is one of a fit.</exception>
    public static EffectEstimate MergeEffects(
        this BatchPlan plan,
        MergeOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        EffectPlanWork work = plan.Work as EffectPlanWork
            ?? throw new BatchPlanException(
                "PlanOfFit", $"The plan in '{plan.Directory}' is one of a fit and merges to a model, not to effects.");
        options ??= new MergeOptions();
        EffectPlanMerge.Check(options);
        ResultSet results = ResultSet.Read(plan.Directory, plan.Hash, work);
        int[] missing = Missing(plan, results);
        return missing.Length == 0
            ? EffectPlanMerge.Merge(work, results, options, progress, cancellationToken)
            : throw PlanErrors.ResultsMissing(plan.DescribeMissing(missing), results, "");
    }

    /// <summary>The model of this plan that was merged elsewhere, if it is there and usable.</summary>
    internal static SyntheticControlFit? ReadFit(this BatchPlan plan)
    {
        try
        {
            return File.Exists(plan.FitFile) && Core.Models.FitFile.Read(plan.FitFile) is { } fit && fit.PlanHash == plan.Hash ? fit : null;
        }
        catch (InvalidInputException)
        {
            // A damaged model counts as missing, as a damaged result does.
            return null;
        }
    }

    /// <summary>Deletes the plan with its results, and the folder when nothing else is in it.</summary>
    /// <param name="plan">The plan.</param>
    public static void Delete(this BatchPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PlanWriter.RemovePlan(plan.Directory, plan.Kind);
        if (!Directory.EnumerateFileSystemEntries(plan.Directory).Any())
        {
            Directory.Delete(plan.Directory);
        }
    }

    /// <summary>Takes back the notes about failed tasks, so that these count as missing and no more as failed.</summary>
    internal static void ForgetFailures(this BatchPlan plan, IEnumerable<int> tasks)
    {
        foreach (int task in tasks)
        {
            FailureNotes.Forget(plan.Directory, task);
        }
    }

    /// <summary>Notes why tasks failed that ran elsewhere.</summary>
    internal static void NoteFailures(this BatchPlan plan, IEnumerable<TaskFailure> failures)
    {
        foreach (TaskFailure failure in failures)
        {
            FailureNotes.Write(plan.Directory, failure);
        }
    }

    /// <summary>
    /// What one of <paramref name="tasks"/> takes on this machine, by running a few of them for at most <paramref name="limit"/> in all;
    /// <c>null</c> when not one came to its end.
    /// </summary>
    internal static TimeSpan? MeasureCost(
        this BatchPlan plan, IReadOnlyList<int> tasks, TimeSpan limit, CancellationToken cancellationToken)
    {
        CheckTasks(plan, tasks);
        ITaskRunner runner = plan.Work.CreateRunner();
        runner.Learn(ResultSet.Read(plan.Directory, plan.Hash, plan.Work).Results.Values);
        Func<int, CancellationToken, TaskResult> run = runner.CreateWorker();
        TaskCost cost = new((task, token) => run(task, token), TimeProvider.System);
        return cost.Measure(Runnable(plan, tasks), limit, cancellationToken);
    }

    // Tasks of later stages cost what those of earlier ones do, but cannot run before the choice between them, which costs nothing.
    private static IReadOnlyList<int> Runnable(BatchPlan plan, IReadOnlyList<int> tasks)
    {
        if (tasks.Count == 0 || plan.Stages.First(stage => tasks[0] <= (stage.ChoosingTask ?? int.MaxValue)) is not { } first)
        {
            return tasks;
        }

        int[] own = [.. tasks.Where(task => task >= first.FirstTask && task < first.FirstTask + first.Tasks)];
        return own.Length > 0 ? own : [.. Enumerable.Range(first.FirstTask, first.Tasks)];
    }

    /// <summary>Writes the results of done tasks once more, all in one file.</summary>
    internal static void WriteResults(this BatchPlan plan, IEnumerable<int> done, string path)
    {
        IReadOnlyDictionary<int, TaskResult> results = ResultSet.Read(plan.Directory, plan.Hash, plan.Work).Results;
        TaskResultFile.Write(path, plan.Hash, plan.Work, [.. done.Select(task => results[task])]);
    }

    /// <summary>Says in words which of the plan's results are missing: by fold, with the penalties or the treatment time.</summary>
    internal static string DescribeMissing(this BatchPlan plan, IReadOnlyList<int> missing) => plan.Work.DescribeMissing(missing);

    /// <summary>Names of the files that a task needs, with or without a manifest.</summary>
    internal static string[] InputFiles(this BatchPlan plan)
    {
        using JsonDocument document = PlanJson.Parse(plan.PlanFile);
        JsonElement matrices = document.RootElement.Field("matrices");
        return [PlanLayout.PlanFile, .. matrices.EnumerateArray().Select(entry => PlanFileEntry.Read(entry).Name)];
    }

    private static BatchPlan Write(IPlanContent content, string directory, bool overwrite, CancellationToken cancellationToken)
    {
        bool wasThere = PlanWriter.Write(content, directory, overwrite, cancellationToken);
        BatchPlan plan = Load(directory);
        plan.WasThere = wasThere;
        return plan;
    }

    private static int[] Missing(BatchPlan plan, ResultSet results) =>
        [.. Enumerable.Range(0, plan.Tasks).Where(task => !results.Results.ContainsKey(task))];

    private static void CheckTasks(BatchPlan plan, IReadOnlyList<int> indices)
    {
        foreach (int index in indices)
        {
            if (index < 0 || index >= plan.Tasks)
            {
                string has = plan.Tasks == 0 ? "none" : $"{plan.Tasks}, from 0 to {plan.Tasks - 1}";
                throw new InvalidInputException("TaskOutOfRange", $"{{Index}} {index} is not a task of the plan: it has {has}.", "Index");
            }
        }
    }
}
