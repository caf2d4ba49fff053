using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Augmented;

/// <summary>The ridge penalty by leaving out one period after the other.</summary>
/// <param name="Lambda">The one chosen.</param>
/// <param name="Lambdas">Those tried, from the squared largest singular value down to 10⁻⁸ of it.</param>
/// <param name="Errors">Mean squared held-out errors.</param>
/// <param name="StandardErrors">Their standard errors.</param>
internal sealed record LambdaSearch(double Lambda, double[] Lambdas, double[] Errors, double[] StandardErrors)
{
    private const int Steps = 20;
    private const double Smallest = 1e-8;

    /// <summary>Searches. The last period is never left out, as in the package augsynth.</summary>
    /// <param name="matched">What is matched.</param>
    /// <param name="ridge">Its correction.</param>
    /// <param name="choice">The largest λ within one standard error of the lowest error, or that of the lowest.</param>
    /// <param name="weightsWithout">The weights to correct, made without a column.</param>
    public static LambdaSearch Run(AugmentedCohort matched, RidgePath ridge, PenaltyChoice choice, Func<int, double[]> weightsWithout)
    {
        double largest = ridge.Largest > 0 ? ridge.Largest : 1;
        double[] lambdas = [.. Enumerable.Range(0, Steps + 1).Select(j => largest * Math.Pow(Smallest, j / (double)Steps))];
        int held = matched.Outcomes - 1;
        double[][] squares = [.. Enumerable.Range(0, held).Select(t =>
        {
            double[] rest = matched.Imbalance(weightsWithout(t));
            return ridge.HeldOutErrors(rest, t, lambdas).Select(error => error * error).ToArray();
        })];
        double[] means = [.. lambdas.Select((_, j) => squares.Average(row => row[j]))];
        double[] errors = [.. lambdas.Select((_, j) =>
            Math.Sqrt(squares.Sum(row => (row[j] - means[j]) * (row[j] - means[j])) / Math.Max(1, held - 1) / held))];
        int best = Array.IndexOf(means, means.Min());
        int chosen = choice == PenaltyChoice.Min ? best : Array.FindIndex(means, mean => mean <= means[best] + errors[best]);
        return new LambdaSearch(lambdas[chosen], lambdas, means, errors);
    }
}
