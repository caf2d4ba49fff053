using System.Management.Automation;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>A cmdlet that writes one object to one file.</summary>
public abstract class ExportCommand : SparseSCCommand
{
    /// <summary>The file to write; brackets in its name are taken as they stand.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces a file that stands there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Passes the file on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Path;

    /// <summary>Writes the file after the questions that come before it.</summary>
    private protected void Export(string action, Action<string> write)
    {
        string path = ResolvePath(Path);
        OutputFile.Require(path, nameof(Path));
        if (!ShouldProcess(path, action))
        {
            return;
        }

        if (File.Exists(path) && !Force)
        {
            throw new InvalidInputException(
                "FileExists", $"{{Path}} '{path}' exists. Give another name, or replace it with {{Force}}.", nameof(Path));
        }

        write(path);
        FileInfo file = new(path);
        Tell($"Wrote {file.Length} bytes to '{path}'.");
        if (PassThru)
        {
            WriteObject(file);
        }
    }
}
