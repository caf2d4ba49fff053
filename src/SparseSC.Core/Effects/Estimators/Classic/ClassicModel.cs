using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Classic;

/// <summary>Effects by classic synthetic control: predictors, whose weights are those that match outcomes before the treatment best.</summary>
/// <remarks>
/// Without covariates every outcome matched on is a predictor, and weighing them alike matches best. Source: Abadie and Gardeazabal (2003), American Economic Review 93;
/// Abadie, Diamond, Hainmueller (2010), JASA 105, and (2015), American Journal of Political Science 59, for the split.
/// </remarks>
/// <param name="options">V, the seed of the search, and the model type.</param>
/// <param name="validation">Name of the time at which predictors are split, which are then there twice; <c>null</c> for none.</param>
internal sealed class ClassicModel(EffectOptions options, string? validation) : DonorWeightModel(options.ModelType)
{
    private const double Rounding = 1e-12;

    /// <inheritdoc/>
    protected override DonorWeights Solve(FitData data, int unit, int[] donors, CancellationToken cancellationToken)
    {
        ClassicProblem problem = Problem(data, unit, donors, isTraining: true);
        double[] v = options.Classic.V is double[] given ? Given(given, problem) : Best(problem, data, cancellationToken);
        ClassicProblem last = validation is null ? problem : Problem(data, unit, donors, isTraining: false);
        return new DonorWeights(last.Weights(v), Placed(v, data));
    }

    /// <inheritdoc/>
    protected override DonorWeights SolveControl(FitData data, int unit, int[] donors, double[] v, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (int start, int count) = Predictors(data, isTraining: false);
        return new DonorWeights(Problem(data, unit, donors, isTraining: false).Weights(v[start..(start + count)]));
    }

    /// <inheritdoc/>
    protected override void Describe(FitData data, SyntheticControlFit fit)
    {
        fit.FeatureCentre = new double[data.Features.Columns];
        fit.FeatureScale = [.. Enumerable.Range(0, data.Features.Columns).Select(k =>
        {
            double[] column = [.. Enumerable.Range(0, data.Features.Rows).Select(row => data.Features[row, k])];
            double mean = column.Average();
            double deviation = Math.Sqrt(column.Sum(value => (value - mean) * (value - mean)) / (column.Length - 1));
            return deviation > 0 ? deviation : 1;
        })];
    }

    private double[] Best(ClassicProblem problem, FitData data, CancellationToken cancellationToken)
    {
        if (data.Covariates is null or 0)
        {
            double[] alike = [.. problem.Scale.Select(scale => scale * scale)];
            double sum = alike.Sum();
            return [.. alike.Select(value => sum > 0 ? value / sum : 1.0 / alike.Length)];
        }

        double[] v = NearestEqual.Of(problem, new PredictorSearch(problem, cancellationToken).Run(options.Seed));
        return [.. v.Select(value => value > Rounding ? value : 0)];
    }

    private static double[] Given(double[] v, ClassicProblem problem)
    {
        if (v.Length != problem.Predictors)
        {
            throw new InvalidInputException("FeatureCountMismatch", $"{{V}} has {v.Length} weights; there are {problem.Predictors} predictors.", "V");
        }

        double sum = v.Sum();
        return sum > 0 && v.All(value => value >= 0) && double.IsFinite(sum)
            ? [.. v.Select(value => value / sum)]
            : throw new InvalidInputException("OptionOutOfRange", "{V} must be finite numbers, 0 or more, and not all 0.", "V");
    }

    private ClassicProblem Problem(FitData data, int unit, int[] donors, bool isTraining)
    {
        (int start, int count) = Predictors(data, isTraining);
        int outcomes = data.Covariates ?? 0;
        int validated = validation is null ? outcomes : data.Features.ColumnNames!.ToList().IndexOf(validation, outcomes);

        // A window that begins after that time is used to validate as a whole.
        int from = Math.Max(outcomes, validated);
        double[] Row(int column) => [data.Features[unit, column], .. donors.Select(donor => data.Features[donor, column])];
        return new ClassicProblem(
            [.. Enumerable.Range(start, count).Select(Row)], [.. Enumerable.Range(from, data.Features.Columns - from).Select(Row)]);
    }

    private (int Start, int Count) Predictors(FitData data, bool isTraining)
    {
        int covariates = data.Covariates ?? 0;
        return covariates == 0 ? (0, data.Features.Columns)
            : validation is null ? (0, covariates)
            : (isTraining ? 0 : covariates / 2, covariates / 2);
    }

    // Features that are no predictors, or those only their weights are chosen by, have none.
    private double[] Placed(double[] v, FitData data)
    {
        (int start, _) = Predictors(data, isTraining: false);
        double[] placed = new double[data.Features.Columns];
        v.CopyTo(placed, start);
        return placed;
    }
}
