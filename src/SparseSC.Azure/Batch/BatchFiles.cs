using System.Globalization;
using Azure;
using Azure.Core;
using SparseSC.Azure.Batch.Protocol;

namespace SparseSC.Azure.Batch;

/// <summary>Files that tasks left on their nodes, and other files of nodes.</summary>
internal sealed class BatchFiles
{
    private readonly BatchConnection _connection;

    internal BatchFiles(BatchConnection connection) => _connection = connection;

    /// <summary>The files of a task: <c>stdout.txt</c>, <c>stderr.txt</c> and below <c>wd</c> what it wrote.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="taskId">The task's id.</param>
    /// <param name="recursive">Whether folders are entered.</param>
    /// <param name="filter">An OData condition, such as <c>startswith(name, 'wd/')</c>.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchNodeFile> ListFromTaskAsync(
        string jobId, string taskId, bool recursive = false, string? filter = null, CancellationToken cancellationToken = default) =>
        List(new BatchAddress("jobs", jobId, "tasks", taskId, "files"), recursive, filter, cancellationToken);

    /// <summary>Opens a file of a task. The stream comes from the network and is the caller's to close.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="taskId">The task's id.</param>
    /// <param name="path">The file's path, with slashes.</param>
    /// <param name="range">The bytes wanted; the default is all of them.</param>
    /// <param name="cancellationToken">Ends the wait for the first byte.</param>
    public Task<Response<Stream>> OpenFromTaskAsync(
        string jobId, string taskId, string path, HttpRange range = default, CancellationToken cancellationToken = default) =>
        OpenAsync(new BatchAddress("jobs", jobId, "tasks", taskId, "files", path), range, cancellationToken);

    /// <summary>Size and dates of a file of a task.</summary>
    public Task<Response<BatchFileProperties>> GetPropertiesFromTaskAsync(
        string jobId, string taskId, string path, CancellationToken cancellationToken = default) =>
        PropertiesAsync(new BatchAddress("jobs", jobId, "tasks", taskId, "files", path), cancellationToken);

    /// <summary>The files of a node.</summary>
    /// <param name="poolId">The pool's id.</param>
    /// <param name="nodeId">The node's id.</param>
    /// <param name="recursive">Whether folders are entered.</param>
    /// <param name="filter">An OData condition, such as <c>startswith(name, 'startup/')</c>.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public AsyncPageable<BatchNodeFile> ListFromNodeAsync(
        string poolId, string nodeId, bool recursive = false, string? filter = null, CancellationToken cancellationToken = default) =>
        List(new BatchAddress("pools", poolId, "nodes", nodeId, "files"), recursive, filter, cancellationToken);

    /// <summary>Opens a file of a node. The stream comes from the network and is the caller's to close.</summary>
    /// <param name="poolId">The pool's id.</param>
    /// <param name="nodeId">The node's id.</param>
    /// <param name="path">The file's path, with slashes.</param>
    /// <param name="range">The bytes wanted; the default is all of them.</param>
    /// <param name="cancellationToken">Ends the wait for the first byte.</param>
    public Task<Response<Stream>> OpenFromNodeAsync(
        string poolId, string nodeId, string path, HttpRange range = default, CancellationToken cancellationToken = default) =>
        OpenAsync(new BatchAddress("pools", poolId, "nodes", nodeId, "files", path), range, cancellationToken);

    /// <summary>Size and dates of a file of a node.</summary>
    public Task<Response<BatchFileProperties>> GetPropertiesFromNodeAsync(
        string poolId, string nodeId, string path, CancellationToken cancellationToken = default) =>
        PropertiesAsync(new BatchAddress("pools", poolId, "nodes", nodeId, "files", path), cancellationToken);

    private AsyncPageable<BatchNodeFile> List(BatchAddress address, bool recursive, string? filter, CancellationToken cancellationToken) =>
        _connection.List<BatchNodeFile>(address.With("recursive", recursive).With("$filter", filter), cancellationToken);

    private async Task<Response<Stream>> OpenAsync(BatchAddress address, HttpRange range, CancellationToken cancellationToken)
    {
        using HttpMessage message = _connection.Create(RequestMethod.Get, address);
        message.BufferResponse = false;
        message.Request.Headers.SetValue("Accept", "application/octet-stream, application/json");
        if (range != default)
        {
            message.Request.Headers.SetValue("ocp-range", range.ToString());
        }

        await _connection.SendUndisposedAsync(message, cancellationToken).ConfigureAwait(false);
        // Disposing the message would close the stream under the caller's hands; taking it out first keeps it open.
        return Response.FromValue(message.ExtractResponseContent() ?? Stream.Null, message.Response);
    }

    private async Task<Response<BatchFileProperties>> PropertiesAsync(BatchAddress address, CancellationToken cancellationToken)
    {
        Response response = await _connection.SendAsync(_connection.Create(RequestMethod.Head, address), cancellationToken).ConfigureAwait(false);
        ResponseHeaders headers = response.Headers;
        BatchFileProperties properties = new()
        {
            ContentLength = headers.ContentLengthLong,
            ContentType = headers.ContentType,
            CreationTime = Date(headers, "ocp-creation-time"),
            LastModified = Date(headers, "Last-Modified"),
            FileMode = headers.TryGetValue("ocp-batch-file-mode", out string? mode) ? mode : null,
            IsDirectory = headers.TryGetValue("ocp-batch-file-isdirectory", out string? text) && bool.TryParse(text, out bool isDirectory) ? isDirectory : null,
        };
        return Response.FromValue(properties, response);
    }

    private static DateTimeOffset? Date(ResponseHeaders headers, string name) =>
        headers.TryGetValue(name, out string? text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : null;
}
