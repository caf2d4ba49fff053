using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Effects;

/// <summary>The placebos of several treated units on the scale of their mean effect.</summary>
/// <remarks>
/// Every difference is linear in the outcomes given the weights. The mean of N1 single differences understates the noise: the donors' own,
/// which the treated units share, averages out in placebos that are each other's donors. With the contrast c_i of treated unit i, its
/// coefficient a_i = 1/(N1·dose) and control j(i) in its place, v_g(T) = Σ a_i c_i and v_g(S) = Σ a_i c_j(i) within a treatment time g. The
/// contrast A of a statistic lives in units × calendar columns: of one event time ‖A‖² = Σ_g ‖v_g‖², of the mean over m of them
/// ‖A‖² = Σ_g,h o_gh ⟨v_g, v_h⟩/m², o_gh being the columns that the two windows share. With q² = Σ a_i²‖c_i‖² each placebo is multiplied by
/// (‖A(T)‖/q(T))/(‖A(S)‖/q(S)), which is 1 for one treated unit.
/// </remarks>
internal sealed class PlaceboDesign
{
    private const double Vanishing = 1e-8;
    private const int MostTries = 100;

    private readonly (int Treated, int Controls)[] _cohorts;
    private readonly ContrastNorms? _placebos;
    private readonly ContrastNorms? _effect;
    private readonly ParallelOptions _parallel;
    private readonly int _treated;
    private readonly List<double> _single = [];
    private readonly List<double> _mean = [];
    private double[] _doses = [];
    private int _periods;

    private PlaceboDesign(IReadOnlyList<PeriodSample> samples, IReadOnlyList<CohortContrasts>? contrasts, ParallelOptions parallel)
    {
        _cohorts = [.. samples.Select(sample => (sample.Treated.Length, sample.Controls.Length))];
        _treated = _cohorts.Sum(cohort => cohort.Treated);
        _parallel = parallel;
        if (_treated > 1 && contrasts is not null)
        {
            int[] treated = [.. _cohorts.Select(cohort => cohort.Treated)];
            int[] columns = [.. samples.Select(sample => sample.TreatmentPeriod)];
            _placebos = new ContrastNorms([.. contrasts.Select(cohort => cohort.Controls)], treated, columns);
            _effect = new ContrastNorms([.. contrasts.Select(cohort => cohort.Treated)], treated, columns);
        }
    }

    /// <summary>Positions in the cohorts' stacked controls, one row of as many as there are treated units per placebo.</summary>
    public int[] Sets { get; private set; } = [];

    /// <summary>Whether these are all sets there are.</summary>
    public bool IsExhaustive { get; private set; }

    /// <summary>Chooses the sets.</summary>
    /// <param name="samples">The treatment times.</param>
    /// <param name="contrasts">Their contrasts; <c>null</c> leaves placebos as they are.</param>
    /// <param name="doses">Doses of the treated units, sample after sample.</param>
    /// <param name="periods">Event times in the mean effect.</param>
    /// <param name="options">How many sets, and the seed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidInputException">No set can be used.</exception>
    public static PlaceboDesign Create(
        IReadOnlyList<PeriodSample> samples, IReadOnlyList<CohortContrasts>? contrasts, double[] doses, int periods, PlaceboOptions options, CancellationToken cancellationToken)
    {
        PlaceboDesign design = new(samples, contrasts, ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken)) { _doses = doses, _periods = periods };
        int[]? all = PlaceboSets.All(design._cohorts, doses.Distinct().Count() == 1, options);
        design.IsExhaustive = all is not null;
        if (all is not null)
        {
            bool[] usable = design.Usable(all);
            design.Sets = [.. all.Chunk(design._treated).Where((_, i) => usable[i]).SelectMany(set => set)];
        }
        else
        {
            design.Draw(options);
        }

        return design.Sets.Length > 0
            ? design
            : throw new InvalidInputException("NoPlacebo", "No set of controls has a difference of its own to compare with: the controls are matched by each other. Give more controls.", "TreatedUnit");
    }

    /// <summary>What the placebos of a statistic are multiplied by; <c>null</c> where that is 1.</summary>
    /// <param name="doses">Doses of the treated units, by which their differences are divided.</param>
    /// <param name="periods">Event times in the mean.</param>
    public PlaceboFactors? Factors(double[] doses, int periods)
    {
        if (_placebos is null || _effect is null)
        {
            return null;
        }

        // With one treatment time and equal doses neither doses nor periods make a difference.
        bool areAlike = _cohorts.Length == 1 && doses.Distinct().Count() == 1;
        bool isKnown = areAlike || (periods == _periods && doses.AsSpan().SequenceEqual(_doses));
        (double[] single, double[] mean) = isKnown ? ([.. _single], [.. _mean]) : _placebos.Of(Sets, doses, periods, _parallel);
        int[] treated = [.. Enumerable.Range(0, _treated)];
        (double[] effect, double[] effectMean) = _effect.Of(treated, isKnown ? _doses : doses, isKnown ? _periods : periods, _parallel);
        return new PlaceboFactors([.. single.Select(norm => effect[0] / norm)], [.. mean.Select(norm => effectMean[0] / norm)]);
    }

    private void Draw(PlaceboOptions options)
    {
        MersenneTwister random = new(options.Seed);
        int[][] orders = [.. _cohorts.Select(cohort => Enumerable.Range(0, cohort.Controls).ToArray())];
        List<int> chosen = new(options.MaxPlacebos * _treated);
        for (int tries = 0; tries < MostTries && chosen.Count < options.MaxPlacebos * _treated; tries++)
        {
            int[] sets = new int[(options.MaxPlacebos * _treated) - chosen.Count];
            for (int i = 0; i < sets.Length; i += _treated)
            {
                PlaceboSets.Draw(_cohorts, orders, random, sets.AsSpan(i, _treated));
            }

            bool[] usable = Usable(sets);
            chosen.AddRange(sets.Where((_, i) => usable[i / _treated]));
        }

        Sets = [.. chosen];
    }

    // Controls that are matched by each other may cancel, and nothing can be put on a scale of nothing.
    private bool[] Usable(int[] sets)
    {
        if (_placebos is null)
        {
            return [.. Enumerable.Repeat(true, sets.Length / _treated)];
        }

        (double[] single, double[] mean) = _placebos.Of(sets, _doses, _periods, _parallel);
        bool[] usable = [.. single.Select((norm, i) => norm >= Vanishing && mean[i] >= Vanishing)];
        _single.AddRange(single.Where((_, i) => usable[i]));
        _mean.AddRange(mean.Where((_, i) => usable[i]));
        return usable;
    }
}

/// <summary>What placebos are multiplied by.</summary>
/// <param name="PerPeriod">Per placebo, in a statistic of one event time.</param>
/// <param name="Average">Per placebo, in a mean over event times.</param>
internal sealed record PlaceboFactors(double[] PerPeriod, double[] Average);
