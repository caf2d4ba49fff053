using System.Management.Automation;
using SparseSC.Core.Data;

namespace SparseSC.PowerShell.Binding;

/// <summary>Lets a panel that was saved and read again stand for the panel it was.</summary>
/// <remarks>Serialisation writes a rectangle as a plain list, row after row; units and times say how to cut it.</remarks>
internal sealed class PanelTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => ToPanel(inputData) ?? inputData;

    private static Panel? ToPanel(object? value)
    {
        object? plain = PropertyReader.Unwrap(value);
        if (plain is null or Panel)
        {
            return plain as Panel;
        }

        if (SavedObject.Texts(plain, nameof(Panel.Units)) is not { } units
            || SavedObject.Texts(plain, nameof(Panel.Times)) is not { } times
            || SavedObject.Rectangle(PropertyReader.Get(plain, nameof(Panel.Outcome)), units.Length, times.Length) is not { } outcome)
        {
            return null;
        }

        object?[] covariates = SavedObject.List(plain, nameof(Panel.Covariates)) ?? [];
        object?[] periods = SavedObject.List(plain, nameof(Panel.TreatmentPeriods)) ?? [];
        return new Panel
        {
            Units = units,
            Times = times,
            OutcomeName = PropertyReader.GetText(plain, nameof(Panel.OutcomeName)) ?? "",
            Outcome = outcome,
            CovariateNames = SavedObject.Texts(plain, nameof(Panel.CovariateNames)) ?? [],
            Covariates = [.. covariates.Select(covariate => SavedObject.Rectangle(covariate, units.Length, times.Length)).OfType<double[,]>()],
            TreatmentPeriods = [.. periods.Select(Number.ToInteger)],
            DroppedUnits = SavedObject.Texts(plain, nameof(Panel.DroppedUnits)) ?? [],
            InterpolatedOutcomes = Number.ToInteger(PropertyReader.Get(plain, nameof(Panel.InterpolatedOutcomes))) ?? 0,
        };
    }
}
