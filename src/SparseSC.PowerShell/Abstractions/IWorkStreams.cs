using System.Management.Automation;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>The streams that work writes to, from whatever thread it runs on: those of a pipeline, or those of a PowerShell job.</summary>
internal interface IWorkStreams
{
    /// <summary>The cmdlet whose work it is, in whose words messages are put.</summary>
    string CommandName { get; }

    /// <summary>Writes an object.</summary>
    void Write(object value);

    /// <summary>Writes an error after which the work goes on.</summary>
    void WriteError(ErrorRecord error);

    /// <summary>Writes a warning.</summary>
    void WriteWarning(string text);

    /// <summary>Writes a detail.</summary>
    void WriteVerbose(string text);

    /// <summary>Writes how far it is.</summary>
    void WriteProgress(ProgressRecord progress);
}
