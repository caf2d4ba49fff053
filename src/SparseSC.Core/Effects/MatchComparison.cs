using SparseSC.Numerics.Random;

namespace SparseSC.Core.Effects;

/// <summary>Whether treated units are matched worse before the treatment than controls are, by their root mean squares.</summary>
/// <remarks>
/// A mean of controls varies about the mean of these controls alone, but that of treated units about what both are drawn from: compared with
/// sets of controls, several treated units look unlike them too often. Were the treated like the controls, any of all units could have
/// been treated. So within each treatment time as many units are drawn from treated and controls together; for one treated unit that
/// is its rank among the controls.
/// </remarks>
internal sealed class MatchComparison
{
    private const int Draws = 9999;
    private const double Tie = 1e-12;

    private readonly List<(double[] Sizes, int Treated)> _cohorts = [];

    /// <summary>The number of treated units.</summary>
    public int Treated => _cohorts.Sum(cohort => cohort.Treated);

    /// <summary>Adds a treatment time.</summary>
    public void Add(IEnumerable<double> treated, IEnumerable<double> controls)
    {
        double[] first = [.. treated];
        _cohorts.Add(([.. first, .. controls], first.Length));
    }

    /// <summary>The share of draws, the treated themselves among them, whose mean is at least that of the treated.</summary>
    public double PValue(uint seed)
    {
        MersenneTwister random = new(seed);
        double observed = _cohorts.Sum(cohort => cohort.Sizes.Take(cohort.Treated).Sum()) * (1 - Tie);
        double[][] orders = [.. _cohorts.Select(cohort => cohort.Sizes.ToArray())];
        int atLeast = 1;
        for (int draw = 0; draw < Draws; draw++)
        {
            double sum = 0;
            for (int g = 0; g < orders.Length; g++)
            {
                int treated = _cohorts[g].Treated;
                random.Draw(orders[g].AsSpan(), treated);
                for (int i = 0; i < treated; i++)
                {
                    sum += orders[g][i];
                }
            }

            atLeast += sum >= observed ? 1 : 0;
        }

        return atLeast / (Draws + 1.0);
    }
}
