using SparseSC.Cli.Hosting;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Cli.Options;

/// <summary>Reads data files, one of which may be standard input, written <c>-</c>.</summary>
internal sealed class DataFiles(CliHost host)
{
    private const string Standard = "-";
    private const string StandardName = "standard input";

    /// <summary>How messages call a file.</summary>
    public static string Name(string path) => path == Standard ? StandardName : path;

    /// <summary>Refuses standard input as two files, before anything is read of it.</summary>
    /// <exception cref="InvalidInputException">Two options are <c>-</c>.</exception>
    public static void RequireOneStandardInput(params (string ParameterName, string? Path)[] files)
    {
        string[] standard = [.. files.Where(file => file.Path == Standard).Select(file => file.ParameterName)];
        if (standard.Length > 1)
        {
            throw new InvalidInputException(
                "StandardInputTwice",
                $"{{{standard[0]}}} and {{{standard[1]}}} are both -, but standard input is one file. Give the other by its name.",
                standard[1]);
        }
    }

    /// <summary>Reads a matrix.</summary>
    public FeatureMatrix Matrix(string path, string parameterName) =>
        path == Standard ? MatrixReader.Read(Input(), StandardName, parameterName) : MatrixReader.Read(path, parameterName);

    /// <summary>Reads a panel.</summary>
    public Panel Panel(string path, PanelOptions options) =>
        path == Standard ? PanelReader.Read(Input(), StandardName, options) : PanelReader.Read(path, options);

    /// <summary>Reads a whole number per unit.</summary>
    public int?[] WholePerUnit(string path, int units, string parameterName) => path == Standard
        ? UnitColumnReader.ReadWhole(Input(), StandardName, units, parameterName)
        : UnitColumnReader.ReadWhole(path, units, parameterName);

    private CancellableStream Input() => new(host.Input, host.Cancellation);

    /// <summary>A stream whose reads end when the work is cancelled.</summary>
    private sealed class CancellableStream(Stream inner, CancellationToken cancellation) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        // A read of a terminal or a pipe cannot be ended from outside, so it is left behind with the buffer that nobody reads any more.
        public override int Read(byte[] buffer, int offset, int count) =>
            Task.Run(() => inner.Read(buffer, offset, count), CancellationToken.None).WaitAsync(cancellation).GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
