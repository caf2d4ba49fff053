using System.Text.Json;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Plan;

/// <summary>A fit split into tasks, in a batch directory that holds everything they need.</summary>
/// <remarks>
/// Properties are settable so that a plan that was exported and imported again still names its directory;
/// <see cref="Load"/> reads it back. plan, run and merge equal one fit of one iteration bit for bit.
/// </remarks>
public sealed class BatchPlan
{
    private PlanParameters? _parameters;
    private FitData? _data;

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

    /// <summary>Number of cross-validation folds.</summary>
    public int Folds { get; set; }

    /// <summary>Number of penalties tried.</summary>
    public int Penalties { get; set; }

    /// <summary>v penalties: one or the list.</summary>
    public double[] VPen { get; set; } = [];

    /// <summary>w penalties: one or the list.</summary>
    public double[] WPen { get; set; } = [];

    /// <summary>The model type.</summary>
    public ModelType ModelType { get; set; }

    /// <summary>The constraint on v.</summary>
    public WeightConstraint Constraint { get; set; }

    /// <summary>What to know about the plan, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Writes a batch directory; nothing is fitted but the maximum penalty.</summary>
    /// <exception cref="InvalidInputException">Data or options cannot be used, or the directory already holds a plan.</exception>
    public static BatchPlan Create(FitData data, FitOptions options, string directory, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        PlanParameters parameters = PlanBuilder.Build(data, options);
        PlanWriter.Write(data, parameters, directory, overwrite, cancellationToken);
        return Load(directory);
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
            throw new BatchPlanException("PlanNotFound", $"'{planFile}' does not exist: '{directory}' holds no plan. Make one first, or name its directory.");
        }

        foreach (PlanFileEntry entry in PlanManifest.TryRead(directory) ?? [])
        {
            entry.Verify(directory);
        }

