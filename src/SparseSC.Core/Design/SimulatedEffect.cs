namespace SparseSC.Core.Design;

/// <summary>What a test finds of a simulated effect.</summary>
/// <param name="PValue">Its p-value.</param>
/// <param name="Att">The average difference a period, of the mean of test units.</param>
/// <param name="Lift">The sum of differences as a share of the counterfactual's sum.</param>
internal readonly record struct SimulatedEffect(double PValue, double Att, double Lift);
