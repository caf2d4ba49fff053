using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Numerics.Optimization;

namespace SparseSC.Core.Effects.Estimators.Sdid;

/// <summary>Coefficients of covariates searched together with both weights.</summary>
/// <remarks>
/// A gradient step of length 1/t for the coefficients, then one Frank-Wolfe step for each of the weights. Source: the package synthdid, argument X;
/// Arkhangelsky et al. (2021), footnote 4.
/// </remarks>
internal sealed class SdidDescent
{
    private const int MostSteps = 10_000;

    private readonly MeanCohort _cohort;
    private readonly SdidPenalties _penalties;
    private double[][] _timeRows = [];
    private double[][] _unitRows = [];
    private double[] _timeErrors = [];
    private double[] _unitErrors = [];

    /// <param name="cohort">The cohort.</param>
    /// <param name="penalties">The penalties.</param>
    /// <param name="unitStart">Unit weights to start from; <c>null</c> for equal ones.</param>
    /// <param name="timeStart">Time weights to start from; <c>null</c> for equal ones.</param>
    public SdidDescent(MeanCohort cohort, SdidPenalties penalties, double[]? unitStart, double[]? timeStart)
    {
        _cohort = cohort;
        _penalties = penalties;
        UnitWeights = SdidWeights.Normalised(unitStart, cohort.Controls.Length);
        TimeWeights = SdidWeights.Normalised(timeStart, cohort.Pre);
        Coefficients = new double[cohort.Mean.Covariates.Length];
    }

    public double[] Coefficients { get; }

    public double[] UnitWeights { get; }

    public double[] TimeWeights { get; }

    /// <summary>Searches until a step changes the objective by no more than the square of the penalties' least decrease.</summary>
    public void Run()
    {
        (double[][] Times, double[][] Units)[] covariates = [.. Enumerable.Range(0, Coefficients.Length).Select(Rows)];
        double before = double.NaN;
        Update();
        for (int step = 1; step <= MostSteps; step++)
        {
            for (int k = 0; k < Coefficients.Length; k++)
            {
                double slope = Slope(covariates[k].Times, TimeWeights, _timeErrors) + Slope(covariates[k].Units, UnitWeights, _unitErrors);
                Coefficients[k] += slope / step;
            }

            double value = Update();
            if (step > 2 && Math.Abs(before - value) <= _penalties.MinDecrease * _penalties.MinDecrease)
            {
                return;
            }

            before = value;
        }
    }

    private (double[][] Times, double[][] Units) Rows(int k)
    {
        double[][] controls = [.. _cohort.Controls.Select(unit => unit.Covariates[k])];
        return (SdidWeights.TimeRows(controls, _cohort.Pre), SdidWeights.UnitRows(controls, _cohort.Mean.Covariates[k], _cohort.Pre));
    }

    private double Update()
    {
        double[][] controls = [.. _cohort.Controls.Select(unit => unit.Without(Coefficients).Outcomes)];
        _timeRows = SdidWeights.Centred(SdidWeights.TimeRows(controls, _cohort.Pre));
        _unitRows = SdidWeights.Centred(SdidWeights.UnitRows(controls, _cohort.Mean.Without(Coefficients).Outcomes, _cohort.Pre));
        return Update(_timeRows, TimeWeights, _penalties.Times, ref _timeErrors) + Update(_unitRows, UnitWeights, _penalties.Units, ref _unitErrors);
    }

    private static double Update(double[][] rows, double[] weights, double zeta, ref double[] errors)
    {
        double[] target = [.. rows.Select(row => row[weights.Length])];
        errors = new double[rows.Length];
        FrankWolfeSimplex.Step(rows, target, zeta, weights);
        return FrankWolfeSimplex.Value(rows, target, zeta, weights, errors);
    }

    // Half the negative derivative of the mean squared error by the coefficient.
    private static double Slope(double[][] rows, double[] weights, double[] errors)
    {
        double sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double fitted = -rows[i][weights.Length];
            for (int j = 0; j < weights.Length; j++)
            {
                fitted += rows[i][j] * weights[j];
            }

            sum += errors[i] * fitted;
        }

        return sum / rows.Length;
    }
}