        using JsonDocument document = PlanJson.Parse(planFile);
        PlanParameters parameters = ReadParameters(document.RootElement, planFile);
        return new BatchPlan
        {
            _parameters = parameters,
            Directory = directory,
            PlanFile = planFile,
            ResultsDirectory = Path.Combine(directory, PlanLayout.ResultsFolder),
            FitFile = Path.Combine(directory, PlanLayout.FitFile),
            Hash = HexDigest.Of(planFile),
            Tasks = parameters.Tasks,
            Folds = parameters.Folds.Count,
            Penalties = parameters.Penalties,
            VPen = parameters.VPen,
            WPen = parameters.WPen,
            ModelType = parameters.ModelType,
            Constraint = parameters.Options.Constraint!.Value,
            Warnings = PlanBuilder.Warnings(parameters),
        };
    }

    /// <summary>Fold and penalties of one task.</summary>
    /// <exception cref="InvalidInputException">There is no such task.</exception>
    public PlanTask GetTask(int index)
    {
        CheckTasks([index]);
        return Parameters.Task(index);
    }

    /// <summary>Which tasks are done, missing, failed or invalid.</summary>
    public PlanStatus GetStatus()
    {
        ResultSet results = ResultSet.Read(Directory, Hash, Parameters);
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
    /// <exception cref="InvalidInputException">There is no such task.</exception>
    /// <exception cref="BatchPlanException">Tasks failed; the message names them.</exception>
    public void RunTasks(IReadOnlyList<int> indices, string outputFile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(indices);
        CheckTasks(indices);
        Refuse(new PlanRunner(Directory, Hash, Parameters, Data).RunToFile(indices, outputFile, cancellationToken), indices.Count);
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

        ParallelOptions parallel = JointFit.Parallel(new FitOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism }, cancellationToken);
        List<TaskFailure> failures = new PlanRunner(Directory, Hash, Parameters, Data).RunMissing(status.Missing, status.Done.Length, parallel, progress);
        Refuse(failures, status.Missing.Length);
    }

    /// <summary>Aggregates the results, chooses a penalty and fits the model.</summary>
    /// <remarks>A model that was merged elsewhere (<see cref="FitFile"/>) is taken as it is when results are missing here.</remarks>
    /// <param name="options">How to merge; <c>null</c> merges as the plan says.</param>
    /// <param name="progress">Told before and after the last search.</param>
    /// <param name="cancellationToken">Stops the last search.</param>
    /// <exception cref="BatchPlanException">Results are missing; the message names them.</exception>
    public SyntheticControlFit Merge(MergeOptions? options = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new MergeOptions();
        ResultSet results = ResultSet.Read(Directory, Hash, Parameters);
        int[] missing = [.. Enumerable.Range(0, Tasks).Where(t => !results.Results.ContainsKey(t))];
        if (missing.Length > 0 && options.IsAsPlanned && ReadFit() is SyntheticControlFit fitted)
        {
            return fitted;
        }

        if (missing.Length > 0 && !options.AllowPartial)
        {
            string refused = results.Invalid.Count == 0 ? string.Empty : $" Refused: {string.Join("; ", results.Invalid.Take(3).Select(i => $"'{i.File}', {i.Reason}"))}.";
            throw new BatchPlanException("ResultsMissing", $"{MissingText.Describe(Parameters, missing, Tasks)}.{refused} Run {{RunMissing}} again to compute only these, or use {{AllowPartial}}.");
        }

        SyntheticControlFit merged = PlanMerge.Merge(Parameters, Data, results, options, progress, cancellationToken);
        merged.PlanHash = Hash;
        return merged;
    }

    /// <summary>The model of this plan that was merged elsewhere, if it is there and usable.</summary>
    internal SyntheticControlFit? ReadFit()
    {
        try
        {
            return File.Exists(FitFile) && Fitting.FitFile.Read(FitFile) is SyntheticControlFit fit && fit.PlanHash == Hash ? fit : null;
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
        PlanWriter.RemovePlan(Directory);
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
            File.Delete(Path.Combine(Directory, PlanLayout.FailuresFolder, PlanLayout.TaskFile(task)));
        }
    }

    /// <summary>Says in words which of the plan's results are missing: by fold, with the penalties.</summary>
    internal string DescribeMissing(IReadOnlyList<int> missing) => MissingText.Describe(Parameters, missing, Tasks);

    private PlanParameters Parameters => _parameters ??= Load(string.IsNullOrEmpty(Directory) ? PlanFile : Directory)._parameters!;

    private FitData Data
    {
        get
        {
            if (_data is null)
            {
                using JsonDocument document = PlanJson.Parse(PlanFile);
                _data = PlanData.Read(Directory, document.RootElement, Parameters);
            }

            return _data;
        }
    }

    private static void Refuse(List<TaskFailure> failures, int tasks)
    {
        if (failures.Count > 0)
        {
            if (tasks == 1)
            {
                throw new BatchPlanException("TasksFailed", $"Task {failures[0].Task} failed: {failures[0].Message}");
            }

            string named = string.Join("; ", failures.Take(3).Select(f => $"task {f.Task}: {f.Message}"));
            throw new BatchPlanException("TasksFailed", $"{failures.Count} of {tasks} tasks failed ({named}{(failures.Count > 3 ? "; …" : string.Empty)}). The others are done and kept.");
        }
    }

    private static PlanParameters ReadParameters(JsonElement root, string planFile)
    {
        PlanParametersJson.CheckHeader(root, PlanParametersJson.Format, PlanParametersJson.Version, planFile);
        try
        {
            return PlanParametersJson.Read(root);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new BatchPlanException("PlanDamaged", $"'{planFile}' is damaged ({error.Message}). Copy it again, or make the plan again.", error);
        }
    }

    private void CheckTasks(IReadOnlyList<int> indices)
    {
        foreach (int index in indices)
        {
            if (index < 0 || index >= Tasks)
            {
                throw new InvalidInputException("TaskOutOfRange", $"{{Index}} {index} is not a task of the plan: it has {Tasks}, from 0 to {Tasks - 1}.", "Index");
            }
        }
    }
}
