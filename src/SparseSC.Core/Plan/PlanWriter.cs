using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Plan;

/// <summary>Writes a batch directory. The manifest comes last: a directory without it is not a plan.</summary>
internal static class PlanWriter
{
    public static void Write(IPlanContent content, string directory, bool overwrite, CancellationToken cancellationToken)
    {
        CheckFree(directory, overwrite);
        string full = Path.GetFullPath(directory);
        bool existed = Directory.Exists(full);
        Directory.CreateDirectory(full);
        if (File.Exists(Path.Combine(full, PlanLayout.PlanFile)))
        {
            RemovePlan(full, PlanFormat.KindOfFile(Path.Combine(full, PlanLayout.PlanFile)));
        }

        try
        {
            WriteFiles(content, full, cancellationToken);
        }
        catch
        {
            // Nothing half-made stays behind: another run must not mistake it for a plan.
            RemovePlan(full, content.Kind);
            if (!existed)
            {
                Directory.Delete(full, recursive: true);
            }

            throw;
        }
    }

    /// <summary>Checks that a plan may be written there.</summary>
    /// <exception cref="InvalidInputException">It is a file, or holds a plan that is not to be overwritten.</exception>
    public static void CheckFree(string directory, bool overwrite)
    {
        string full = Path.GetFullPath(directory);
        if (File.Exists(full))
        {
            throw new InvalidInputException("BatchDirectoryIsFile", $"{{BatchDirectory}} '{directory}' is a file. Give a folder.", "BatchDirectory");
        }

        if (!overwrite && File.Exists(Path.Combine(full, PlanLayout.PlanFile)))
        {
            throw new InvalidInputException("BatchDirectoryInUse", $"{{BatchDirectory}} '{directory}' already holds a plan. Choose another folder, or overwrite it with {{Force}}; its results would be lost.", "BatchDirectory");
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

    private static void WriteFiles(IPlanContent content, string full, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> inputs = content.WriteInputs(full, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        PlanFileEntry[] entries = [.. inputs.Select(name => PlanFileEntry.Of(full, name))];
        AtomicFile.Write(Path.Combine(full, PlanLayout.PlanFile), stream =>
        {
            using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = false });
            json.WriteStartObject();
            json.WriteString("format", PlanParametersJson.Format);
            json.WriteNumber("version", PlanFormat.VersionOf(content.Kind));
            PlanFormat.WriteKind(json, content.Kind);
            content.WriteParameters(json);
            json.WriteStartArray("matrices");
            foreach (PlanFileEntry entry in entries)
            {
                entry.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        Directory.CreateDirectory(Path.Combine(full, PlanLayout.ResultsFolder));
        PlanManifest.Write(full, [.. inputs, PlanLayout.PlanFile]);
    }
}
