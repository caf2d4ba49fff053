using System.Globalization;
using System.Text;

namespace SparseSC.Cli.Hosting;

/// <summary>A log of one run of a command, in files that no other run writes to.</summary>
/// <remarks>
/// The service that runs a task again by itself writes the streams of the second attempt over those of the first. These files have the
/// time of the attempt in their names, so each attempt keeps its own; every line is on the disk when it is written, as a process that is
/// killed for want of memory says no farewell.
/// </remarks>
internal sealed class RunLog : IDisposable
{
    private readonly StreamWriter _output;
    private readonly StreamWriter _error;

    /// <summary>Opens the files in a folder, which is made when it does not exist.</summary>
    public RunLog(string folder, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        string name = string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'.'fff}-{Environment.ProcessId}");
        _output = Open(Path.Combine(folder, name + ".out.txt"));
        _error = Open(Path.Combine(folder, name + ".err.txt"));
    }

    public TextWriter WithOutput(TextWriter output) => new Both(output, _output);

    public TextWriter WithError(TextWriter error) => new Both(error, _error);

    /// <inheritdoc/>
    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private static StreamWriter Open(string path) => new(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), new UTF8Encoding(false)) { AutoFlush = true };

    private sealed class Both(TextWriter first, TextWriter second) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => first.Encoding;

        public override void Write(char value)
        {
            first.Write(value);
            second.Write(value);
        }

        public override void Write(string? value)
        {
            first.Write(value);
            second.Write(value);
        }

        public override void WriteLine(string? value)
        {
            first.WriteLine(value);
            second.WriteLine(value);
        }

        public override void Flush()
        {
            first.Flush();
            second.Flush();
        }
    }
}
