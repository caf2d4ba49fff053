using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>Writes a batch directory. The manifest comes last: a directory without it is not a plan.</summary>
/// <remarks>
/// Files are written into a folder of their own beside the plan that may stand there, so that it can be compared before it is replaced, and
/// stays whole when writing fails. The same plan is kept with its results: whoever runs a script again goes on where it was cut off.
/// </remarks>
internal static class PlanWriter
{
    private const string NewFolder = ".plan-";

    /// <returns>Whether the same plan was there already and was kept.</returns>
    /// <exception cref="InvalidInputException">The directory is a file, or holds another plan that is not to be overwritten.</exception>
    public static bool Write(IPlanContent content, string directory, bool overwrite, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(directory);
        if (File.Exists(full))
        {
            throw new InvalidInputException("BatchDirectoryIsFile", $"{{BatchDirectory}} '{directory}' is a file. Give a folder.", "BatchDirectory");
        }

        bool existed = Directory.Exists(full);
        string fresh = Path.Combine(full, NewFolder + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(fresh);
            List<string> inputs = [.. content.WriteData(fresh, cancellationToken)];
            bool isSame = IsSame(content, fresh, inputs, full);
            if (isSame && IsWhole(full))
            {
                return true;
            }

            if (!isSame && !overwrite && File.Exists(Path.Combine(full, PlanLayout.PlanFile)))
            {
                throw new InvalidInputException(
                    "BatchDirectoryInUse",
                    $"{{BatchDirectory}} '{directory}' holds another plan: its data or its options differ. Choose another folder, or replace that plan with {{Force}}; its results would be lost.",
                    "BatchDirectory");
            }

            cancellationToken.ThrowIfCancellationRequested();
            inputs.AddRange(content.WriteFits(fresh, cancellationToken));
            WritePlan(content, fresh, inputs);
            Replace(full, fresh, inputs);
            return false;
        }
        finally
        {
            // Nothing half-made stays behind: another run must not mistake it for a plan.
            Delete(fresh);
            if (!existed && !File.Exists(Path.Combine(full, PlanLayout.PlanFile)))
            {
                Delete(full);
            }
        }
    }

    /// <summary>Deletes a plan with its results; files that are not the plan's stay.</summary>
    public static void RemovePlan(string full, PlanKind kind)
    {
        foreach (string name in PlanLayout.Inputs(kind).Prepend(PlanLayout.PlanFile).Prepend(PlanLayout.ManifestFile).Append(PlanLayout.FitFile))
        {
            File.Delete(Path.Combine(full, name));
        }

        foreach (string name in new[] { PlanLayout.ResultsFolder, PlanLayout.FailuresFolder, PlanLayout.ClaimsFolder })
        {
            string folder = Path.Combine(full, name);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    // What is computed when a plan is made follows from its data and options, so a plan with the same of both is the same.
    private static bool IsSame(IPlanContent content, string fresh, IReadOnlyList<string> data, string full)
    {
        string there = Path.Combine(full, PlanLayout.PlanFile);
        if (!File.Exists(there))
        {
            return false;
        }

        try
        {
            using JsonDocument document = PlanJson.Parse(there);
            PlanFileEntry[] computed = [.. document.RootElement.Field("matrices").EnumerateArray().Select(PlanFileEntry.Read).Where(entry => entry.Name == PlanLayout.MainFitsFile)];
            using MemoryStream wanted = new();
            WritePlan(wanted, content, [.. data.Select(name => PlanFileEntry.Of(fresh, name)), .. computed]);
            return wanted.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(there));
        }
        catch (Exception error) when (error is BatchPlanException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static bool IsWhole(string full)
    {
        try
        {
            BatchPlans.Load(full);
            return PlanManifest.TryRead(full) is not null;
        }
        catch (BatchPlanException)
        {
            return false;
        }
    }

    private static void WritePlan(IPlanContent content, string fresh, List<string> inputs)
    {
        PlanFileEntry[] entries = [.. inputs.Select(name => PlanFileEntry.Of(fresh, name))];
        AtomicFile.Write(Path.Combine(fresh, PlanLayout.PlanFile), stream => WritePlan(stream, content, entries));
        PlanManifest.Write(fresh, [.. inputs, PlanLayout.PlanFile]);
    }

    private static void WritePlan(Stream stream, IPlanContent content, IReadOnlyList<PlanFileEntry> entries)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = false });
        json.WriteStartObject();
        json.WriteString("format", PlanParametersJson.Format);
        json.WriteNumber("version", content.Version);
        PlanFormat.WriteKind(json, content.Kind);
        content.WriteParameters(json);
        PlanFormat.WriteNotes(json, content.Notes);
        json.WriteStartArray("matrices");
        foreach (PlanFileEntry entry in entries)
        {
            entry.Write(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Replace(string full, string fresh, IReadOnlyList<string> inputs)
    {
        string there = Path.Combine(full, PlanLayout.PlanFile);
        bool isRepair = File.Exists(there) && HexDigest.Of(there) == HexDigest.Of(Path.Combine(fresh, PlanLayout.PlanFile));
        if (!isRepair && File.Exists(there))
        {
            RemovePlan(full, PlanFormat.KindOfFile(there));
        }

        foreach (string name in inputs.Append(PlanLayout.PlanFile).Append(PlanLayout.ManifestFile))
        {
            File.Move(Path.Combine(fresh, name), Path.Combine(full, name), overwrite: true);
        }

        Directory.CreateDirectory(Path.Combine(full, PlanLayout.ResultsFolder));
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
