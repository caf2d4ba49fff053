using System.Text.Json;
using SparseSC.Batch.Plan;
using SparseSC.Core.Models;

namespace SparseSC.Cli.Output;

/// <summary>Plans and their state as JSON properties.</summary>
internal static class PlanJson
{
    public static void Write(Utf8JsonWriter writer, BatchPlan plan)
    {
        bool isFit = plan.Kind == PlanKind.Fit;
        writer.WriteString("kind", isFit ? "fit" : "effects");
        writer.WriteNumber("tasks", plan.Tasks);
        writer.WriteNumber("folds", plan.Folds);
        if (isFit)
        {
            writer.WriteNumber("penalties", plan.Penalties);
            WriteStages(writer, plan.Stages);
        }
        else
        {
            WriteTexts(writer, "treatmentTimes", plan.TreatmentTimes);
        }

        writer.WriteString("batchDirectory", plan.Directory);
        writer.WriteString("planFile", plan.PlanFile);
        writer.WriteString("resultsDirectory", plan.ResultsDirectory);
        writer.WriteString("hash", plan.Hash);
        writer.WriteString("modelType", FitJson.ModelTypeName(plan.ModelType));
        if (isFit)
        {
            WriteScalarOrList(writer, "vPen", plan.VPen);
            WriteScalarOrList(writer, "wPen", plan.WPen);
            writer.WriteString("constraint", FitJson.ConstraintName(plan.Constraint));
        }

        writer.WriteBoolean("wasThere", plan.WasThere);
        WriteTexts(writer, "warnings", plan.Warnings);
    }

    /// <summary>Says that a plan was taken up, and with what of it done.</summary>
    public static void SayWasThere(TextWriter writer, BatchPlan plan, bool isQuiet)
    {
        if (plan.WasThere && !isQuiet)
        {
            writer.WriteLine($"sparsesc plan: the same plan is in {plan.Directory} already, with {plan.GetStatus().Done.Length} of {plan.Tasks} results; it was taken up.");
        }
    }

    public static void Write(Utf8JsonWriter writer, PlanStatus status)
    {
        writer.WriteNumber("tasks", status.Tasks);
        WriteInts(writer, "done", status.Done);
        WriteInts(writer, "missing", status.Missing);
        writer.WriteStartArray("invalid");
        foreach (InvalidResult invalid in status.Invalid)
        {
            writer.WriteStartObject();
            writer.WriteString("file", invalid.File);
            writer.WriteString("reason", invalid.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("failed");
        foreach (TaskFailure failure in status.Failed)
        {
            writer.WriteStartObject();
            writer.WriteNumber("task", failure.Task);
            writer.WriteString("errorId", failure.ErrorId);
            writer.WriteString("message", failure.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("complete", status.IsComplete);
    }

    private static void WriteStages(Utf8JsonWriter writer, PlanStage[] stages)
    {
        writer.WriteStartArray("stages");
        foreach (PlanStage stage in stages)
        {
            writer.WriteStartObject();
            writer.WriteNumber("stage", stage.Number);
            writer.WriteString("varies", stage.Varies);
            writer.WriteNumber("firstTask", stage.FirstTask);
            writer.WriteNumber("tasks", stage.Tasks);
            writer.WriteNumber("folds", stage.Folds);
            writer.WriteNumber("penalties", stage.Penalties);
            if (stage.ChoosingTask is int choosing)
            {
                writer.WriteNumber("choosingTask", choosing);
            }
            else
            {
                writer.WriteNull("choosingTask");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Thousands of tasks stand on one line, not on thousands.
    internal static void WriteInts(Utf8JsonWriter writer, string name, int[] values)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue($"[{string.Join(',', values)}]");
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, string[] values)
    {
        writer.WriteStartArray(name);
        Array.ForEach(values, value => writer.WriteStringValue(value));
        writer.WriteEndArray();
    }

    private static void WriteScalarOrList(Utf8JsonWriter writer, string name, double[] values)
    {
        if (values.Length == 1)
        {
            writer.WriteNumber(name, values[0]);
            return;
        }

        writer.WriteStartArray(name);
        Array.ForEach(values, writer.WriteNumberValue);
        writer.WriteEndArray();
    }
}
