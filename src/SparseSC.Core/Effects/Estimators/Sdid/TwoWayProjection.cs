using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Effects.Estimators.Sdid;

/// <summary>Takes off outcomes what covariates explain of those not treated, beside an effect of each unit and each time.</summary>
/// <remarks>
/// Least squares of y on x with fixed effects of units and times over the untreated cells; the outcomes become y − x'β everywhere. Source: Kranz (2022),
/// "Synthetic difference-in-differences with time-varying covariates".
/// </remarks>
internal static class TwoWayProjection
{
    private const int MostSweeps = 10_000;
    private const double Precision = 1e-14;
    private const double Explained = 1e-10;

    /// <exception cref="InvalidInputException">A covariate has gaps, or nothing that the fixed effects leave of it.</exception>
    public static EffectData Apply(EffectData data)
    {
        int count = data.VaryingCovariates.Count;
        double[][,] residuals = new double[count + 1][,];
        residuals[count] = Residuals(data, data.Outcomes.ToArray());
        for (int k = 0; k < count; k++)
        {
            double[,] covariate = data.VaryingCovariates[k];
            residuals[k] = Residuals(data, covariate);
            if (Sum(data, residuals[k], residuals[k]) <= Explained * Explained * Sum(data, covariate, covariate))
            {
                throw new InvalidInputException(
                    "CovariateExplained",
                    $"{{Covariates}}: '{data.CovariateNames.ElementAt(k)}' is the same at all times, or for all units, or a sum of both: fixed effects of units and times explain it. Leave it out.",
                    "Covariates");
            }
        }

        double[] coefficients = Coefficients(data, residuals);
        double[,] outcomes = data.Outcomes.ToArray();
        for (int i = 0; i < outcomes.GetLength(0); i++)
        {
            for (int t = 0; t < outcomes.GetLength(1); t++)
            {
                for (int k = 0; k < count; k++)
                {
                    outcomes[i, t] -= coefficients[k] * data.VaryingCovariates[k][i, t];
                }
            }
        }

        FeatureMatrix plain = FeatureMatrix.FromArray(outcomes);
        return new EffectData(
            new FeatureMatrix(plain.Values, plain.Rows, plain.Columns, data.Outcomes.RowNames, data.Outcomes.ColumnNames), data.TreatmentPeriods);
    }

    private static double[] Coefficients(EffectData data, double[][,] residuals)
    {
        int count = residuals.Length - 1;
        AlignedMatrix gram = new(count, count);
        AlignedMatrix right = new(count, 1);
        for (int k = 0; k < count; k++)
        {
            right[k, 0] = Sum(data, residuals[k], residuals[count]);
            for (int l = 0; l < count; l++)
            {
                gram[k, l] = Sum(data, residuals[k], residuals[l]);
            }
        }

        if (!Cholesky.TryFactor(gram))
        {
            throw new InvalidInputException(
                "CovariatesCollinear", "{Covariates} explain each other beside fixed effects of units and times. Leave one of them out.", "Covariates");
        }

        Cholesky.Solve(gram, right);
        return [.. Enumerable.Range(0, count).Select(k => right[k, 0])];
    }

    // What effects of units and times leave of the untreated cells; the others stay as they are and are not read.
    private static double[,] Residuals(EffectData data, double[,] values)
    {
        double[,] left = (double[,])values.Clone();
        double size = Math.Sqrt(Sum(data, left, left));
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double change = Math.Max(TakeMeans(data, left, ofUnits: true), TakeMeans(data, left, ofUnits: false));
            if (sweep > 0 && change <= Precision * size)
            {
                break;
            }
        }

        return left;
    }

    private static double TakeMeans(EffectData data, double[,] values, bool ofUnits)
    {
        int groups = values.GetLength(ofUnits ? 0 : 1);
        double largest = 0;
        for (int group = 0; group < groups; group++)
        {
            double sum = 0;
            int cells = 0;
            for (int i = 0; i < values.GetLength(ofUnits ? 1 : 0); i++)
            {
                (int unit, int time) = ofUnits ? (group, i) : (i, group);
                if (IsUntreated(data, unit, time))
                {
                    sum += values[unit, time];
                    cells++;
                }
            }

            double mean = cells == 0 ? 0 : sum / cells;
            largest = Math.Max(largest, Math.Abs(mean));
            for (int i = 0; i < values.GetLength(ofUnits ? 1 : 0); i++)
            {
                (int unit, int time) = ofUnits ? (group, i) : (i, group);
                values[unit, time] -= mean;
            }
        }

        return largest;
    }

    private static double Sum(EffectData data, double[,] a, double[,] b)
    {
        double sum = 0;
        for (int unit = 0; unit < a.GetLength(0); unit++)
        {
            for (int time = 0; time < a.GetLength(1); time++)
            {
                sum += IsUntreated(data, unit, time) ? a[unit, time] * b[unit, time] : 0;
            }
        }

        return sum;
    }

    private static bool IsUntreated(EffectData data, int unit, int time) => !(time >= data.TreatmentPeriods[unit]);
}
