using System.Text.Json;
using SparseSC.Batch.Plan.Effects;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Batch.Plan;

/// <summary>A fit or an effect estimate split into tasks, in a batch directory that holds everything they need.</summary>
/// <remarks>
/// Properties are settable so that a plan that was exported and imported again still names its directory;
/// <see cref="Load"/> reads it back. plan, run and merge equal one fit, or one estimate, bit for bit.
/// </remarks>
public sealed class BatchPlan : ISpellable
{
    private IPlanWork? _work;

    /// <summary>What the plan computes.</summary>
    public PlanKind Kind { get; set; }

    /// <summary>Full path of the batch directory.</summary>
    public string Directory { get; set; } = string.Empty;

    /// <summary>Full path of the plan file, the input of a task.</summary>
    public string PlanFile { get; set; } = string.Empty;

    /// <summary>Full path of the folder of task results.</summary>
    public string ResultsDirectory { get; set; } = string.Empty;

    /// <summary>Full path of the model, if it is merged where the tasks run.</summary>
    public string FitFile { get; set; } = string.Empty;

    /// <summary>SHA-256 of the plan file, which holds those of the matrices.</summary>
    public string Hash { get; set; } = string.Empty;

    /// <summary>Number of tasks.</summary>
    public int Tasks { get; set; }

    /// <summary>Number of cross-validation folds; effects: of the cross-fits, over all treatment times.</summary>
    public int Folds { get; set; }

    /// <summary>Number of penalties tried in the first stage; 0 for effects.</summary>
    public int Penalties { get; set; }

    /// <summary>The stages of tasks, in the order they run in: one for each iteration of a fit.</summary>
    public PlanStage[] Stages { get; set; } = [];

    /// <summary>Effects: the treatment times estimated.</summary>
    public string[] TreatmentTimes { get; set; } = [];

    /// <summary>v penalties: one or the list.</summary>
    public double[] VPen { get; set; } = [];

    /// <summary>w penalties: one or the list.</summary>
    public double[] WPen { get; set; } = [];

    /// <summary>The model type.</summary>
    public ModelType ModelType { get; set; }

    /// <summary>The constraint on v; it says nothing of effects.</summary>
    public WeightConstraint Constraint { get; set; }

    /// <summary>What to know about the plan, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Whether making the plan found the same one in the directory and took it up with its results.</summary>
    public bool WasThere { get; set; }

    /// <summary>Writes a batch directory; nothing is fitted but the maximum penalty.</summary>
    /// <remarks>The same plan that is there already is taken up with its results, whatever <paramref name="overwrite"/> says.</remarks>
    /// <param name="data">The data.</param>
    /// <param name="options">Settings; functions cannot be stored.</param>
    /// <param name="directory">The folder; made when it does not exist.</param>
    /// <param name="overwrite">Whether another plan that stands there is replaced, with its results.</param>
    /// <param name="cancellationToken">Stops between two files; what was there stays.</param>
    /// <exception cref="InvalidInputException">Data or options cannot be used, or the directory already holds another plan.</exception>
    public static BatchPlan Create(FitData data, FitOptions options, string directory, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        data = CovariateScaling.Apply(data, options.Scale, options.ModelType);
        PlanParameters parameters = PlanBuilder.Build(data, options);
        return Write(new FitPlanContent(data, parameters), directory, overwrite, cancellationToken)
            .WithWarnings(SmallSample.Resolve(data, options).Warning is { } smaller ? [.. data.Warnings, smaller] : data.Warnings);
    }

