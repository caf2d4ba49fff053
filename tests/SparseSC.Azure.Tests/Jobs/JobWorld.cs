using SparseSC.Azure.Jobs;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Configuration;
using SparseSC.Batch.Plan;
using SparseSC.BatchServer;
using SparseSC.BatchServer.Faults;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>A small plan with accounts for it on this machine, a worker that fails when asked to, and a backend between them.</summary>
internal sealed class JobWorld : IAsyncDisposable
{

    private readonly BackendRig _rig;

    private JobWorld(BackendRig rig, int folds, int penalties, int iterations)
    {
        _rig = rig;
        Options = new FitOptions
        {
            StoppingRule = iterations, Constraint = WeightConstraint.Orthant, GridLength = penalties, CvFolds = FoldSpecification.Shuffled(folds), GradientFolds = FoldSpecification.Shuffled(2),
            WPen = [0.01], MaxDegreeOfParallelism = 1,
        };
        Plan = BatchPlans.Create(Data, Options, PathOf("plan"));
        (Config.PoolId, Config.TaskSlotsPerNode, Config.WorkerPath) = ("fits", 2, WriteWorker());
        Services = rig.Services();
        Backend = Open();
    }

    public AzureBatchConfig Config => _rig.Config;

    public FitOptions Options { get; }

    public BatchPlan Plan { get; }

    public IBatchBackend Backend { get; private set; }

    /// <summary>The services as the backend sees them, to meddle with.</summary>
    public AzureServices Services { get; private set; }

    /// <summary>What was told so far.</summary>
    public IReadOnlyList<JobStep> Steps => _rig.Steps;

    /// <summary>Requests of the Batch service so far, as "METHOD /path status".</summary>
    public IReadOnlyList<string> Requests => _rig.Requests;

    /// <summary>While this file exists, the worker fails at the plan's tasks that stand in it, one a line, before it begins.</summary>
    public string BadTasks => PathOf("bad-tasks");

    /// <summary>
    /// While this file exists, a group of its first word leaves the results of those in its second and a note about the task in its
    /// third, as the worker does when a task of a group fails.
    /// </summary>
    public string BadTaskInGroup => PathOf("bad-task-in-group");

    /// <summary>While this file exists, the worker is given a task that the plan does not have, and says so itself.</summary>
    public string NoSuchTask => PathOf("no-such-task");

    public static FitData Data { get; } = MakeData();

    /// <param name="storage">The storage.</param>
    /// <param name="faults">Rules of the test server, as JSON.</param>
    /// <param name="folds">Folds of the plan.</param>
    /// <param name="penalties">Penalties; each with each fold is a task.</param>
    /// <param name="change">Changes how the server is started.</param>
    /// <param name="seed">Which of the faults come that come by chance.</param>
    /// <param name="iterations">Iterations of the fit, each a stage of the plan.</param>
    public static async Task<JobWorld> StartAsync(
        AzuriteFixture storage, string faults = "", int folds = 3, int penalties = 4, Func<ServerOptions, ServerOptions>? change = null, int seed = 7, int iterations = 1)
    {
        FaultPlan plan = FaultPlan.Parse($$"""{"seed": {{seed}}, "rules": [{{faults}}]}""", "the test");
        return new JobWorld(await BackendRig.StartAsync(storage, plan, change), folds, penalties, iterations);
    }

    /// <summary>Another session's backend: it knows the configuration and nothing else.</summary>
    public IBatchBackend Open()
    {
        Services = _rig.Services();
        return Backend = new AzureBatchBackend(Services) { PollingInterval = TimeSpan.FromMilliseconds(250), LongestPollingInterval = TimeSpan.FromMilliseconds(250) };
    }

    public string PathOf(string name) => Path.Combine(_rig.Folder, name);

    public async Task<string> StartAsync(int groupSize = 1, bool mergeOnNode = false) =>
        (await Backend.StartAsync(Plan, new BatchJobRequest { TaskGroupSize = groupSize, MergeOnNode = mergeOnNode }, CancellationToken.None)).Job.Id;

    public async Task<BatchJob> RunAsync(int groupSize = 1, bool mergeOnNode = false) => await WaitAsync(await StartAsync(groupSize, mergeOnNode));

