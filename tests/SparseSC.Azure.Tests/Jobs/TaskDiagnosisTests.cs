using System.Text.Json;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Batch.Protocol;
using SparseSC.Azure.Jobs.Watch;

namespace SparseSC.Azure.Tests.Jobs;

/// <summary>Answers of the service, in the shape of its documents, and what is made of them.</summary>
public class TaskDiagnosisTests
{
    private const string Limits = ""","constraints":{"maxWallClockTime":"PT10M","retentionTime":"P7D","maxTaskRetryCount":1}""";
    private const string NoLimits = ""","constraints":{"maxWallClockTime":"P10675199DT2H48M5.4775807S","retentionTime":"P7D","maxTaskRetryCount":1}""";

    [Theory]
    [InlineData(137)]
    [InlineData(-9)]
    public void A_killed_process_was_probably_out_of_memory(int exit)
    {
        BatchTask task = Failed("FailureExitCode", "The task exited with an exit code representing a failure", exit);

        string text = TaskDiagnosis.Describe(task);

        Assert.Equal($"Probably out of memory (exit {exit}): use a larger {{VmSize}}, or fewer {{TaskSlotsPerNode}}.", text);
        Assert.False(TaskDiagnosis.IsWorkerFailure(task));
    }

    [Fact]
    public void A_worker_that_says_it_had_no_memory_is_believed()
    {
        string text = TaskDiagnosis.Describe(Failed("FailureExitCode", "The task exited with an exit code representing a failure", 1), "out of memory. Use a machine with more.");

        Assert.StartsWith("Probably out of memory (exit 1)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(134, "The required instruction sets are not supported by the current CPU.", "lacks AVX2")]
    [InlineData(1, "./sparsesc: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by ./sparsesc)", "older than glibc 2.34")]
    [InlineData(126, "sh: 1: exec: ./sparsesc: Permission denied", "mounted 'noexec'")]
    [InlineData(126, "/bin/sh: ./sparsesc: cannot execute binary file: Exec format error", "another processor")]
    public void A_machine_that_cannot_run_the_worker_is_told_of_in_words(int exit, string said, string words)
    {
        BatchTask task = Failed("FailureExitCode", "The task exited with an exit code representing a failure", exit);

        string text = TaskDiagnosis.Describe(task, WorkerMessage.Of(said));

        Assert.True(TaskDiagnosis.IsWorkerFailure(task));
        Assert.StartsWith($"The worker cannot run on its machine (exit {exit}). It", text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_over_its_time_names_the_limit()
    {
        BatchTask task = Failed("TaskEnded", "Task Was Ended by User Request", -1, Limits, "2026-11-22T10:10:00.2Z");

        Assert.Contains("ended after 10 minutes, the longest time that {MaxWallClockTime} allows", TaskDiagnosis.Describe(task), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Limits, "2026-11-22T10:04:00Z")]
    [InlineData(NoLimits, "2026-11-23T10:04:00Z")]
    public void A_task_ended_within_its_time_was_ended_on_request(string constraints, string end)
    {
        BatchTask task = Failed("TaskEnded", "Task Was Ended by User Request", -1, constraints, end);

        Assert.StartsWith("It was ended on request", TaskDiagnosis.Describe(task), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FileUploadAccessDenied", "could not be uploaded", "{StorageAccessDuration}")]
    [InlineData("FileUploadContainerNotFound", "could not be uploaded", "Start the job again")]
    [InlineData("FileUploadMiscError", "could not be uploaded", "Start the job again")]
    [InlineData("BlobAccessDenied", "could not be fetched", "{StorageAccessDuration}")]
    [InlineData("BlobNotFound", "could not be fetched", "Start the job again")]
    [InlineData("ResourceContainerAccessDenied", "could not be fetched", "{StorageAccessDuration}")]
    [InlineData("ContainerInvalidImage", "container could not be made", "{ContainerImage}")]
    [InlineData("CommandProgramNotFound", "command could not be started", "{WorkerPath}")]
    [InlineData("DiskFull", "disk of its machine is full", "{VmSize}")]
    public void Codes_of_the_service_become_words_and_a_way_out(string code, string words, string wayOut)
    {
        string text = TaskDiagnosis.Describe(Failed(code, "Something that the service says.", null));

        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Contains(wayOut, text, StringComparison.Ordinal);
        Assert.True(code == "DiskFull" || text.Contains($"{code}: Something that the service says", StringComparison.Ordinal), text);
    }

    [Fact]
    public void A_command_that_failed_comes_before_an_upload_that_failed()
    {
        string text = TaskDiagnosis.Describe(Failed("FileUploadAccessDenied", "Access was denied", 137));

        Assert.StartsWith("Probably out of memory (exit 137)", text, StringComparison.Ordinal);
        Assert.Contains("What it wrote could not be uploaded (FileUploadAccessDenied: Access was denied).", text, StringComparison.Ordinal);
        Assert.StartsWith("It ran, but what it wrote could not be uploaded", TaskDiagnosis.Describe(Failed("FileUploadAccessDenied", "Access was denied", 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_access_is_known_because_the_same_task_would_fail_again()
    {
        Assert.True(TaskDiagnosis.IsAccessLost(Failed("BlobAccessDenied", "Access for one of the specified Azure Blob(s) is denied", null)));
        Assert.True(TaskDiagnosis.IsAccessLost(Failed("FileUploadAccessDenied", "Access was denied", 0)));
        Assert.False(TaskDiagnosis.IsAccessLost(Failed("FailureExitCode", "The task exited", 1)));
    }

    [Fact]
    public void A_workers_own_message_is_the_diagnosis()
    {
        BatchTask task = Failed("FailureExitCode", "The task exited with an exit code representing a failure", 1);

        Assert.True(TaskDiagnosis.IsWorkerFailure(task));
        Assert.Equal("The worker failed (exit 1): Task 3 failed: the system is singular.", TaskDiagnosis.Describe(task, "Task 3 failed: the system is singular."));
        Assert.Equal("The worker failed (exit 1); what it wrote may say why.", TaskDiagnosis.Describe(task));
    }

    [Fact]
    public void A_worker_that_cannot_be_run_points_at_the_command() =>
        Assert.Contains("{CommandLine}", TaskDiagnosis.Describe(Failed("FailureExitCode", "The task exited", 127)), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_known_is_told_with_category_code_message_and_details()
    {
        string text = TaskDiagnosis.Describe(Parse("""
            {"id":"t","state":"Completed","executionInfo":{"result":"Failure","retryCount":0,"requeueCount":0,
             "failureInfo":{"category":"ServerError","code":"BrandNew","message":"Nobody knows.","details":[{"name":"Where","value":"on the node"}]}}}
            """));

        Assert.Equal("The Batch service failed at it (ServerError BrandNew: Nobody knows; Where: on the node).", text);
    }

    [Fact]
    public void The_container_engines_error_is_told()
    {
        string text = TaskDiagnosis.Describe(Parse("""
            {"id":"t","state":"Completed","executionInfo":{"result":"Failure","containerInfo":{"error":"manifest unknown"},
             "failureInfo":{"category":"UserError","code":"ContainerInvalidImage","message":"One or more container images specified are invalid"}}}
            """));

        Assert.Contains("manifest unknown", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_signature_comes_out_of_a_diagnosis()
    {
        string text = TaskDiagnosis.Describe(Parse("""
            {"id":"t","state":"Completed","executionInfo":{"result":"Failure",
             "failureInfo":{"category":"UserError","code":"BlobAccessDenied","message":"Access is denied",
              "details":[{"name":"BlobSource","value":"https://a.blob.core.windows.net/c/b?sv=2021-12-02&se=2026-11-22&sig=s3cr3t%3D"}]}}}
            """), null);

        Assert.Contains("https://a.blob.core.windows.net/c/b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sv=", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", TaskDiagnosis.Describe(Failed("FailureExitCode", "No", 1), "cannot open sig=s3cr3t&se=1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Active", 0, 0, "")]
    [InlineData("Active", 0, 1, "Its machine was taken away once; it waits to run again.")]
    [InlineData("Running", 0, 3, "Its machine was taken away 3 times; it runs again.")]
    [InlineData("Running", 1, 0, "It failed once; it runs again.")]
    public void A_task_underway_tells_what_happened_to_it(string state, int retries, int requeues, string expected) => Assert.Equal(
        expected,
        TaskDiagnosis.Describe(Parse($$$"""{"id":"t","state":"{{{state}}}","executionInfo":{"retryCount":{{{retries}}},"requeueCount":{{{requeues}}}}}""")));

    [Fact]
    public void A_merge_behind_failed_tasks_says_which()
    {
        BatchTask merge = Parse("""{"id":"merge","state":"Active","executionInfo":{"retryCount":0,"requeueCount":0}}""");

        Assert.Equal(
            "It waits for tasks that failed ('group-000003' and 1 more), and will not start before they have succeeded. Restart those.",
            TaskDiagnosis.Describe(merge, null, ["group-000003", "group-000007"]));
    }

    [Fact]
    public void A_task_that_succeeded_has_no_diagnosis_whatever_it_took() => Assert.Equal(
        "",
        TaskDiagnosis.Describe(Parse("""{"id":"t","state":"Completed","executionInfo":{"exitCode":0,"result":"Success","retryCount":1,"requeueCount":2}}""")));

    [Theory]
    [InlineData("", null)]
    [InlineData("a warning\nsparsesc task: Task 3 failed: singular.\n", "Task 3 failed: singular.")]
    [InlineData("sparsesc task: bad\nTry 'sparsesc task --help'.\n", "bad")]
    [InlineData("Segmentation fault\n", "Segmentation fault")]
    public void The_workers_words_are_found_in_what_it_wrote(string standardError, string? expected) => Assert.Equal(expected, WorkerMessage.Of(standardError));

    private static BatchTask Failed(string code, string message, int? exit, string constraints = "", string end = "2026-11-22T10:01:00Z") => Parse($$$"""
        {"id":"group-000000","displayName":"0-19","state":"Completed","executionInfo":{"startTime":"2026-11-22T10:00:00Z","endTime":"{{{end}}}",
         {{{(exit is null ? "" : $"\"exitCode\":{exit},")}}}"retryCount":1,"requeueCount":0,"result":"Failure",
         "failureInfo":{"category":"UserError","code":"{{{code}}}","message":"{{{message}}}","details":[]}}{{{constraints}}}}
        """);

    private static BatchTask Parse(string json) => JsonSerializer.Deserialize(json, BatchJson.Info<BatchTask>())!;
}
