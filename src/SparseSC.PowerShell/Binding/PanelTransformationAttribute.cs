using System.Collections;
using System.Globalization;
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

        if (Texts(plain, nameof(Panel.Units)) is not { } units
            || Texts(plain, nameof(Panel.Times)) is not { } times
            || Rectangle(PropertyReader.Get(plain, nameof(Panel.Outcome)), units.Length, times.Length) is not { } outcome)
        {
            return null;
        }

        object?[] covariates = List(plain, nameof(Panel.Covariates)) ?? [];
        object?[] periods = List(plain, nameof(Panel.TreatmentPeriods)) ?? [];
        return new Panel
        {
            Units = units,
            Times = times,
            OutcomeName = PropertyReader.GetText(plain, nameof(Panel.OutcomeName)) ?? "",
            Outcome = outcome,
            CovariateNames = Texts(plain, nameof(Panel.CovariateNames)) ?? [],
            Covariates = [.. covariates.Select(covariate => Rectangle(covariate, units.Length, times.Length)).OfType<double[,]>()],
            TreatmentPeriods = [.. periods.Select(Number.ToInteger)],
            DroppedUnits = Texts(plain, nameof(Panel.DroppedUnits)) ?? [],
            InterpolatedOutcomes = Number.ToInteger(PropertyReader.Get(plain, nameof(Panel.InterpolatedOutcomes))) ?? 0,
        };
    }

    private static object?[]? List(object source, string name) => PropertyReader.Get(source, name) switch
    {
        null => null,
        IEnumerable list and not string => [.. list.Cast<object?>().Select(PropertyReader.Unwrap)],
        object one => [one],
    };

    private static string[]? Texts(object source, string name) =>
        List(source, name) is { } list ? [.. list.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "")] : null;

    private static double[,]? Rectangle(object? value, int rows, int columns)
    {
        if (PropertyReader.Unwrap(value) is not IEnumerable list || list is string)
        {
            return null;
        }

        double[] values = [.. list.Cast<object?>().Select(item => Number.TryGet(item, out double number) ? number : double.NaN)];
        if (values.Length != rows * columns)
        {
            return null;
        }

        double[,] result = new double[rows, columns];
        Buffer.BlockCopy(values, 0, result, 0, values.Length * sizeof(double));
        return result;
    }
}
