using System.Text.Encodings.Web;
using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Core.Models;

/// <summary>Writes a fitted model as one JSON object.</summary>
/// <remarks>Numbers are written so that reading them gives the same bits; <c>NaN</c> and infinities become <c>null</c>.</remarks>
public static class FitJson
{
    /// <summary>What a file with a fitted model calls itself.</summary>
    internal const string Format = "sparsesc-fit";

    /// <summary>The version of the format. Keys may be added under the same version, never changed.</summary>
    internal const int Version = 1;

    private const int FlushAbove = 1 << 16;

    /// <summary>Writes <paramref name="fit"/> to <paramref name="stream"/> as UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="fit">The model.</param>
    /// <param name="predictions">Whose predictions and targets are written.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, SyntheticControlFit fit, KeptUnits predictions = KeptUnits.All)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Write(writer, fit, predictions);
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes <paramref name="fit"/> as an object where <paramref name="writer"/> stands.</summary>
    public static void Write(Utf8JsonWriter writer, SyntheticControlFit fit, KeptUnits predictions = KeptUnits.All)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(fit);
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteString("modelType", ModelTypeName(fit.ModelType));
        writer.WriteString("constraint", ConstraintName(fit.Constraint));
        if (fit.IsFast)
        {
            writer.WriteBoolean("fast", true);
        }

        if (fit.MatchSpace is { } space)
        {
            writer.WriteString("matchSpace", MatchSpaceName(space));
        }

        WriteInts(writer, "controlUnits", fit.ControlUnits);
        WriteInts(writer, "treatedUnits", fit.TreatedUnits);
        WriteNames(writer, "unitNames", fit.UnitNames);
        WriteNames(writer, "featureNames", fit.FeatureNames);
        WriteNames(writer, "targetNames", fit.TargetNames);
        WriteNumber(writer, "vPen", fit.VPen);
        if (double.IsFinite(fit.TreatmentVPen))
        {
            WriteNumber(writer, "treatmentVPen", fit.TreatmentVPen);
        }

        WriteNumber(writer, "wPen", fit.WPen);
        if (fit.Rank is int rank)
        {
            writer.WriteNumber("rank", rank);
        }

        WriteNumbers(writer, "v", fit.V);
        if (fit.FeatureCentre.Length > 0)
        {
            WriteNumbers(writer, "featureCentre", fit.FeatureCentre);
            WriteNumbers(writer, "featureScale", fit.FeatureScale);
        }

        WriteNumber(writer, "score", fit.Score);
        WriteNumber(writer, "scoreR2", fit.ScoreR2);
        WriteNumber(writer, "preRmspe", fit.PreRmspe);
        WriteNumber(writer, "meanRmspe", fit.MeanRmspe);
        WriteNumber(writer, "effectiveDonors", fit.EffectiveDonors);
        WriteNumbers(writer, "scores", fit.Scores);
        WriteNumbers(writer, "scoreStandardErrors", fit.ScoreStandardErrors);
        WriteIndex(writer, "selectedIndex", fit.SelectedIndex);
        WriteIterations(writer, fit.Iterations);
        WriteFolds(writer, fit.Folds);
        if (fit.Weights is not null)
        {
            WriteMatrix(writer, "weights", fit.Weights);
            if (fit.WeightUnits is not null)
            {
                WriteInts(writer, "weightUnits", fit.WeightUnits);
            }
        }

        BalanceJson.Write(writer, fit.Balance);
        WritePredictions(writer, fit, predictions);
        WriteInts(writer, "trivialUnits", fit.TrivialUnits);
        WriteNames(writer, "warnings", fit.Warnings);
        if (fit.PlanHash is not null)
        {
            writer.WriteString("planHash", fit.PlanHash);
        }

