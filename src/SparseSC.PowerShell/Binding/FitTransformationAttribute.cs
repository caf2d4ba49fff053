using System.Management.Automation;
using SparseSC.Core.Fitting;
using SparseSC.Core.MatchSpace;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets a fit that was saved and read again stand for the fit it was.</summary>
internal sealed class FitTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ToFit(inputData) ?? inputData;

    private static SyntheticControlFit? ToFit(object? value)
    {
        object? plain = PropertyReader.Unwrap(value);
        if (plain is null or SyntheticControlFit)
        {
            return plain as SyntheticControlFit;
        }

        if (SavedObject.Integers(plain, nameof(SyntheticControlFit.ControlUnits)) is not { Length: > 0 } controls
            || SavedObject.Integers(plain, nameof(SyntheticControlFit.TreatedUnits)) is not { } treated)
        {
            return null;
        }

        int units = controls.Union(treated).Count();
        int targets = SavedObject.Reals(plain, nameof(SyntheticControlFit.Predictions)).Length / units;
        return SavedObject.Rectangle(PropertyReader.Get(plain, nameof(SyntheticControlFit.Predictions)), units, targets) is not { } predictions
            || SavedObject.Rectangle(PropertyReader.Get(plain, nameof(SyntheticControlFit.Targets)), units, targets) is not { } observed
            ? null
            : new SyntheticControlFit
            {
                ModelType = Enumeration<ModelType>(plain, nameof(SyntheticControlFit.ModelType)),
                Constraint = Enumeration<WeightConstraint>(plain, nameof(SyntheticControlFit.Constraint)),
                IsFast = PropertyReader.Get(plain, nameof(SyntheticControlFit.IsFast)) is true,
                MatchSpace = PropertyReader.Get(plain, nameof(SyntheticControlFit.MatchSpace)) is null
                    ? null
                    : Enumeration<MatchSpaceKind>(plain, nameof(SyntheticControlFit.MatchSpace)),
                TreatmentVPen = SavedObject.Real(plain, nameof(SyntheticControlFit.TreatmentVPen)),
                ControlUnits = controls,
                TreatedUnits = treated,
                UnitNames = SavedObject.Texts(plain, nameof(SyntheticControlFit.UnitNames)),
                FeatureNames = SavedObject.Texts(plain, nameof(SyntheticControlFit.FeatureNames)),
                TargetNames = SavedObject.Texts(plain, nameof(SyntheticControlFit.TargetNames)),
                VPen = SavedObject.Real(plain, nameof(SyntheticControlFit.VPen)),
                WPen = SavedObject.Real(plain, nameof(SyntheticControlFit.WPen)),
                V = SavedObject.Reals(plain, nameof(SyntheticControlFit.V)),
                Score = SavedObject.Real(plain, nameof(SyntheticControlFit.Score)),
                ScoreR2 = SavedObject.Real(plain, nameof(SyntheticControlFit.ScoreR2)),
                Scores = SavedObject.Reals(plain, nameof(SyntheticControlFit.Scores)),
                ScoreStandardErrors = SavedObject.Reals(plain, nameof(SyntheticControlFit.ScoreStandardErrors)),
                SelectedIndex = Number.ToInteger(PropertyReader.Get(plain, nameof(SyntheticControlFit.SelectedIndex))),
                Iterations = [.. (SavedObject.List(plain, nameof(SyntheticControlFit.Iterations)) ?? []).OfType<object>().Select(ToIteration)],
                Folds = [.. (SavedObject.List(plain, nameof(SyntheticControlFit.Folds)) ?? []).OfType<object>().Select(ToFold)],
                Weights = SavedObject.Rectangle(PropertyReader.Get(plain, nameof(SyntheticControlFit.Weights)), units, controls.Length),
                Predictions = predictions,
                Targets = observed,
                TrivialUnits = SavedObject.Integers(plain, nameof(SyntheticControlFit.TrivialUnits)) ?? [],
                Warnings = SavedObject.Texts(plain, nameof(SyntheticControlFit.Warnings)) ?? [],
                PlanHash = PropertyReader.GetText(plain, nameof(SyntheticControlFit.PlanHash)),
                ElapsedSeconds = SavedObject.Real(plain, nameof(SyntheticControlFit.ElapsedSeconds)),
            };
    }

    private static FitIteration ToIteration(object saved) => new()
    {
        VPen = SavedObject.Reals(saved, nameof(FitIteration.VPen)),
        WPen = SavedObject.Reals(saved, nameof(FitIteration.WPen)),
        Scores = SavedObject.Reals(saved, nameof(FitIteration.Scores)),
        ScoreStandardErrors = SavedObject.Reals(saved, nameof(FitIteration.ScoreStandardErrors)),
        SelectedIndex = Number.ToInteger(PropertyReader.Get(saved, nameof(FitIteration.SelectedIndex))),
        FittedVPen = SavedObject.Real(saved, nameof(FitIteration.FittedVPen)),
        FittedWPen = SavedObject.Real(saved, nameof(FitIteration.FittedWPen)),
        Score = SavedObject.Real(saved, nameof(FitIteration.Score)),
    };

    private static FoldScores ToFold(object saved) => new()
    {
        Train = SavedObject.Integers(saved, nameof(FoldScores.Train)) ?? [],
        Test = SavedObject.Integers(saved, nameof(FoldScores.Test)) ?? [],
        Scores = SavedObject.Reals(saved, nameof(FoldScores.Scores)),
    };

    // A deserialised enumeration is text in an export and a number in JSON.
    private static TEnum Enumeration<TEnum>(object saved, string name)
        where TEnum : struct, Enum => Enum.TryParse(PropertyReader.GetText(saved, name), ignoreCase: true, out TEnum value) ? value : default;
}