    /// <summary>Writes a batch directory whose tasks hold the controls out, fold by fold.</summary>
    /// <remarks>Where held-out controls take over penalties of the fit of their treatment time (the joint fit), those fits are made now.</remarks>
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
        return Write(EffectPlanBuilder.Build(data, options, outcomeName, progress), directory, overwrite, cancellationToken).WithWarnings(data.Warnings);
    }

    /// <summary>Reads a plan from its directory or its plan file.</summary>
    /// <exception cref="BatchPlanException">It is missing, damaged, or not what its manifest says.</exception>
    public static BatchPlan Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        string directory = System.IO.Directory.Exists(full) ? full : Path.GetDirectoryName(full)!;
        string planFile = System.IO.Directory.Exists(full) ? Path.Combine(full, PlanLayout.PlanFile) : full;
        if (!File.Exists(planFile))
        {
            // What is missing is what was named, and not the folder it would stand in.
            string what = planFile == full ? $"'{full}' does not exist" : $"'{directory}' holds no plan: there is no '{PlanLayout.PlanFile}' in it";
            throw new BatchPlanException("PlanNotFound", $"{what}. Make a plan first, or name the directory of one.");
        }

        foreach (PlanFileEntry entry in PlanManifest.TryRead(directory) ?? [])
        {
            entry.Verify(directory);
        }

        using JsonDocument document = PlanJson.Parse(planFile);
        IPlanWork work = PlanFormat.Read(document.RootElement, directory, planFile);
        BatchPlan plan = new()
        {
            _work = work,
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
    /// <exception cref="InvalidInputException">There is no such task.</exception>
    public PlanTask GetTask(int index)
    {
        CheckTasks([index]);
        return Work.Task(index);
    }

    /// <summary>Which tasks are done, missing, failed or invalid.</summary>
    public PlanStatus GetStatus()
    {
        ResultSet results = ResultSet.Read(Directory, Hash, Work);
        return new PlanStatus
        {
            Tasks = Tasks,
            Done = [.. results.Results.Keys.Order()],
            Missing = [.. Enumerable.Range(0, Tasks).Where(t => !results.Results.ContainsKey(t))],
            Invalid = [.. results.Invalid],
            Failed = results.Failures,
        };
    }

    /// <summary>Runs tasks one after the other and writes one result file (temporary name, then rename).</summary>
    /// <remarks>A task that fails ends nothing: the file holds the results of the others and a note about it.</remarks>
    /// <param name="indices">The tasks, in the order they are to run in; a choice, and tasks after it, need the results before them.</param>
    /// <param name="outputFile">The result file.</param>
    /// <param name="cancellationToken">Stops within one evaluation; nothing is then written.</param>
    /// <exception cref="InvalidInputException">There is no such task.</exception>
    /// <exception cref="BatchPlanException">Tasks failed; the message names them.</exception>
    public void RunTasks(IReadOnlyList<int> indices, string outputFile, CancellationToken cancellationToken = default) =>
        RunTasks(indices, outputFile, ResultsDirectory, cancellationToken);

    /// <summary>Runs tasks as above, where the results that they need lie elsewhere.</summary>
    /// <param name="indices">The tasks.</param>
    /// <param name="outputFile">The result file.</param>
    /// <param name="resultsDirectory">The folder of results of earlier stages.</param>
    /// <param name="cancellationToken">Stops within one evaluation; nothing is then written.</param>
    /// <exception cref="InvalidInputException">There is no such task.</exception>
    /// <exception cref="BatchPlanException">Tasks failed; the message names them.</exception>
    public void RunTasks(IReadOnlyList<int> indices, string outputFile, string resultsDirectory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(indices);
        CheckTasks(indices);
        PlanErrors.Refuse(new PlanRunner(Directory, Hash, Work).RunToFile(indices, outputFile, resultsDirectory, cancellationToken), indices.Count, []);
    }

    /// <summary>
    /// Runs every task without a valid result, here, sharing the work with other processes that do the same. A failed task is
    /// noted and the others go on.
    /// </summary>
    /// <param name="maxDegreeOfParallelism">Threads; 0 means one per processor.</param>
    /// <param name="progress">Told after every task; <c>Completed</c> counts all valid results.</param>
    /// <param name="cancellationToken">Stops within one evaluation; finished tasks stay.</param>
    /// <exception cref="BatchPlanException">Tasks failed; the message names them.</exception>
    public void RunMissing(int maxDegreeOfParallelism = 0, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        PlanStatus status = GetStatus();
        if (status.IsComplete)
        {
            progress?.Report(new FitProgress("Running tasks", 0, Tasks, Tasks));
            return;
        }

        ParallelOptions parallel = ParallelLimit.Of(maxDegreeOfParallelism, cancellationToken);
        PlanErrors.Refuse(new PlanRunner(Directory, Hash, Work).RunMissing(parallel, progress), status.Missing.Length, Steps);
    }

    /// <summary>Aggregates the results of a fit, chooses a penalty and fits the model.</summary>
    /// <remarks>A model that was merged elsewhere (<see cref="FitFile"/>) is taken as it is when results are missing here.</remarks>
    /// <param name="options">How to merge; <c>null</c> merges as the plan says.</param>
    /// <param name="progress">Told before and after the last search.</param>
    /// <param name="cancellationToken">Stops the last search.</param>
    /// <exception cref="BatchPlanException">Results are missing; the message names them. Or the plan is one of effects.</exception>
    public SyntheticControlFit Merge(MergeOptions? options = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        FitPlanWork work = Work as FitPlanWork
            ?? throw new BatchPlanException("PlanOfEffects", $"The plan in '{Directory}' is one of effects and merges to an estimate, not to a model.");
        options ??= new MergeOptions();
        ResultSet results = ResultSet.Read(Directory, Hash, work);
        int[] missing = Missing(results);
        if (missing.Length > 0 && options.IsAsPlanned && ReadFit() is SyntheticControlFit fitted)
        {
            return fitted;
        }

        if (missing.Length > 0 && !options.AllowPartial)
        {
            throw PlanErrors.ResultsMissing(DescribeMissing(missing), results, ", or use {AllowPartial}");
        }

        SyntheticControlFit merged = PlanMerge.Merge(work.Parameters, work.Data, results, options, progress, cancellationToken);
        merged.PlanHash = Hash;
        return merged;
    }

    /// <summary>Puts held-out controls together and makes the estimate, as <see cref="EffectEstimator"/> does.</summary>
    /// <param name="options">Threads, and whether unit weights are kept; the rest belongs to fits. <c>null</c> merges as the plan says.</param>
    /// <param name="progress">Told as fits are made.</param>
    /// <param name="cancellationToken">Stops a fit within one evaluation.</param>
    /// <exception cref="InvalidInputException">An option belongs to fits.</exception>
    /// <exception cref="BatchPlanException">Results are missing; the message names them. Or the plan is one of a fit.</exception>
    public EffectEstimate MergeEffects(MergeOptions? options = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        EffectPlanWork work = Work as EffectPlanWork
            ?? throw new BatchPlanException("PlanOfFit", $"The plan in '{Directory}' is one of a fit and merges to a model, not to effects.");
        options ??= new MergeOptions();
        EffectPlanMerge.Check(options);
        ResultSet results = ResultSet.Read(Directory, Hash, work);
        int[] missing = Missing(results);
        return missing.Length == 0
            ? EffectPlanMerge.Merge(work, results, options, progress, cancellationToken)
            : throw PlanErrors.ResultsMissing(DescribeMissing(missing), results, "");
    }

    /// <summary>The model of this plan that was merged elsewhere, if it is there and usable.</summary>
    internal SyntheticControlFit? ReadFit()
    {
        try
        {
            return File.Exists(FitFile) && Core.Models.FitFile.Read(FitFile) is SyntheticControlFit fit && fit.PlanHash == Hash ? fit : null;
        }
        catch (InvalidInputException)
        {
            // A damaged model counts as missing, as a damaged result does.
            return null;
        }
    }

    /// <summary>Deletes the plan with its results, and the folder when nothing else is in it.</summary>
    public void Delete()
    {
        PlanWriter.RemovePlan(Directory, Kind);
        if (!System.IO.Directory.EnumerateFileSystemEntries(Directory).Any())
        {
            System.IO.Directory.Delete(Directory);
        }
    }

    /// <summary>Takes back the notes about failed tasks, so that these count as missing and no more as failed.</summary>
    internal void ForgetFailures(IEnumerable<int> tasks)
    {
        foreach (int task in tasks)
        {
            FailureNotes.Forget(Directory, task);
        }
    }

    /// <summary>Notes why tasks failed that ran elsewhere.</summary>
    internal void NoteFailures(IEnumerable<TaskFailure> failures)
    {
        foreach (TaskFailure failure in failures)
        {
            FailureNotes.Write(Directory, failure);
        }
    }

    /// <summary>
    /// What one of <paramref name="tasks"/> takes on this machine, by running a few of them for at most <paramref name="limit"/> in all;
    /// <c>null</c> when not one came to its end.
    /// </summary>
    internal TimeSpan? MeasureCost(IReadOnlyList<int> tasks, TimeSpan limit, CancellationToken cancellationToken)
    {
        CheckTasks(tasks);
        ITaskRunner runner = Work.CreateRunner();
        runner.Learn(ResultSet.Read(Directory, Hash, Work).Results.Values);
        Func<int, CancellationToken, TaskResult> run = runner.CreateWorker();
        return new TaskCost((task, token) => run(task, token), TimeProvider.System).Measure(Runnable(tasks), limit, cancellationToken);
    }

    // Tasks of later stages cost what those of earlier ones do, but cannot run before the choice between them, which costs nothing.
    private IReadOnlyList<int> Runnable(IReadOnlyList<int> tasks)
    {
        if (tasks.Count == 0 || Stages.First(stage => tasks[0] <= (stage.ChoosingTask ?? int.MaxValue)) is not { } first)
        {
            return tasks;
        }

        int[] own = [.. tasks.Where(task => task >= first.FirstTask && task < first.FirstTask + first.Tasks)];
        return own.Length > 0 ? own : [.. Enumerable.Range(first.FirstTask, first.Tasks)];
    }

    /// <summary>Writes the results of done tasks once more, all in one file.</summary>
    internal void WriteResults(IEnumerable<int> done, string path)
    {
        IReadOnlyDictionary<int, TaskResult> results = ResultSet.Read(Directory, Hash, Work).Results;
        TaskResultFile.Write(path, Hash, Work, [.. done.Select(task => results[task])]);
    }

    /// <summary>Consecutive tasks that need the same results of others, in the order they have to run in.</summary>
    internal IReadOnlyList<TaskRange> Steps => TaskRange.Steps(Work.Stages);

    /// <summary>Says in words which of the plan's results are missing: by fold, with the penalties or the treatment time.</summary>
    internal string DescribeMissing(IReadOnlyList<int> missing) => Work.DescribeMissing(missing);

    /// <summary>Names of the files that a task needs, with or without a manifest.</summary>
    internal string[] InputFiles()
    {
        using JsonDocument document = PlanJson.Parse(PlanFile);
        return [PlanLayout.PlanFile, .. document.RootElement.GetProperty("matrices").EnumerateArray().Select(entry => PlanFileEntry.Read(entry).Name)];
    }

    private static BatchPlan Write(IPlanContent content, string directory, bool overwrite, CancellationToken cancellationToken)
    {
        bool wasThere = PlanWriter.Write(content, directory, overwrite, cancellationToken);
        BatchPlan plan = Load(directory);
        plan.WasThere = wasThere;
        return plan;
    }

    private IPlanWork Work => _work ??= Load(string.IsNullOrEmpty(Directory) ? PlanFile : Directory)._work!;

    private int[] Missing(ResultSet results) => [.. Enumerable.Range(0, Tasks).Where(t => !results.Results.ContainsKey(t))];

    private void CheckTasks(IReadOnlyList<int> indices)
    {
        foreach (int index in indices)
        {
            if (index < 0 || index >= Tasks)
            {
                throw new InvalidInputException("TaskOutOfRange", $"{{Index}} {index} is not a task of the plan: it has {(Tasks == 0 ? "none" : $"{Tasks}, from 0 to {Tasks - 1}")}.", "Index");
            }
        }
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Warnings = [.. Warnings.Select(spell)];

    private BatchPlan WithWarnings(IEnumerable<string> warnings)
    {
        Warnings = [.. warnings, .. Warnings];
        return this;
    }
}
