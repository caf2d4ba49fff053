using System.Text.Json.Serialization;

namespace SparseSC.Azure.Batch;

/// <summary>A file or folder of a task or a node.</summary>
internal sealed record BatchNodeFile : BatchModel
{
    /// <summary>The path, with slashes.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The file's address.</summary>
    public string? Url { get; init; }

    /// <summary>Whether it is a folder.</summary>
    public bool? IsDirectory { get; init; }

    /// <summary>More about it; folders have none.</summary>
    public BatchFileProperties? Properties { get; init; }
}

/// <summary>Size and dates of a file.</summary>
internal sealed record BatchFileProperties : BatchModel
{
    /// <summary>When it was made; Linux does not tell.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Its length in bytes.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Its type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Its mode in octal, on Linux.</summary>
    public string? FileMode { get; init; }

    /// <summary>Whether it is a folder; known only when one file was asked about.</summary>
    [JsonIgnore]
    public bool? IsDirectory { get; init; }
}
