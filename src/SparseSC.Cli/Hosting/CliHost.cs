using System.Text;

namespace SparseSC.Cli.Hosting;

/// <summary>The world around a verb: its streams and its cancellation.</summary>
internal sealed class CliHost : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Creates a host on the given streams.</summary>
    public CliHost(Stream input, Stream output, TextWriter error, bool isErrorTerminal, TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Input = input;
        Output = output;
        OutputText = new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true };
        Error = error;
        IsErrorTerminal = isErrorTerminal;
    }

    /// <summary>Standard input.</summary>
    public Stream Input { get; }

    /// <summary>Standard output as bytes: results.</summary>
    public Stream Output { get; }

    /// <summary>Standard output as text: help and version.</summary>
    public TextWriter OutputText { get; private set; }

    /// <summary>Standard error: progress and messages.</summary>
    public TextWriter Error { get; private set; }

    /// <summary>Whether someone watches standard error.</summary>
    public bool IsErrorTerminal { get; }

    /// <summary>The clock that progress goes by.</summary>
    public TimeProvider Time { get; }

    /// <summary>Ends the work early.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>A host on the console's streams.</summary>
    public static CliHost FromConsole() =>
        new(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error, !Console.IsErrorRedirected);

    /// <summary>Writes what goes to the text streams to <paramref name="log"/> as well, from now on.</summary>
    public void CopyTo(RunLog log)
    {
        OutputText = log.WithOutput(OutputText);
        Error = log.WithError(Error);
    }

    /// <summary>Asks the work to end.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();
}
