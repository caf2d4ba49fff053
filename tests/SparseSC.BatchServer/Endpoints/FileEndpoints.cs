using System.Globalization;
using System.Text.Json.Nodes;
using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Protocol;
using SparseSC.BatchServer.State;
using SparseSC.BatchServer.Validation;

namespace SparseSC.BatchServer.Endpoints;

/// <summary>Files of tasks and of nodes.</summary>
internal sealed class FileEndpoints(Account account)
{
    public void Map(Routes routes)
    {
        Map(routes, "/jobs/{jobId}/tasks/{taskId}/files", TaskRoot);
        Map(routes, "/pools/{poolId}/nodes/{nodeId}/files", NodeRoot);
    }

    private static void Map(Routes routes, string pattern, Func<Call, string> root)
    {
        routes.Get(pattern, call => List(call, root(call)));
        routes.Get(pattern + "/{**path}", call => Read(call, root(call), content: true));
        routes.Map("HEAD", pattern + "/{**path}", call => Read(call, root(call), content: false));
        routes.Delete(pattern + "/{**path}", call => Remove(call, root(call)));
    }

    private string NodeRoot(Call call)
    {
        lock (account.Gate)
        {
            return RootOf(account.Node(call.Route("poolId"), call.Route("nodeId")));
        }
    }

    private string TaskRoot(Call call)
    {
        lock (account.Gate)
        {
            TaskResource task = account.Task(call.Route("jobId"), call.Route("taskId"));
            if (task.Node is not { } node)
            {
                string state = task.State == "completed" ? "moved to completed state without running" : $"state is still {task.State}";
                throw ServiceException.Conflict("OperationInvalidForCurrentState", "The specified operation is not valid for the current state of the resource.",
                    $"The files of the specified task cannot be accessed as the task {state}");
            }

            // The node may have gone with its pool, or another pool may have its name.
            if (!account.Pools.ContainsKey(node.Pool.Id) || !node.Pool.Nodes.Contains(node))
            {
                throw ServiceException.NotFound("Node");
            }

            _ = RootOf(node);
            string root = task.FullRoot!;
            if (task.FilesEnd < DateTime.UtcNow)
            {
                throw ServiceException.Conflict("TaskFilesCleanedup", "The files of the specified task are cleaned up.");
            }

            return Directory.Exists(root) ? root : throw ServiceException.Conflict("TaskFilesUnavailable", "The files of the specified task are unavailable.");
        }
    }

    private static string RootOf(NodeResource node) => node.State is "preempted" or "rebooting" or "reimaging"
        ? throw ServiceException.Conflict("NodeNotReady", "Node is not able to perform the requested operations in its current state")
        : node.Root;

    private static Reply List(Call call, string root)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = call.Flag("recursive"), AttributesToSkip = FileAttributes.None };
        FileSystemInfo[] entries = [.. new DirectoryInfo(root).EnumerateFileSystemInfos("*", options).OrderBy(entry => entry.FullName, StringComparer.Ordinal)];
        return Listing.Page(
            call, "files", AnswerSchema.File, entries.Index(), entry => entry.Index, (entry, _) => Render(call, root, entry.Item));
    }

    private static JsonObject Render(Call call, string root, FileSystemInfo entry)
    {
        string name = Path.GetRelativePath(root, entry.FullName).Replace('\\', '/');
        JsonObject item = new()
        {
            ["name"] = name,
            ["url"] = $"{call.Base}{call.Path}/{name}",
            ["isDirectory"] = entry is DirectoryInfo,
        };
        if (entry is FileInfo file)
        {
            item["properties"] = new JsonObject
            {
                ["creationTime"] = Resource.Time(file.CreationTimeUtc),
                ["lastModified"] = Resource.Time(file.LastWriteTimeUtc),
                ["contentLength"] = file.Length.ToString(CultureInfo.InvariantCulture),
                ["contentType"] = "application/octet-stream",
            };
        }

        return item;
    }

    private static Reply Read(Call call, string root, bool content)
    {
        FileSystemInfo entry = Find(call, root);
        string folder = call.Path[..(call.Path.IndexOf("/files/", StringComparison.OrdinalIgnoreCase) + "/files/".Length)];
        return entry is DirectoryInfo && content
            ? throw ServiceException.Conflict("OperationNotValidOnDirectory", "The specified operation is not valid on a directory.")
            : new Reply(200) { File = new FileReply(entry, call.Base + folder + call.FilePath(), content) };
    }

    private static Reply Remove(Call call, string root)
    {
        switch (Find(call, root))
        {
            case DirectoryInfo directory when call.Flag("recursive") || !directory.EnumerateFileSystemInfos().Any():
                directory.Delete(recursive: true);
                break;
            case DirectoryInfo:
                throw ServiceException.Conflict("DirectoryNotEmpty", "The directory is not empty; delete it with recursive=true.");
            case var file:
                file.Delete();
                break;
        }

        return Reply.Done(200, null, call);
    }

    private static FileSystemInfo Find(Call call, string root)
    {
        string path = NodePath.Within(root, call.FilePath()) ?? throw ServiceException.NotFound("File");
        return File.Exists(path) ? new FileInfo(path) : Directory.Exists(path) ? new DirectoryInfo(path) : throw ServiceException.NotFound("File");
    }
}
