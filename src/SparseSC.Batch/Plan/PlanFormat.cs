using System.Text.Json;
using SparseSC.Batch.Plan.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Plan;

/// <summary>The versions of a plan file: 1 is a fit of one stage, 2 says which kind it is, 3 is a fit of several stages.</summary>
internal static class PlanFormat
{
    /// <summary>The version of a plan that says which kind it is.</summary>
    public const int KindVersion = 2;

    /// <summary>The version of a fit whose tasks need results of others, which older software would run in any order.</summary>
    public const int StagesVersion = 3;

    private const string EffectsKind = "effects";
    private const string NotesKey = "dataWarnings";

    /// <summary>Writes the kind, where the version does not say it.</summary>
    public static void WriteKind(Utf8JsonWriter json, PlanKind kind)
    {
        if (kind == PlanKind.Effects)
        {
            json.WriteString("kind", EffectsKind);
        }
    }

    /// <summary>Writes warnings about the data, if there are any: without them the file is as it was in earlier versions.</summary>
    public static void WriteNotes(Utf8JsonWriter json, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
        {
            JsonNames.Write(json, NotesKey, notes);
        }
    }

    /// <summary>Reads the warnings about the data.</summary>
    public static string[] ReadNotes(JsonElement root) => root.TryGetProperty(NotesKey, out _) ? JsonNames.Read(root, NotesKey) ?? [] : [];

    /// <summary>Reads what a plan file says about its tasks.</summary>
    /// <exception cref="BatchPlanException">It is no plan, of another version, or damaged.</exception>
    public static IPlanWork Read(JsonElement root, string directory, string planFile)
    {
        try
        {
            PlanKind kind = KindOf(root, planFile);
            return kind == PlanKind.Effects
                ? EffectPlanWork.Load(directory, planFile, root)
                : FitPlanWork.Load(directory, planFile, root);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new BatchPlanException(ErrorIds.PlanDamaged, $"'{planFile}' is damaged ({JsonFault.Reason(error)}). Copy it again, or make the plan again.", error);
        }
    }

    /// <summary>The kind of a plan that is about to be replaced, which may be damaged.</summary>
    public static PlanKind KindOfFile(string planFile)
    {
        try
        {
            using JsonDocument document = PlanJson.Parse(planFile);
            return KindOf(document.RootElement, planFile);
        }
        catch (Exception error) when (error is BatchPlanException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return PlanKind.Fit;
        }
    }

    private static PlanKind KindOf(JsonElement root, string planFile)
    {
        int have = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("version", out JsonElement version) && version.TryGetInt32(out int number) ? number : 0;
        PlanParametersJson.CheckHeader(root, PlanParametersJson.Format, have is KindVersion or StagesVersion ? have : PlanParametersJson.Version, planFile);
        if (have != KindVersion)
        {
            return PlanKind.Fit;
        }

        string? kind = root.Field("kind").GetString();
        return kind == EffectsKind
            ? PlanKind.Effects
            : throw new BatchPlanException(ErrorIds.PlanVersion, $"'{planFile}' is a plan of '{kind}', which this version of the software does not know. Use the version that wrote it, or make the plan again.");
    }
}
