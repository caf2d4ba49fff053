namespace SparseSC.BatchServer.Protocol;

/// <summary>What was asked: method, path and status only, so that no secret can be in it.</summary>
internal sealed class RequestLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly StreamWriter? _file;

    public RequestLog(string? file)
    {
        if (file is not null)
        {
            _file = new StreamWriter(file, append: true) { AutoFlush = true };
        }
    }

    /// <summary>A copy of the lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <param name="method">The verb.</param>
    /// <param name="path">The path without query.</param>
    /// <param name="status">The status sent, or 0 when the connection was dropped.</param>
    public void Add(string method, string path, int status)
    {
        lock (_gate)
        {
            string line = $"{method} {path} {status}";
            _lines.Add(line);
            _file?.WriteLine(line);
        }
    }

    public void Dispose() => _file?.Dispose();
}
