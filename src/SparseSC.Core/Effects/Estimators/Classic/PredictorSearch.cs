using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using SparseSC.Numerics.Optimization;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Effects.Estimators.Classic;

/// <summary>The weights of predictors that match outcomes best, of all there are.</summary>
/// <remarks>
/// The loss has many local minima: it is searched over log₁₀ v in [−8, 0] by differential evolution from several starts, each refined by the simplex method of Nelder and
/// Mead. Source of the box and of the global search: Becker and Klößner (2018), "Fast and reliable computation of generalized synthetic controls", Econometrics and Statistics 5.
/// </remarks>
internal sealed class PredictorSearch
{
    private const double Least = -8;
    private const int Starts = 8;
    private const int Enough = 3;
    private const int Refinements = 3000;
    private const double Same = 1e-9;

    private readonly ClassicProblem _problem;
    private readonly CancellationToken _cancellation;
    private double[] _best = [];
    private double _loss = double.PositiveInfinity;

    public PredictorSearch(ClassicProblem problem, CancellationToken cancellationToken)
    {
        _problem = problem;
        _cancellation = cancellationToken;
    }

    /// <summary>v, with sum one.</summary>
    public double[] Run(uint seed)
    {
        int count = _problem.Predictors;
        double bound = _problem.Loss(_problem.Bound());
        double[][] corners = [.. Enumerable.Range(0, count).Select(k => Enumerable.Range(0, count).Select(l => l == k ? 0 : Least).ToArray())];
        double[][] starts = [new double[count], .. corners];
        MersenneTwister random = new(seed);
        int population = Math.Max(30, 6 * count);
        int found = 0;
        for (int start = 0; start < Starts && count > 1; start++)
        {
            double before = _loss;
            DifferentialEvolution evolution = new(Loss, Least, 0, random);
            (double[] point, double value) = evolution.Search(start == 0 ? starts : [Drawn(random, count)], population, 25 * count);
            double reached = Math.Min(value, Refine(point));

            // Nothing lies below the outcomes' own optimum, and a minimum that three starts in a row have led to is taken for the lowest.
            found = reached < before * (1 - Same) ? 1 : reached <= before * (1 + Same) ? found + 1 : found;
            if (_loss <= bound * (1 + Same) || found == Enough)
            {
                break;
            }
        }

        if (count == 1)
        {
            Loss([0]);
        }

        return Weights(_best);
    }

    // Later starts know nothing of the first, so that they may lead elsewhere.
    private static double[] Drawn(MersenneTwister random, int count) => [.. Enumerable.Range(0, count).Select(_ => Least * (random.NextUInt32() / 4294967296.0))];

    private double Refine(double[] point)
    {
        double least = double.PositiveInfinity;
        double Value(Vector<double> at)
        {
            // Outside of the box the loss is that of its side.
            double value = Loss([.. at.Select(x => Math.Clamp(x, Least, 0))]);
            least = Math.Min(least, value);
            return value;
        }

        try
        {
            NelderMeadSimplex.Minimum(ObjectiveFunction.Value(Value), Vector<double>.Build.DenseOfArray(point), 1e-14, Refinements);
        }
        catch (MaximumIterationsException)
        {
            // The best point so far is kept, wherever the method ends.
        }

        return least;
    }

    private double Loss(double[] logarithms)
    {
        _cancellation.ThrowIfCancellationRequested();
        double loss = _problem.Loss(_problem.Weights(Weights(logarithms)));
        if (loss < _loss)
        {
            (_loss, _best) = (loss, (double[])logarithms.Clone());
        }

        return loss;
    }

    private static double[] Weights(double[] logarithms)
    {
        double[] v = [.. logarithms.Select(x => Math.Pow(10, x))];
        double sum = v.Sum();
        return [.. v.Select(x => x / sum)];
    }
}
