using System.CommandLine;
using System.Text.Json;
using SparseSC.Cli.Hosting;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The options of the result's destination and of how much is said on the way.</summary>
internal sealed class OutputOptions
{
    /// <summary>How standard output is written where a file is expected.</summary>
    public const string Standard = "-";

    private readonly Option<string?> _output = Text("--output", "FILE", "Write the JSON to FILE instead of standard output");
    private readonly Option<bool> _quiet = Switch("--quiet", "No progress and no summary on standard error");

    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_quiet);
    }

    public bool IsQuiet(ParseResult result) => result.GetValue(_quiet);

    /// <summary>Refuses an output that cannot be written, before the work instead of after it.</summary>
    /// <exception cref="InvalidInputException">The folder is missing, or the path is a folder.</exception>
    public void Validate(ParseResult result) => OutputFile.Require(File(result), "Output");

    /// <summary>The file the JSON goes to; <c>null</c> for standard output.</summary>
    public string? File(ParseResult result) => result.GetValue(_output) is string path && path != Standard ? path : null;

    /// <summary>Writes the result to the file, all or nothing, or to standard output.</summary>
    public void Write(ParseResult result, CliHost host, Action<Stream> write) => Write(File(result) ?? Standard, host, write);

    /// <summary>Writes to <paramref name="path"/>, all or nothing, or to standard output when it is <c>-</c>.</summary>
    public static void Write(string path, CliHost host, Action<Stream> write)
    {
        if (path != Standard)
        {
            AtomicFile.Write(path, write);
        }
        else
        {
            BufferedStream buffered = new(host.Output, 1 << 16);
            write(buffered);
            buffered.Flush();
        }
    }

    /// <summary>Writes one small JSON object for people to read too.</summary>
    public void WriteObject(ParseResult result, CliHost host, Action<Utf8JsonWriter> write) => Write(result, host, stream =>
    {
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    });
}