    /// <summary>Looks at the job until it is as wanted.</summary>
    public async Task<BatchJob> UntilAsync(string jobId, Func<BatchJob, bool> wanted)
    {
        BatchJob? job = null;
        await HangGuard.UntilAsync(async () => wanted(job = await Backend.GetAsync(jobId, CancellationToken.None)), () => $"{job?.State}. {job?.Message}");
        return job!;
    }

    public async Task<BatchJob> WaitAsync(string jobId)
    {
        BatchJob job = await new JobWaiter(Backend).WaitAsync(jobId, HangGuard.Limit, null, CancellationToken.None);
        Assert.True(job.IsFinished, $"The job never ended: {job.Done} of {job.Tasks} done. {job.Message}");
        return job;
    }

    public async Task<JobTask[]> TasksAsync(string jobId)
    {
        List<JobTask> tasks = [];
        await foreach (JobTask task in Backend.ListTasksAsync(jobId, CancellationToken.None))
        {
            tasks.Add(task);
        }

        return [.. tasks];
    }

    public async Task<JobTaskOutput[]> OutputAsync(string jobId, string taskId)
    {
        List<JobTaskOutput> outputs = [];
        await foreach (JobTaskOutput output in Backend.ReadOutputAsync(jobId, taskId, CancellationToken.None))
        {
            outputs.Add(output);
        }

        return [.. outputs];
    }

    /// <summary>Every result comes to another machine, and the model is the same.</summary>
    public async Task AssertReceivedAsync(string jobId)
    {
        string elsewhere = PathOf("elsewhere");
        BatchResults results = await Backend.CollectAsync(jobId, elsewhere, CancellationToken.None);
        Assert.True(results is { IsComplete: true, Failed: [], Invalid: [], Message: "" }, results.Message);
        Assert.Equal(Plan.Tasks, results.Done);
        AssertMergedEqualsFit(elsewhere);
    }

    /// <summary>The merged model equals the one fitted here, to the last bit of every number.</summary>
    public void AssertMergedEqualsFit(string batchDirectory)
    {
        SyntheticControlFit merged = BatchPlans.Load(batchDirectory).Merge();
        SyntheticControlFit direct = JointFit.Run(Data, Options);
        Assert.Equal(Text(direct), Text(merged));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    // Shortest round-trip texts of doubles are equal exactly when their bits are.
    private string Text(SyntheticControlFit fit)
    {
        (fit.ElapsedSeconds, fit.PlanHash) = (0, null);
        string file = PathOf("fit.json");
        FitFile.Write(file, fit);
        return File.ReadAllText(file);
    }

    private string WriteWorker()
    {
        string worker = PathOf("worker");
        File.WriteAllText(worker, $$"""
            #!/bin/sh
            if [ -f '{{BadTasks}}' ]; then
              for bad in $(cat '{{BadTasks}}'); do
                case " $* " in *" --index $bad "*) echo "sparsesc task: Task $bad is bad." >&2; exit 1;; esac
              done
            fi
            if [ -f '{{BadTaskInGroup}}' ]; then
              read -r group good bad < '{{BadTaskInGroup}}'
              if [ "$5" = "$group" ]; then
                {{Worker.Command}} task --input "$3" --index "$good" --output "$7" --quiet
                sed -i 's/]}$/],"failures":[{"task":'"$bad"',"errorId":"SingularSystem","message":"The system of task '"$bad"' is singular."}]}/' "$7"
                echo "sparsesc task: Task $bad failed." >&2
                exit 1
              fi
            fi
            if [ -f '{{NoSuchTask}}' ]; then
              exec {{Worker.Command}} task --input "$3" --index 999 --output "$7" --log "$9" --quiet
            fi
            exec {{Worker.Command}} "$@"
            """.ReplaceLineEndings("\n") + "\n");
        return worker;
    }

    private static FitData MakeData()
    {
        const int units = 24, features = 4, targets = 2;
        Random random = new(3);
        double[,] x = new double[units, features];
        double[,] y = new double[units, targets];
        for (int i = 0; i < units; i++)
        {
            double factor = random.NextDouble();
            for (int j = 0; j < features; j++)
            {
                x[i, j] = (factor * (j + 1)) + (0.1 * random.NextDouble());
            }

            for (int j = 0; j < targets; j++)
            {
                y[i, j] = (factor * 2) + (0.1 * random.NextDouble());
            }
        }

        return new FitData(FeatureMatrix.FromArray(x), FeatureMatrix.FromArray(y), [0, 1]);
    }
}
