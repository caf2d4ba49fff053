using SparseSC.Core.Errors;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>Tests that move or leave out things need one treatment time.</summary>
internal static class SingleTreatment
{
    /// <summary>The one treatment column.</summary>
    /// <exception cref="InvalidInputException">No unit is treated, or treatment times differ.</exception>
    public static int Period(EffectData data, string test)
    {
        int[] periods = [.. data.TreatmentPeriods.OfType<int>().Distinct().Order()];
        return periods.Length switch
        {
            1 => periods[0],
            0 => throw new InvalidInputException("NoTreatedUnit", "No unit is treated, so there is no effect to test. Name the treated units and their first treated time.", "TreatedUnit"),
            _ => throw new InvalidInputException(
                "StaggeredTreatment",
                $"The {test} test needs one treatment time; units are treated from {string.Join(", ", periods.Take(5).Select(data.SayTime))}{(periods.Length > 5 ? ", …" : "")} on. Test the units of one time alone.",
                "TreatmentTimeColumn"),
        };
    }
}
