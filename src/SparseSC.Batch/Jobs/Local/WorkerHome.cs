namespace SparseSC.Batch.Jobs.Local;

/// <summary>The places in which a front end can find workers.</summary>
public sealed class WorkerHome
{
    /// <summary>The folder with one folder per platform (<c>linux-x64/sparsesc</c>), or <c>null</c>.</summary>
    public string? ExecutablesDirectory { get; set; }

    /// <summary>Full path of the program itself, when it can be its own worker: an executable, or a <c>.dll</c> that <c>dotnet</c> runs.</summary>
    public string? OwnExecutable { get; set; }

    /// <summary>Full path of the assembly that holds <see cref="LocalWorker"/>, or <c>null</c>.</summary>
    public string? WorkerAssembly { get; set; }

    /// <summary>
    /// The PowerShell that can load <see cref="WorkerAssembly"/>: an executable, or the <c>pwsh.dll</c> that <c>dotnet</c> runs; or <c>null</c>.
    /// </summary>
    public string? PowerShell { get; set; }
}
