using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.MatchSpace;
using SparseSC.Core.Models;
using SparseSC.Core.Units;

namespace SparseSC.Core.Fitting;

/// <summary>Checks the input of a fast fit before any work is done.</summary>
internal static class FastFitValidator
{
    /// <exception cref="InvalidInputException">Something cannot be used; the message names it.</exception>
    public static void Check(FitData data, FastFitOptions options)
    {
        FitValidator.CheckDataAndUnits(data, options.ModelType, fullMayHaveTreatedUnits: true);
        FitValidator.CheckDonorPool(data, options.DonorPool);
        FitValidator.CheckThreads(options.MaxDegreeOfParallelism);
        MatchSpaceValidator.CheckPenalties(options.WPens, "WPens");
        if (options.AuxiliaryTargets is { } auxiliary)
        {
            if (auxiliary.Rows != data.Targets.Rows)
            {
                throw new InvalidInputException("RowCountMismatch", $"{{AuxiliaryTargets}} has {auxiliary.Rows} rows and {{Targets}} has {data.Targets.Rows}. Both need one row per unit, in the same order.", "AuxiliaryTargets");
            }

            FitValidator.CheckFinite(auxiliary, "AuxiliaryTargets", data);
        }

        if (data.Features.Columns > 0)
        {
            MatchSpaceValidator.Check(options.MatchSpace, data, new UnitRoles(data, options.ModelType));
        }
    }
}
