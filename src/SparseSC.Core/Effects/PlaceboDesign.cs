using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;
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
    private const int Chunk = 256;
    private const double Vanishing = 1e-8;
    private const int MostTries = 100;

    private readonly (int Treated, int Controls)[] _cohorts;
    private readonly int[] _columns;
    private readonly IReadOnlyList<CohortContrasts>? _contrasts;
    private readonly ParallelOptions _parallel;
    private readonly int _treated;
    private PlaceboFactors? _alike;

    private PlaceboDesign(IReadOnlyList<PeriodSample> samples, IReadOnlyList<CohortContrasts>? contrasts, ParallelOptions parallel)
    {
        _cohorts = [.. samples.Select(sample => (sample.Treated.Length, sample.Controls.Length))];
        _columns = [.. samples.Select(sample => sample.TreatmentPeriod)];
        _treated = _cohorts.Sum(cohort => cohort.Treated);
        _contrasts = _treated > 1 ? contrasts : null;
        _parallel = parallel;
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
        PlaceboDesign design = new(samples, contrasts, Degree.Of(options.MaxDegreeOfParallelism, cancellationToken));
        int[]? all = PlaceboSets.All(design._cohorts, doses.Distinct().Count() == 1, options);
        design.IsExhaustive = all is not null;
        if (all is not null)
        {
            bool[] usable = design.Usable(all, doses, periods);
            design.Sets = [.. all.Chunk(design._treated).Where((_, i) => usable[i]).SelectMany(set => set)];
        }
        else
        {
            design.Draw(doses, periods, options);
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
        if (_contrasts is null)
        {
            return null;
        }

        // Then neither doses nor periods make a difference.
        bool areAlike = _cohorts.Length == 1 && doses.Distinct().Count() == 1;
        return areAlike ? _alike ??= Compute(doses, periods) : Compute(doses, periods);
    }

    private PlaceboFactors Compute(double[] doses, int periods)
    {
        (double[] single, double[] mean) = Norms(Sets, doses, periods);
        (double treatedSingle, double treatedMean) = TreatedNorms(doses, periods);
        return new PlaceboFactors([.. single.Select(norm => treatedSingle / norm)], [.. mean.Select(norm => treatedMean / norm)]);
    }

    private void Draw(double[] doses, int periods, PlaceboOptions options)
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

            bool[] usable = Usable(sets, doses, periods);
            chosen.AddRange(sets.Where((_, i) => usable[i / _treated]));
        }

        Sets = [.. chosen];
    }

    // Controls that are matched by each other may cancel, and nothing can be put on a scale of nothing.
    private bool[] Usable(int[] sets, double[] doses, int periods)
    {
        if (_contrasts is null)
        {
            return [.. Enumerable.Repeat(true, sets.Length / _treated)];
        }

        (double[] single, double[] mean) = Norms(sets, doses, periods);
        return [.. single.Select((norm, i) => norm >= Vanishing && mean[i] >= Vanishing)];
    }

    // ‖A(S)‖/q(S), of one event time and of the mean.
    private (double[] Single, double[] Mean) Norms(int[] sets, double[] doses, int periods)
    {
        int count = sets.Length / _treated;
        double[] single = new double[count];
        double[] mean = new double[count];
        double[][] squares = [.. _contrasts!.Select(cohort => Squares(cohort.Controls))];
        int[] offsets = Offsets();
        OrderedWork.Run((count + Chunk - 1) / Chunk, _parallel, Work, (chunk, vectors) =>
        {
            for (int i = chunk * Chunk; i < Math.Min(count, (chunk + 1) * Chunk); i++)
            {
                (single[i], mean[i]) = Norm(
                    vectors, doses, periods, (g, position) => (_contrasts![g].Controls, squares[g], sets[(i * _treated) + position] - offsets[g]));
            }
        });
        return (single, mean);
    }

    private (double Single, double Mean) TreatedNorms(double[] doses, int periods)
    {
        double[][] squares = [.. _contrasts!.Select(cohort => Squares(cohort.Treated))];
        int[] starts = new int[_cohorts.Length];
        for (int g = 1; g < starts.Length; g++)
        {
            starts[g] = starts[g - 1] + _cohorts[g - 1].Treated;
        }

        return Norm(Work(), doses, periods, (g, position) => (_contrasts![g].Treated, squares[g], position - starts[g]));
    }

    private (double Single, double Mean) Norm(
        double[][] vectors, double[] doses, int periods, Func<int, int, (double[,] Contrasts, double[] Squares, int Row)> rowOf)
    {
        double q = 0;
        int position = 0;
        for (int g = 0; g < _cohorts.Length; g++)
        {
            Span<double> v = vectors[g];
            v.Clear();
            for (int i = 0; i < _cohorts[g].Treated; i++, position++)
            {
                (double[,] contrasts, double[] squares, int row) = rowOf(g, position);
                double a = 1 / (_treated * doses[position]);
                q += a * a * squares[row];
                ReadOnlySpan<double> contrast = UnitWeights.Row(contrasts, row);
                for (int k = 0; k < v.Length; k++)
                {
                    v[k] += a * contrast[k];
                }
            }
        }

        double single = 0;
        double mean = 0;
        for (int g = 0; g < vectors.Length; g++)
        {
            for (int h = 0; h <= g; h++)
            {
                int shared = periods - (_columns[g] - _columns[h]);
                if (g != h && shared <= 0)
                {
                    continue;
                }

                double product = Dot(vectors[g], vectors[h]);
                single += g == h ? product : 0;
                mean += (g == h ? periods : 2.0 * shared) * product;
            }
        }

        return (Math.Sqrt(single / q), Math.Sqrt(Math.Max(0, mean) / q) / periods);
    }

    private double[][] Work() => [.. _contrasts!.Select(cohort => new double[cohort.Treated.GetLength(1)])];

    private int[] Offsets()
    {
        int[] offsets = new int[_cohorts.Length];
        for (int g = 1; g < offsets.Length; g++)
        {
            offsets[g] = offsets[g - 1] + _cohorts[g - 1].Controls;
        }

        return offsets;
    }

    private static double[] Squares(double[,] contrasts) =>
        [.. Enumerable.Range(0, contrasts.GetLength(0)).Select(row => Dot(UnitWeights.Row(contrasts, row), UnitWeights.Row(contrasts, row)))];

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int k = 0; k < left.Length; k++)
        {
            sum += left[k] * right[k];
        }

        return sum;
    }
}

/// <summary>What placebos are multiplied by.</summary>
/// <param name="PerPeriod">Per placebo, in a statistic of one event time.</param>
/// <param name="Average">Per placebo, in a mean over event times.</param>
internal sealed record PlaceboFactors(double[] PerPeriod, double[] Average);
