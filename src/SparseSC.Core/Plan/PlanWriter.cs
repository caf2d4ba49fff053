using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Plan;

/// <summary>Writes a batch directory. The manifest comes last: a directory without it is not a plan.</summary>
internal static class PlanWriter
{
    public static void Write(FitData data, PlanParameters plan, string directory, bool overwrite, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(directory);
        if (File.Exists(full))
        {
            throw new InvalidInputException("BatchDirectoryIsFile", $"{{BatchDirectory}} '{directory}' is a file. Give a folder.", "BatchDirectory");
        }

        bool existed = Directory.Exists(full);
        Prepare(full, directory, overwrite);
        try
        {
            WriteFiles(data, plan, full, cancellationToken);
        }
        catch
        {
            // Nothing half-made stays behind: another run must not mistake it for a plan.
            RemovePlan(full);
            if (!existed)
            {
                Directory.Delete(full, recursive: true);
            }

            throw;
        }
    }

    private static void Prepare(string full, string directory, bool overwrite)
    {
        Directory.CreateDirectory(full);
        if (!File.Exists(Path.Combine(full, PlanLayout.PlanFile)))
        {
            return;
        }

        if (!overwrite)
        {
            throw new InvalidInputException("BatchDirectoryInUse", $"{{BatchDirectory}} '{directory}' already holds a plan. Choose another folder, or overwrite it with {{Force}}; its results would be lost.", "BatchDirectory");
        }

        RemovePlan(full);
    }

    /// <summary>Deletes a plan with its results; files that are not the plan's stay.</summary>
    public static void RemovePlan(string full)
    {
        foreach (string name in new[] { PlanLayout.ManifestFile, PlanLayout.PlanFile, PlanLayout.FeaturesFile, PlanLayout.TargetsFile, PlanLayout.DonorPoolFile, PlanLayout.FitFile })
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

    private static void WriteFiles(FitData data, PlanParameters plan, string full, CancellationToken cancellationToken)
    {
        List<string> matrices = [PlanLayout.FeaturesFile, PlanLayout.TargetsFile];
        NpyWriter.Write(Path.Combine(full, PlanLayout.FeaturesFile), data.Features);
        cancellationToken.ThrowIfCancellationRequested();
        NpyWriter.Write(Path.Combine(full, PlanLayout.TargetsFile), data.Targets);
        if (plan.Options.DonorPool is bool[,] pool)
        {
            matrices.Add(PlanLayout.DonorPoolFile);
            NpyWriter.Write(Path.Combine(full, PlanLayout.DonorPoolFile), PlanData.ToMatrix(pool));
        }

        cancellationToken.ThrowIfCancellationRequested();
        PlanFileEntry[] entries = [.. matrices.Select(name => PlanFileEntry.Of(full, name))];
        AtomicFile.Write(Path.Combine(full, PlanLayout.PlanFile), stream =>
        {
            using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = false });
            json.WriteStartObject();
            json.WriteString("format", PlanParametersJson.Format);
            json.WriteNumber("version", PlanParametersJson.Version);
            PlanParametersJson.Write(json, plan);
            Names(json, "unitNames", data.UnitNames);
            Names(json, "featureNames", data.Features.ColumnNames);
            Names(json, "targetNames", data.Targets.ColumnNames);
            json.WriteStartArray("matrices");
            foreach (PlanFileEntry entry in entries)
            {
                entry.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        Directory.CreateDirectory(Path.Combine(full, PlanLayout.ResultsFolder));
        PlanManifest.Write(full, [.. matrices, PlanLayout.PlanFile]);
    }

    private static void Names(Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
