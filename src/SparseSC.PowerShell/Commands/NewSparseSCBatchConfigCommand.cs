using System.Management.Automation;
using SparseSC.Core.Jobs;
using SparseSC.PowerShell.Abstractions;

namespace SparseSC.PowerShell.Commands;

/// <summary>Says where batch jobs run.</summary>
[Cmdlet(VerbsCommon.New, "SparseSCBatchConfig", DefaultParameterSetName = LocalSet)]
[OutputType(typeof(LocalBatchConfig), ParameterSetName = [LocalSet])]
public sealed class NewSparseSCBatchConfigCommand : SparseSCCommand
{
    private const string LocalSet = "Local";

    /// <summary>Jobs run in worker processes on this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public SwitchParameter Local { get; set; }

    /// <summary>The largest number of worker processes; 0 means one per processor.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateRange(0, 1024)]
    public int MaxParallel { get; set; }

    /// <summary>The worker: the executable sparsesc, its .dll, or pwsh.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? WorkerPath { get; set; }

    /// <summary>The folder of job records and logs.</summary>
    [Parameter(ParameterSetName = LocalSet)]
    [ValidateNotNullOrEmpty]
    public string? JobDirectory { get; set; }

    /// <inheritdoc/>
    protected override void End() => WriteObject(new LocalBatchConfig
    {
        MaxParallel = MaxParallel,
        WorkerPath = WorkerPath is null ? null : ResolveWorker(WorkerPath),
        JobDirectory = JobDirectory is null ? null : ResolvePath(JobDirectory),
    });

    // A bare name such as pwsh is looked up where commands are, not in the current folder.
    private string ResolveWorker(string path) =>
        path.AsSpan().IndexOfAny('/', '\\') < 0 && !File.Exists(ResolvePath(path)) ? path : ResolvePath(path);
}
