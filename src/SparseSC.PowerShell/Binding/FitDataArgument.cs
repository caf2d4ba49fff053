using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Makes the data of a fit of what was given: a panel, or two matrices.</summary>
internal static class FitDataArgument
{
    /// <exception cref="InvalidInputException">Neither is given, or both are, or one cannot be read.</exception>
    public static FitData Read(Panel? panel, object? feature, object? target, object[] treatedUnit, Func<string, string> resolvePath)
    {
        if (panel is null)
        {
            return feature is not null && target is not null
                ? ReadMatrices(feature, target, treatedUnit, resolvePath)
                : throw new InvalidInputException(
                    "DataMissing",
                    "There is nothing to fit. Pipe a panel in or give {Panel}; or give both {Features} and {Targets}.",
                    "Panel");
        }

        string? matrix = feature is not null ? "Features" : target is not null ? "Targets" : treatedUnit.Length > 0 ? "TreatedUnits" : null;
        return matrix is null
            ? panel.ToFitData()
            : throw new InvalidInputException(
                "DataFormsMixed", $"{{{matrix}}} belongs to matrices and cannot be given with {{Panel}}. Leave one of them out.", matrix);
    }

    private static FitData ReadMatrices(object feature, object target, object[] treatedUnit, Func<string, string> resolvePath)
    {
        FeatureMatrix features = MatrixArgument.Read(feature, "Features", resolvePath);
        FeatureMatrix targets = MatrixArgument.Read(target, "Targets", resolvePath);
        return new FitData(features, targets, TreatedUnitArgument.Read(treatedUnit, features, targets));
    }
}
