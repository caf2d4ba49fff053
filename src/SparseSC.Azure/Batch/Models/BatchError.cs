namespace SparseSC.Azure.Batch;

/// <summary>An error as the service answers it, for a request or for one task of a collection.</summary>
internal sealed record BatchError : BatchModel
{
    /// <summary>The code to act on, such as <c>TaskExists</c>.</summary>
    public string? Code { get; init; }

    /// <summary>A sentence for people.</summary>
    public BatchErrorMessage? Message { get; init; }

    /// <summary>More about it.</summary>
    public IReadOnlyList<BatchErrorDetail>? Values { get; init; }
}

/// <summary>A sentence in a language.</summary>
internal sealed record BatchErrorMessage(string? Lang, string? Value) : BatchModel;

/// <summary>One detail of an error, such as the name of the property at fault.</summary>
internal sealed record BatchErrorDetail(string? Key, string? Value) : BatchModel;