        WriteNumber(writer, "elapsedSeconds", fit.ElapsedSeconds);
        writer.WriteEndObject();
    }

    /// <summary>How files and the command line write a model type.</summary>
    public static string ModelTypeName(ModelType modelType) => modelType switch
    {
        ModelType.Retrospective => "retrospective",
        ModelType.Prospective => "prospective",
        ModelType.ProspectiveRestricted => "prospective-restricted",
        ModelType.Full => "full",
        _ => throw new ArgumentOutOfRangeException(nameof(modelType), modelType, null),
    };

    /// <summary>How files and the command line write a match space.</summary>
    public static string MatchSpaceName(MatchSpaceKind matchSpace) => matchSpace switch
    {
        MatchSpaceKind.Lasso => "lasso",
        MatchSpaceKind.LassoMixed => "lasso-mixed",
        MatchSpaceKind.DLasso => "d-lasso",
        MatchSpaceKind.Fixed => "fixed",
        _ => throw new ArgumentOutOfRangeException(nameof(matchSpace), matchSpace, null),
    };

    /// <summary>How files and the command line write a constraint.</summary>
    public static string ConstraintName(WeightConstraint constraint) => constraint switch
    {
        WeightConstraint.Simplex => "simplex",
        WeightConstraint.Orthant => "orthant",
        _ => throw new ArgumentOutOfRangeException(nameof(constraint), constraint, null),
    };

    private static void WritePredictions(Utf8JsonWriter writer, SyntheticControlFit fit, KeptUnits predictions)
    {
        if (predictions == KeptUnits.None)
        {
            return;
        }

        Func<double[,], double[,]> rows = matrix => matrix;
        if (predictions == KeptUnits.Treated && fit.TreatedUnits.Length > 0)
        {
            writer.WriteNumber("units", fit.Predictions.GetLength(0));
            WriteInts(writer, "predictionUnits", fit.TreatedUnits);
            rows = matrix => MatrixRows.Rows(matrix, fit.TreatedUnits);
        }

        WriteMatrix(writer, "predictions", rows(fit.Predictions));
        if (fit.AuxiliaryPredictions is not null)
        {
            WriteMatrix(writer, "auxiliaryPredictions", rows(fit.AuxiliaryPredictions));
        }

        WriteMatrix(writer, "targets", rows(fit.Targets));
    }

    private static void WriteIterations(Utf8JsonWriter writer, FitIteration[] iterations)
    {
        writer.WriteStartArray("iterations");
        foreach (FitIteration iteration in iterations)
        {
            writer.WriteStartObject();
            WriteScalarOrList(writer, "vPen", iteration.VPen);
            WriteScalarOrList(writer, "wPen", iteration.WPen);
            WriteNumbers(writer, "scores", iteration.Scores);
            WriteNumbers(writer, "scoreStandardErrors", iteration.ScoreStandardErrors);
            WriteIndex(writer, "selectedIndex", iteration.SelectedIndex);
            WriteNumber(writer, "fittedVPen", iteration.FittedVPen);
            WriteNumber(writer, "fittedWPen", iteration.FittedWPen);
            WriteNumber(writer, "score", iteration.Score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteFolds(Utf8JsonWriter writer, FoldScores[] folds)
    {
        writer.WriteStartArray("folds");
        foreach (FoldScores fold in folds)
        {
            writer.WriteStartObject();
            WriteInts(writer, "train", fold.Train);
            WriteInts(writer, "test", fold.Test);
            WriteNumbers(writer, "scores", fold.Scores);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void WriteMatrix(Utf8JsonWriter writer, string name, double[,] matrix)
    {
        writer.WriteStartArray(name);
        for (int row = 0; row < matrix.GetLength(0); row++)
        {
            writer.WriteStartArray();
            for (int column = 0; column < matrix.GetLength(1); column++)
            {
                WriteValue(writer, matrix[row, column]);
            }

            writer.WriteEndArray();

            // The writer holds everything in memory until it is flushed.
            if (writer.BytesPending > FlushAbove)
            {
                writer.Flush();
            }
        }

        writer.WriteEndArray();
    }

    internal static void WriteNumbers(Utf8JsonWriter writer, string name, double[] values)
    {
        writer.WriteStartArray(name);
        foreach (double value in values)
        {
            WriteValue(writer, value);
        }

        writer.WriteEndArray();
    }

    internal static void WriteInts(Utf8JsonWriter writer, string name, int[] values)
    {
        writer.WriteStartArray(name);
        foreach (int value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    internal static void WriteNames(Utf8JsonWriter writer, string name, string[]? values)
    {
        if (values is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void WriteScalarOrList(Utf8JsonWriter writer, string name, double[] values)
    {
        if (values.Length == 1)
        {
            WriteNumber(writer, name, values[0]);
        }
        else
        {
            WriteNumbers(writer, name, values);
        }
    }

    private static void WriteIndex(Utf8JsonWriter writer, string name, int? index)
    {
        if (index is int value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    internal static void WriteNumber(Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        WriteValue(writer, value);
    }

    private static void WriteValue(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
