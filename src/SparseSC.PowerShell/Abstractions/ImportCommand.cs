using System.Management.Automation;

namespace SparseSC.PowerShell.Abstractions;

/// <summary>A cmdlet that reads one object from each of several files.</summary>
public abstract class ImportCommand : SparseSCCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralSet = "LiteralPath";

    /// <summary>Files, with wildcards if wanted.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FitFile")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files whose names are taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override object? ErrorTarget => string.Join(", ", Given);

    private string[] Given => ParameterSetName == LiteralSet ? LiteralPath : Path;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string path in Given)
        {
            try
            {
                foreach (string file in ParameterSetName == LiteralSet ? [ResolvePath(path)] : SessionPath.Expand(SessionState, path))
                {
                    WriteObject(Read(file));
                    Tell($"Read '{file}', {new FileInfo(file).Length} bytes.");
                }
            }
            catch (Exception error) when (Given.Length > 1 && IsForUsers(error))
            {
                WriteMappedError(error, path);
            }
        }
    }

    /// <summary>Reads one file.</summary>
    private protected abstract object Read(string path);
}
