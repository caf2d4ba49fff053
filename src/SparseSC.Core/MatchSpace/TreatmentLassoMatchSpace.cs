using SparseSC.Core.Units;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.MatchSpace;

/// <summary>
/// Features that predict the outcome mixed with features that predict the treatment: <c>v = s·v_y/Σv_y + (1 − s)·v_d/Σv_d</c>, where
/// v_d are the absolute coefficients of a lasso of the treatment indicator over all units. When one part is all zero the other is taken
/// as it is.
/// </summary>
internal static class TreatmentLassoMatchSpace
{
    public static FeatureWeights Make(MatchSpaceProblem problem)
    {
        FeatureWeights outcome = LassoMatchSpace.Make(problem);
        AlignedMatrix indicator = new(problem.Data.Units, 1);
        foreach (int unit in problem.TreatedUnits)
        {
            indicator[unit, 0] = 1;
        }

        int[] all = [.. Enumerable.Range(0, problem.Data.Units)];
        FeatureWeights treatment = LassoMatchSpace.Make(problem, new UnitData(problem.Data.X, indicator), problem.Draw(all), all);
        return outcome with
        {
            V = Mix(outcome.V, treatment.V, problem.Options.TreatmentShare),
            TreatmentVPen = treatment.VPen,
            IsConverged = outcome.IsConverged && treatment.IsConverged,
        };
    }

    private static double[] Mix(double[] outcome, double[] treatment, double share)
    {
        double outcomeSum = outcome.Sum();
        double treatmentSum = treatment.Sum();
        if (outcomeSum == 0 || treatmentSum == 0)
        {
            return outcomeSum == 0 ? treatment : outcome;
        }

        return [.. outcome.Zip(treatment, (y, d) => (share * y / outcomeSum) + ((1 - share) * d / treatmentSum))];
    }
}
