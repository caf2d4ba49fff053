using SparseSC.Core.Models;

namespace SparseSC.Core.Units;

/// <summary>What unit weights are made of.</summary>
/// <param name="Donors">Rows of the donors.</param>
/// <param name="V">Feature weights.</param>
/// <param name="WPen">Penalty on the unit weights; not finite where no feature is matched.</param>
internal sealed record DonorModel(int[] Donors, double[] V, double WPen)
{
    /// <summary>That of a whole fit.</summary>
    public static DonorModel Of(SyntheticControlFit fit) => new(fit.ControlUnits, fit.V, fit.WPen);
}
