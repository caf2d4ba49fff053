using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Validation;

/// <summary>What an answer looks like, by its name in either document: these are the names that queries can use.</summary>
/// <param name="Published">Name in the document of 2024-02.</param>
/// <param name="Derived">Name in the document of 2025-06.</param>
internal sealed record AnswerSchema(string Published, string Derived)
{
    public static AnswerSchema Pool { get; } = new("CloudPool", "BatchPool");

    public static AnswerSchema Node { get; } = new("ComputeNode", "BatchNode");

    public static AnswerSchema Job { get; } = new("CloudJob", "BatchJob");

    public static AnswerSchema Task { get; } = new("CloudTask", "BatchTask");

    public static AnswerSchema File { get; } = new("NodeFile", "BatchNodeFile");

    public static AnswerSchema Image { get; } = new("ImageInformation", "BatchSupportedImage");

    public static AnswerSchema NodeCounts { get; } = new("PoolNodeCounts", "BatchPoolNodeCounts");

    public static AnswerSchema Application { get; } = new("ApplicationSummary", "BatchApplication");

    public static AnswerSchema NodeRun { get; } =
        new("JobPreparationAndReleaseTaskExecutionInformation", "BatchJobPreparationAndReleaseTaskStatus");

    /// <summary>What stands at a path.</summary>
    /// <param name="version">The version that is spoken.</param>
    /// <param name="path">Names between slashes.</param>
    /// <returns>Its type; null when there is no such property.</returns>
    public TypeSchema? Find(string version, string path)
    {
        bool current = version == ApiVersion.Current;
        SpecDocument document = current ? SpecDocument.Derived : SpecDocument.Published;
        TypeSchema? type = new ModelType(current ? Derived : Published);
        foreach (string name in path.Split('/'))
        {
            type = type is ModelType model
                ? document[model.Name].FirstOrDefault(property => property.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.Type
                : null;
        }

        return type;
    }
}
