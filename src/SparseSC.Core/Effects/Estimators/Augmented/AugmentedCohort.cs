using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Numerics.LinearAlgebra;

namespace SparseSC.Core.Effects.Estimators.Augmented;

/// <summary>What is matched: outcomes before the treatment, centred by the controls, and covariates.</summary>
internal sealed class AugmentedCohort
{
    private readonly double[][] _covariates;
    private readonly double[] _treatedCovariates;

    /// <param name="cohort">The cohort; with fixed effects its outcomes are already deviations.</param>
    /// <param name="use">What is done with covariates.</param>
    public AugmentedCohort(MeanCohort cohort, CovariateUse use)
    {
        int controls = cohort.Controls.Length;
        Controls = [.. cohort.Controls.Select(unit => unit.Outcomes[..cohort.Pre])];
        Treated = cohort.Mean.Outcomes[..cohort.Pre];
        Outcomes = cohort.Pre;
        Centre(Controls, Treated);
        _covariates = [.. cohort.Controls.Select(unit => unit.Covariates.Select(values => Mean(values, cohort.Pre)).ToArray())];
        _treatedCovariates = [.. cohort.Mean.Covariates.Select(values => Mean(values, cohort.Pre))];
        IsResidual = use == CovariateUse.Residualize && _treatedCovariates.Length > 0;
        if (_treatedCovariates.Length == 0)
        {
            return;
        }

        Centre(_covariates, _treatedCovariates);
        if (IsResidual)
        {
            TakeOff();
            return;
        }

        double deviation = Deviation(Controls.SelectMany(row => row));
        for (int k = 0; k < _treatedCovariates.Length; k++)
        {
            double own = Deviation(_covariates.Select(row => row[k]));
            double factor = own > 0 ? deviation / own : 0;
            for (int i = 0; i < controls; i++)
            {
                Controls[i] = [.. Controls[i], factor * _covariates[i][k]];
            }

            Treated = [.. Treated, factor * _treatedCovariates[k]];
        }
    }

    /// <summary>N0 rows of what is matched.</summary>
    public double[][] Controls { get; }

    /// <summary>The same of the mean of the treated.</summary>
    public double[] Treated { get; private set; }

    /// <summary>The first so many columns are outcomes.</summary>
    public int Outcomes { get; }

    /// <summary>Whether outcomes are what covariates leave of them.</summary>
    public bool IsResidual { get; }

    /// <summary>The treated less Σ w_j of the controls, in what is matched.</summary>
    public double[] Imbalance(double[] weights)
    {
        double[] rest = [.. Treated];
        for (int i = 0; i < weights.Length; i++)
        {
            for (int k = 0; k < rest.Length && weights[i] != 0; k++)
            {
                rest[k] -= weights[i] * Controls[i][k];
            }
        }

        return rest;
    }

    /// <summary>Weights that match the covariates as well: w + Z (Z'Z)⁻¹ (z₁ − Z'w).</summary>
    public double[] MatchCovariates(double[] weights)
    {
        double[] rest = [.. _treatedCovariates];
        for (int i = 0; i < weights.Length; i++)
        {
            for (int k = 0; k < rest.Length; k++)
            {
                rest[k] -= weights[i] * _covariates[i][k];
            }
        }

        double[] solved = Solve([rest])[0];
        return [.. weights.Select((weight, i) => weight + Product(_covariates[i], solved))];
    }

    private void TakeOff()
    {
        int columns = Outcomes;
        double[][] products = [.. Enumerable.Range(0, columns).Select(t =>
            Enumerable.Range(0, _treatedCovariates.Length).Select(k => Controls.Select((row, i) => row[t] * _covariates[i][k]).Sum()).ToArray())];
        double[][] coefficients = Solve(products);
        for (int t = 0; t < columns; t++)
        {
            for (int i = 0; i < Controls.Length; i++)
            {
                Controls[i][t] -= Product(_covariates[i], coefficients[t]);
            }

            Treated[t] -= Product(_treatedCovariates, coefficients[t]);
        }
    }

    private double[][] Solve(double[][] right)
    {
        int count = _treatedCovariates.Length;
        AlignedMatrix gram = new(count, count);
        AlignedMatrix solution = new(count, right.Length);
        for (int k = 0; k < count; k++)
        {
            for (int l = 0; l < count; l++)
            {
                gram[k, l] = _covariates.Sum(row => row[k] * row[l]);
            }

            for (int c = 0; c < right.Length; c++)
            {
                solution[k, c] = right[c][k];
            }
        }

        if (!Cholesky.TryFactor(gram))
        {
            throw new InvalidInputException(
                "CovariatesCollinear", "{Covariates}: one is the same for all controls, or explained by the others. Leave it out.", "Covariates");
        }

        Cholesky.Solve(gram, solution);
        return [.. right.Select((_, c) => Enumerable.Range(0, count).Select(k => solution[k, c]).ToArray())];
    }

    private static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Mean(double[] values, int pre)
    {
        double[] known = [.. values.Take(pre).Where(value => !double.IsNaN(value))];
        return known.Length > 0
            ? known.Average()
            : throw new InvalidInputException("CovariateHasGaps", "{Covariates}: one has no value before the treatment for some unit. Leave it or the unit out.", "Covariates");
    }

    private static void Centre(double[][] rows, double[] treated)
    {
        for (int k = 0; k < treated.Length; k++)
        {
            double mean = rows.Average(row => row[k]);
            treated[k] -= mean;
            foreach (double[] row in rows)
            {
                row[k] -= mean;
            }
        }
    }

    private static double Deviation(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1));
    }
}
