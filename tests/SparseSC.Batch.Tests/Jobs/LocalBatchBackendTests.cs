using System.Diagnostics;
using SparseSC.Batch.Jobs;
using SparseSC.Batch.Jobs.Local;
using SparseSC.Batch.Plan;
using SparseSC.Batch.Tests.Plan;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Core.Tests.Reference;

namespace SparseSC.Batch.Tests.Jobs;

public sealed class LocalBatchBackendTests : IDisposable
{
    private readonly JobFixture _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task A_job_computes_every_task_and_its_merge_equals_the_fit()
    {
        BatchPlan plan = _jobs.QuickPlan();

        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(plan)).Id);
        BatchResults results = await _jobs.Backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal(BatchJobState.Completed, job.State);
        Assert.Equal((6, 6, 0), (job.Tasks, job.Done, job.Left));
        Assert.True(results.IsComplete);
        Assert.Equal("", results.Message);
        FitOptions options = JobFixture.QuickOptions;
        options.StoppingRule = 1;
        options.Constraint = WeightConstraint.Orthant;
        SyntheticControlFit expected = JointFit.Run(JobFixture.Data(20, 4, 3), options);
        SyntheticControlFit merged = plan.Merge();
        Assert.Equal(expected.V, merged.V);
        Assert.Equal(expected.Scores, merged.Scores);
        Assert.Equal(expected.Predictions.Cast<double>(), merged.Predictions.Cast<double>());
    }

    [Fact]
    public async Task A_job_of_two_stages_equals_the_fit_also_after_results_were_lost()
    {
        FitOptions options = JobFixture.QuickOptions;
        (options.StoppingRule, options.Constraint) = (2, null);
        BatchPlan plan = BatchPlans.Create(JobFixture.Data(20, 4, 3), options, _jobs.Path("staged"));
        SyntheticControlFit expected = JointFit.Run(JobFixture.Data(20, 4, 3), options);

        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(plan)).Id);
        Assert.Equal((BatchJobState.Completed, 13, 13), (job.State, job.Tasks, job.Done));
        FitsEqual.Assert(expected, plan.Merge());

        // A worker that is still on its way out would pass by what is lost now.
        await HangGuard.UntilAsync(() => Task.FromResult(!_jobs.Workers(job.Id).Any(worker => worker.IsAlive())));
        Array.ForEach([2, 6, 9], task => File.Delete(Path.Combine(plan.ResultsDirectory, $"task-{task:D6}.json")));
        BatchJobStart again = await _jobs.Backend.StartAsync(plan, new BatchJobRequest(), CancellationToken.None);
        Assert.Equal((BatchJobStartOutcome.Resumed, job.Id), (again.Outcome, again.Job.Id));
        Assert.Equal(BatchJobState.Completed, (await _jobs.WaitAsync(job.Id)).State);
        FitsEqual.Assert(expected, plan.Merge());
    }

    [Fact]
    public async Task A_job_goes_on_when_a_worker_is_killed_between_stages()
    {
        FitOptions options = JobFixture.QuickOptions;
        (options.StoppingRule, options.Constraint) = (2, null);
        BatchPlan plan = BatchPlans.Create(JobFixture.Data(20, 4, 3), options, _jobs.Path("killed"));

        // Both workers wait for a task of the first stage that is being computed here.
        TaskClaim claim = TaskClaim.TryTake(plan.Directory, 3)!;
        BatchJob job = await _jobs.StartAsync(plan);
        await _jobs.WaitUntilAsync(job.Id, seen => seen.Done == 5);
        using (Process worker = Process.GetProcessById(_jobs.Workers(job.Id)[0].Id))
        {
            worker.Kill();
        }

        claim.Dispose();
        Assert.Equal(BatchJobState.Completed, (await _jobs.WaitAsync(job.Id)).State);
        FitsEqual.Assert(JointFit.Run(JobFixture.Data(20, 4, 3), options), plan.Merge());
    }

    [Fact]
    public async Task A_job_whose_first_stage_failed_says_why_and_not_that_it_was_interrupted()
    {
        FitOptions options = JobFixture.QuickOptions;
        (options.StoppingRule, options.MaxIter, options.MinIter, options.Tol, options.GridMax) = (2, 1, 0, 1e-12, 1e-3);
        BatchPlan plan = BatchPlans.Create(JobFixture.Data(20, 4, 3), options, _jobs.Path("failing stages"));

        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(plan)).Id);

        Assert.Equal(BatchJobState.Failed, job.State);
        Assert.Contains("did not converge", job.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_of_effects_computes_every_fold_and_its_merge_equals_one_estimate()
    {
        EffectData data = EffectPlanTests.Data(staggered: true);
        EffectOptions options = EffectPlanTests.Options(EffectMethod.Joint, 3);
        BatchPlan plan = BatchPlans.CreateEffects(data, options, _jobs.Path("effects"));

        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => _jobs.Backend.StartAsync(plan, new BatchJobRequest { MergeOnNode = true }, CancellationToken.None));
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(plan)).Id);
        BatchResults results = await _jobs.Backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal("MergeOnNode", refused.ParameterName);
        Assert.Equal(BatchJobState.Completed, job.State);
        Assert.Equal((6, 6, 0), (job.Tasks, job.Done, job.Left));
        Assert.True(results.IsComplete);
        EffectPlanTests.AssertSame(EffectEstimator.Run(data, options), plan.MergeEffects());
    }

    [Fact]
    public async Task A_job_of_effects_without_cross_fits_has_nothing_to_do()
    {
        BatchPlan plan = BatchPlans.CreateEffects(EffectPlanTests.Data(staggered: false), EffectPlanTests.Options(EffectMethod.Fast, 1), _jobs.Path("none"));

        BatchJobStart start = await _jobs.Backend.StartAsync(plan, new BatchJobRequest(), CancellationToken.None);

        Assert.Equal(BatchJobStartOutcome.NothingLeft, start.Outcome);
        Assert.Equal(BatchJobState.Completed, (await _jobs.WaitAsync(start.Job.Id)).State);
        Assert.True((await _jobs.Backend.CollectAsync(start.Job.Id, null, CancellationToken.None)).IsComplete);
    }

    [Fact]
    public async Task An_id_is_made_of_the_folder_and_the_time()
    {
        BatchJob job = await _jobs.StartAsync(_jobs.QuickPlan("my plan"));

        Assert.Matches("^my-plan-[0-9]{8}T[0-9]{4}-[0-9a-f]{4}$", job.Id);
    }

    [Fact]
    public async Task A_running_job_is_not_started_twice()
    {
        BatchPlan plan = _jobs.EndlessPlan();
        BatchJob first = await _jobs.StartAsync(plan);
        ProcessIdentity[] workers = _jobs.Workers(first.Id);

        BatchJobStart again = await _jobs.Backend.StartAsync(plan, new BatchJobRequest { JobId = "another" }, CancellationToken.None);

        Assert.Equal(BatchJobStartOutcome.AlreadyRunning, again.Outcome);
        Assert.Equal(first.Id, again.Job.Id);
        Assert.Equal(workers, _jobs.Workers(first.Id));
        Assert.False(File.Exists(_jobs.RecordPath("another")));
    }

    [Fact]
    public async Task A_job_whose_workers_are_killed_is_interrupted_and_starting_it_again_computes_only_the_rest()
    {
        BatchPlan plan = _jobs.EndlessPlan();
        BatchJob job = await _jobs.StartAsync(plan);
        await _jobs.WaitUntilAsync(job.Id, seen => seen.Done >= 5);
        foreach (ProcessIdentity worker in _jobs.Workers(job.Id))
        {
            using Process process = Process.GetProcessById(worker.Id);
            process.Kill();
        }

        job = await _jobs.WaitUntilAsync(job.Id, seen => seen.IsFinished);
        Assert.Equal(BatchJobState.Interrupted, job.State);
        Assert.Contains($"{job.Left} of {job.Tasks} tasks are left", job.Message, StringComparison.Ordinal);
        Dictionary<string, DateTime> before = Directory.EnumerateFiles(plan.ResultsDirectory, "*.json").ToDictionary(file => file, File.GetLastWriteTimeUtc);

        BatchJobStart resumed = await _jobs.Backend.StartAsync(plan, new BatchJobRequest(), CancellationToken.None);
        await _jobs.WaitUntilAsync(job.Id, seen => seen.Done > job.Done + 5);

        Assert.Equal(BatchJobStartOutcome.Resumed, resumed.Outcome);
        Assert.Equal(job.Id, resumed.Job.Id);
        Assert.All(before, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public async Task A_job_that_lost_results_computes_these_though_its_workers_are_still_on_their_way_out()
    {
        BatchPlan plan = _jobs.QuickPlan();
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(plan)).Id);

        // A worker of the first start that is still searching would find the deleted results missing and compute them itself.
        await _jobs.WaitUntilAsync(job.Id, _ => !_jobs.Workers(job.Id).Any(worker => worker.IsAlive()));
        string[] files = [.. Directory.EnumerateFiles(plan.ResultsDirectory, "*.json").Order(StringComparer.Ordinal)];
        Dictionary<string, DateTime> kept = files[2..].ToDictionary(file => file, File.GetLastWriteTimeUtc);
        Array.ForEach(files[..2], File.Delete);

        // A process that lives on and computes nothing is what a worker looks like that found nothing left to do.
        using Process leaving = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "more" : "cat") { RedirectStandardInput = true })!;
        JobRecord record = JobRecordFile.Read(_jobs.RecordPath(job.Id));
        record.Workers = [ProcessIdentity.Of(leaving.Id)!];
        JobRecordFile.Write(_jobs.RecordPath(job.Id), record);
        Task<BatchJob> start = _jobs.StartAsync(plan);
        await Task.Delay(100);
        Assert.False(start.IsCompleted);
        leaving.StandardInput.Close();
        BatchJob done = await _jobs.WaitAsync((await start).Id);

        Assert.Equal((job.Id, BatchJobState.Completed), (done.Id, done.State));
        Assert.All(kept, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public async Task Stopping_leaves_no_process_and_keeps_the_results()
    {
        BatchJob job = await _jobs.StartAsync(_jobs.EndlessPlan());
        await _jobs.WaitUntilAsync(job.Id, seen => seen.Done >= 2);

        BatchJob stopped = await _jobs.Backend.StopAsync(job.Id, CancellationToken.None);

        Assert.Equal(BatchJobState.Stopped, stopped.State);
        Assert.True(stopped.Done >= 2);
        Assert.DoesNotContain(_jobs.Workers(job.Id), worker => worker.IsAlive());
    }

    [Fact]
    public async Task A_detached_job_has_no_lifeline_and_is_stopped_by_its_id_alone()
    {
        BatchJob job = await _jobs.StartAsync(_jobs.EndlessPlan(), detach: true);
        LocalBatchBackend otherSession = new(_jobs.Config, new WorkerHome());

        BatchJob seen = await otherSession.GetAsync(job.Id, CancellationToken.None);
        Assert.Equal(BatchJobState.Running, seen.State);
        Assert.False(seen.EndsWithThisSession);
        BatchJob stopped = await otherSession.StopAsync(job.Id, CancellationToken.None);

        Assert.Equal(BatchJobState.Stopped, stopped.State);
        Assert.DoesNotContain(_jobs.Workers(job.Id), worker => worker.IsAlive());
    }

    [Fact]
    public async Task A_worker_stops_when_its_lifeline_is_cut()
    {
        BatchJob job = await _jobs.StartAsync(_jobs.EndlessPlan());
        await _jobs.WaitUntilAsync(job.Id, seen => seen.Done >= 1);
        Assert.True((await _jobs.Backend.GetAsync(job.Id, CancellationToken.None)).EndsWithThisSession);

        OwnedWorkers.Release(Path.GetDirectoryName(_jobs.RecordPath(job.Id))!);

        BatchJob ended = await _jobs.WaitUntilAsync(job.Id, seen => seen.IsFinished);
        Assert.Equal(BatchJobState.Interrupted, ended.State);
    }

    [Fact]
    public async Task A_job_whose_tasks_fail_says_which_and_why()
    {
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.FailingPlan())).Id);
        BatchResults results = await _jobs.Backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal(BatchJobState.Failed, job.State);
        Assert.Equal(job.Tasks, job.Failed);
        Assert.Contains("did not converge", job.Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, job.Tasks), results.Missing);
        Assert.All(results.Failed, failure => Assert.Equal("SearchDidNotConverge", failure.ErrorId));
        Assert.Contains("6 of 6 results are missing (folds 0-1 at all penalties).", results.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_plan_starts_nothing()
    {
        BatchPlan plan = _jobs.QuickPlan();
        plan.RunMissing(1);

        BatchJobStart start = await _jobs.Backend.StartAsync(plan, new BatchJobRequest { JobId = "done" }, CancellationToken.None);

        Assert.Equal(BatchJobStartOutcome.NothingLeft, start.Outcome);
        Assert.Equal(BatchJobState.Completed, start.Job.State);
        Assert.Empty(_jobs.Workers("done"));
    }

    [Fact]
    public async Task An_id_belongs_to_one_plan()
    {
        await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan("one"), "mine")).Id);

        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => _jobs.StartAsync(_jobs.QuickPlan("two"), "mine"));

        Assert.Equal(("JobIdInUse", "mine"), (error.ErrorId, error.JobId));
        Assert.Contains(_jobs.Path("one"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_collected_into_another_directory_of_the_same_plan_only()
    {
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan())).Id);
        BatchPlan copy = _jobs.QuickPlan("copy");
        BatchPlan other = BatchPlans.Create(JobFixture.Data(22, 4, 3), JobFixture.QuickOptions, _jobs.Path("other"));

        BatchResults results = await _jobs.Backend.CollectAsync(job.Id, copy.Directory, CancellationToken.None);
        BatchPlanException error = await Assert.ThrowsAsync<BatchPlanException>(() => _jobs.Backend.CollectAsync(job.Id, other.Directory, CancellationToken.None));

        Assert.Equal(copy.Directory, results.BatchDirectory);
        Assert.True(copy.GetStatus().IsComplete);
        Assert.Equal("PlanMismatch", error.ErrorId);
        Assert.Empty(other.GetStatus().Done);
    }

    [Fact]
    public async Task A_damaged_result_counts_as_missing_and_is_named()
    {
        BatchPlan plan = _jobs.QuickPlan();
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(plan)).Id);
        string result = Directory.EnumerateFiles(plan.ResultsDirectory, "*.json").Order(StringComparer.Ordinal).First();
        File.WriteAllText(result, File.ReadAllText(result)[..20]);

        BatchResults results = await _jobs.Backend.CollectAsync(job.Id, null, CancellationToken.None);

        Assert.Equal([0], results.Missing);
        Assert.Equal(result, results.Invalid.Single().File);
        Assert.Contains(Path.GetFileName(result), results.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_a_job_refuses_a_running_one_and_keeps_what_is_not_the_plans()
    {
        BatchPlan slow = _jobs.EndlessPlan();
        BatchJob running = await _jobs.StartAsync(slow);
        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => _jobs.Backend.RemoveAsync(running.Id, new BatchJobRemoval { BatchDirectory = true }, CancellationToken.None));
        Assert.Equal("JobIsRunning", error.ErrorId);

        await _jobs.Backend.StopAsync(running.Id, CancellationToken.None);
        await _jobs.Backend.RemoveAsync(running.Id, new BatchJobRemoval(), CancellationToken.None);
        Assert.True(File.Exists(slow.PlanFile));
        Assert.False(File.Exists(_jobs.RecordPath(running.Id)));

        BatchPlan quick = _jobs.QuickPlan();
        string note = Path.Combine(quick.Directory, "note.txt");
        File.WriteAllText(note, "mine");
        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(quick)).Id);
        await _jobs.Backend.RemoveAsync(job.Id, new BatchJobRemoval { BatchDirectory = true }, CancellationToken.None);

        Assert.Equal([note], Directory.EnumerateFileSystemEntries(quick.Directory));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_worker_that_cannot_work_leaves_its_last_words()
    {
        _jobs.Config.WorkerPath = "/bin/false";
        BatchJob silent = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan(), "silent")).Id);
        string broken = _jobs.Path("broken.sh");
        File.WriteAllText(broken, "#!/bin/sh\necho this worker is broken\nexit 9\n");
        File.SetUnixFileMode(broken, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _jobs.Config.WorkerPath = broken;

        BatchJob job = await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan("second"), "loud")).Id);

        Assert.Equal(BatchJobState.Interrupted, silent.State);
        Assert.Equal(BatchJobState.Interrupted, job.State);
        Assert.EndsWith("A worker's last words: this worker is broken", job.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_job_is_listed_newest_first_though_one_record_is_damaged()
    {
        await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan("one"), "first")).Id);
        await _jobs.WaitAsync((await _jobs.StartAsync(_jobs.QuickPlan("two"), "second")).Id);
        Directory.CreateDirectory(Path.GetDirectoryName(_jobs.RecordPath("broken"))!);
        File.WriteAllText(_jobs.RecordPath("broken"), "{");

        List<string> ids = [];
        await foreach (BatchJob job in _jobs.Backend.ListAsync(CancellationToken.None))
        {
            ids.Add(job.Id);
        }

        Assert.Equal(["second", "first"], ids);
        BatchJobException error = await Assert.ThrowsAsync<BatchJobException>(() => _jobs.Backend.GetAsync("broken", CancellationToken.None));
        Assert.Equal("JobRecordUnreadable", error.ErrorId);
        File.Delete(_jobs.RecordPath("broken"));
    }
}
