using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SparseSC.BatchServer.Protocol;

/// <summary>One file or directory of a node, with the range asked for.</summary>
/// <param name="Entry">The file or directory.</param>
/// <param name="Url">Its address.</param>
/// <param name="Content">False when only its properties are asked for.</param>
internal sealed record FileReply(FileSystemInfo Entry, string Url, bool Content)
{
    public async Task WriteAsync(HttpContext http)
    {
        IHeaderDictionary headers = http.Response.Headers;
        bool directory = Entry is DirectoryInfo;
        headers["ocp-batch-file-isdirectory"] = directory ? "true" : "false";
        headers["ocp-batch-file-url"] = Uri.EscapeDataString(Url);
        headers["ocp-creation-time"] = Entry.CreationTimeUtc.ToString("r", CultureInfo.InvariantCulture);
        headers.LastModified = Entry.LastWriteTimeUtc.ToString("r", CultureInfo.InvariantCulture);
        if (!OperatingSystem.IsWindows())
        {
            headers["ocp-batch-file-mode"] = "0100" + Convert.ToString((int)Entry.UnixFileMode, 8);
        }

        if (directory)
        {
            return;
        }

        // A running task may still write: what is sent is the length of this moment.
        await using FileStream stream = new(Entry.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = stream.Length;
        (long first, long count) = Range(http.Request, length);
        http.Response.ContentType = "application/octet-stream";
        if (!Content)
        {
            http.Response.ContentLength = length;
            return;
        }

        http.Response.ContentLength = count;
        if (count != length)
        {
            headers.ContentRange = $"bytes {first}-{first + count - 1}/{length}";
        }

        stream.Position = first;
        byte[] buffer = new byte[81920];
        while (count > 0)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)));
            if (read == 0)
            {
                http.Abort();
                return;
            }

            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read));
            count -= read;
        }
    }

    private static (long First, long Count) Range(HttpRequest request, long length)
    {
        string text = request.Headers.TryGetValue("ocp-range", out var own) ? own.ToString() : request.Headers.Range.ToString();
        if (text.Length == 0)
        {
            return (0, length);
        }

        string[] ends = text.StartsWith("bytes=", StringComparison.Ordinal) ? text[6..].Split('-') : [];
        if (ends.Length != 2
            || !long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            || !(ends[1].Length == 0 || long.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            throw new ServiceException(400, "InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format.",
                ("HeaderName", "ocp-range"), ("HeaderValue", text));
        }

        long last = ends[1].Length == 0 ? length - 1 : Math.Min(length - 1, long.Parse(ends[1], CultureInfo.InvariantCulture));
        return first <= last
            ? (first, last - first + 1)
            : throw new ServiceException(416, "InvalidRange", "The range specified is invalid for the current size of the resource.");
    }
}
