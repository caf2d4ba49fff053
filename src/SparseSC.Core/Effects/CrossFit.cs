using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>Holds controls out as if they were treated, so that their differences are as honest as those of the treated.</summary>
/// <remarks>Donors always keep their true outcomes; the reference overwrites them fold by fold.</remarks>
internal static class CrossFit
{
    /// <summary>Test sets per sample: positions among its controls; none when the main fit is reused.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="given">The number of folds asked for; <c>null</c> for the usual one, or as many as there are controls.</param>
    /// <param name="usual">The usual number.</param>
    /// <param name="seed">Seed of the folds.</param>
    /// <param name="data">The data, for messages.</param>
    /// <param name="warnings">Told when the usual number was too large.</param>
    /// <exception cref="InvalidInputException">There are fewer controls than folds, or too few would remain.</exception>
    public static int[][] Folds(PeriodSample sample, int? given, int usual, uint seed, EffectData data, List<string> warnings)
    {
        int controls = sample.Controls.Length;
        int folds = given ?? Math.Min(usual, Math.Max(controls, 2));
        if (folds < usual && given is null)
        {
            warnings.Add($"There are {controls} controls for the units treated from {data.SayTime(sample.TreatmentPeriod)} on: {{CrossFitFolds}} {folds} in place of {usual}.");
        }

        if (folds < 0)
        {
            throw new InvalidInputException("OptionOutOfRange", $"{{CrossFitFolds}} {folds} must be 1 (no cross-fit) or more.", "CrossFitFolds");
        }

        if (folds == 1)
        {
            return [];
        }

        string when = $"for the units treated from {data.SayTime(sample.TreatmentPeriod)} on";
        int count = folds == EffectOptions.HoldOutEach ? controls : folds;
        if (count > controls)
        {
            throw new InvalidInputException(
                "MoreFoldsThanUnits",
                $"{{CrossFitFolds}} {folds} needs at least {folds} controls; there are {controls} {when}. Give a smaller number, {{CrossFitFolds:All}}, or 1 to reuse the main fit.",
                "CrossFitFolds");
        }

        if (controls - (((controls - 1) / count) + 1) < 2)
        {
            // Of two controls none can be held out, in however many folds.
            string way = controls < 3 ? "Give {CrossFitFolds} 1 to reuse the main fit, or more controls." : "Give more {CrossFitFolds}, or 1 to reuse the main fit.";
            throw new InvalidInputException(
                "TooFewControls", $"{controls} controls {when} leave fewer than 2 to fit on when a fold is held out. {way}", "CrossFitFolds");
        }

        return FoldMaker.ShuffledTests(controls, count, seed, "CrossFitFolds", "controls");
    }

    /// <summary>Fits the controls without one fold and predicts that fold's outcomes over the window, one row per unit held out.</summary>
    public static HeldOutControls Run(
        PeriodSample sample, int[] test, IEffectModel model, SyntheticControlFit? main, bool keepWeights, CancellationToken cancellationToken)
    {
        FitData controls = new(Rows(sample.Fit.Features, sample.Controls), Rows(sample.Fit.Targets, sample.Controls), test, sample.Fit.Covariates);
        FeatureMatrix window = Rows(sample.Matched, sample.Controls, sample.WindowStart, sample.Window);
        HeldOutControls held = model.HoldOut(controls, main, window, keepWeights, cancellationToken);
        sample.Restore(held.Synthetic, [.. test.Select(i => sample.Controls[i])]);
        return held;
    }

    internal static FeatureMatrix Rows(FeatureMatrix matrix, int[] rows) => Rows(matrix, rows, 0, matrix.Columns);

    internal static FeatureMatrix Rows(FeatureMatrix matrix, int[] rows, int start, int columns)
    {
        double[] values = new double[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            matrix.Row(rows[i]).Slice(start, columns).CopyTo(values.AsSpan(i * columns));
        }

        string[]? names = matrix.ColumnNames is { } all ? [.. all.Skip(start).Take(columns)] : null;
        return new FeatureMatrix(values, rows.Length, columns, [.. rows.Select(row => matrix.RowNames![row])], names);
    }
}
