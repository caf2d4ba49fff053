using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>Aggregates fold scores and chooses a penalty.</summary>
internal static class PenaltySelection
{
    /// <summary>Score = sum over folds; standard error = √F · population standard deviation of the fold scores.</summary>
    /// <param name="byFold">[fold][penalty].</param>
    public static (double[] Scores, double[] StandardErrors) Aggregate(double[][] byFold)
    {
        int folds = byFold.Length;
        double[] scores = new double[byFold[0].Length];
        double[] errors = new double[scores.Length];
        for (int p = 0; p < scores.Length; p++)
        {
            double sum = 0;
            for (int f = 0; f < folds; f++)
            {
                sum += byFold[f][p];
            }

            double mean = sum / folds;
            double squares = 0;
            for (int f = 0; f < folds; f++)
            {
                squares += (byFold[f][p] - mean) * (byFold[f][p] - mean);
            }

            scores[p] = sum;
            errors[p] = Math.Sqrt(folds) * Math.Sqrt(squares / folds);
        }

        return (scores, errors);
    }

    /// <summary>The index chosen.</summary>
    public static int Choose(double[] scores, double[] errors, PenaltyChoice choice, Func<IReadOnlyList<double>, int>? callback)
    {
        if (callback is not null)
        {
            int index = callback(scores);
            return index >= 0 && index < scores.Length
                ? index
                : throw new InvalidInputException("ChoiceOutOfRange", $"{{Choice}} returned index {index}; there are {scores.Length} penalties, from 0 to {scores.Length - 1}.", "Choice");
        }

        return choice == PenaltyChoice.Min ? IndexOfMinimum(scores) : OneStandardError(scores, errors);
    }

    private static int IndexOfMinimum(double[] scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] < scores[best])
            {
                best = i;
            }
        }

        return best;
    }

    private static int OneStandardError(double[] scores, double[] errors)
    {
        int chosen = scores.Length - 1;
        double lowestLater = double.PositiveInfinity;
        for (int i = scores.Length - 1; i >= 0; i--)
        {
            if (scores[i] + errors[i] < lowestLater)
            {
                chosen = i;
            }

            lowestLater = Math.Min(lowestLater, scores[i]);
        }

        return chosen;
    }
}
