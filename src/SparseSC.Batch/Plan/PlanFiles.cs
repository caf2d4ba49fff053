using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>A file of a plan as its manifest knows it.</summary>
/// <param name="Name">Name within the batch directory.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Lower-case hex digest.</param>
internal sealed record PlanFileEntry(string Name, long Bytes, string Sha256)
{
    public static PlanFileEntry Of(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        using FileStream stream = File.OpenRead(path);
        return new PlanFileEntry(name, stream.Length, HexDigest.Of(stream));
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteNumber("bytes", Bytes);
        json.WriteString("sha256", Sha256);
        json.WriteEndObject();
    }

    public static PlanFileEntry Read(JsonElement json)
        => new(json.Field("name").GetString()!, json.Field("bytes").GetInt64(), json.Field("sha256").GetString()!);

    /// <summary>Checks the file on disk against the entry.</summary>
    /// <exception cref="BatchPlanException">Missing, of another size, or changed.</exception>
    public void Verify(string directory)
    {
        // A name from a file may not lead out of the directory.
        if (Name != Path.GetFileName(Name) || Name is "." or "..")
        {
            throw new BatchPlanException(ErrorIds.PlanDamaged, $"The plan in '{directory}' names a file '{Name}' outside its directory. Make the plan again.");
        }

        string path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            throw new BatchPlanException(ErrorIds.PlanDamaged, $"'{path}' is missing. Copy the whole batch directory, or make the plan again.");
        }

        PlanFileEntry actual = Of(directory, Name);
        if (actual != this)
        {
            throw new BatchPlanException(ErrorIds.PlanDamaged, $"'{path}' is not the file the plan was made with ({actual.Bytes} bytes, SHA-256 {actual.Sha256[..12]}…; expected {Bytes} bytes, {Sha256[..12]}…). Copy it again, or make the plan again.");
        }
    }
}

/// <summary>The manifest of a batch directory: every file with size and digest.</summary>
internal static class PlanManifest
{
    public const string Format = "sparsesc-manifest";

    public static void Write(string directory, IEnumerable<string> names)
    {
        PlanFileEntry[] entries = [.. names.Select(name => PlanFileEntry.Of(directory, name))];
        AtomicFile.Write(Path.Combine(directory, PlanLayout.ManifestFile), stream =>
        {
            using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", PlanParametersJson.Version);
            json.WriteStartArray("files");
            foreach (PlanFileEntry entry in entries)
            {
                entry.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>The entries, when the directory has a manifest (a compute node may get the plan without it).</summary>
    public static PlanFileEntry[]? TryRead(string directory)
    {
        string path = Path.Combine(directory, PlanLayout.ManifestFile);
        if (!File.Exists(path))
        {
            return null;
        }

        using JsonDocument document = PlanJson.Parse(path);
        PlanParametersJson.CheckHeader(document.RootElement, Format, PlanParametersJson.Version, path);
        return [.. document.RootElement.Field("files").EnumerateArray().Select(PlanFileEntry.Read)];
    }
}

/// <summary>Reads JSON files of a batch directory with errors that name the file.</summary>
internal static class PlanJson
{
    public static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new BatchPlanException(ErrorIds.PlanDamaged, $"'{path}' is damaged: {JsonFault.Reason(error)}. Copy it again, or make the plan again.", error);
        }
    }
}
