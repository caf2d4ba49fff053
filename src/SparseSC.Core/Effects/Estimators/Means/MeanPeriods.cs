using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>The models of treatment times as other estimates have them: of controls, and of one unit that is the mean of the treated.</summary>
internal sealed class MeanPeriods
{
    private readonly EffectData _means;
    private readonly EffectOptions _options;
    private readonly MeanPanel _panel;
    private readonly MeanCohort[] _cohorts;
    private readonly MeanFit[] _fits;
    private readonly int[] _controls;

    public MeanPeriods(EffectData data, EffectOptions options, MeanPanel panel, MeanCohort[] cohorts, MeanFit[] fits)
    {
        _means = data.AverageTreated();
        _options = options;
        _panel = panel;
        _cohorts = cohorts;
        _fits = fits;
        _controls = [.. Enumerable.Range(0, _means.Outcomes.Rows).Where(row => _means.TreatmentPeriods[row] is null)];
    }

    /// <summary>Sets units, times, outcomes and models.</summary>
    /// <param name="estimate">What is to have them.</param>
    /// <param name="heldOut">Per control the estimate with it as the treated unit; <c>null</c> where there are none.</param>
    /// <param name="replicates">What widths of intervals are made from.</param>
    public void Fill(EffectEstimate estimate, MeanReplicate[]? heldOut, MeanReplicate[] replicates)
    {
        int times = _means.Outcomes.Columns;
        estimate.Units = [.. Enumerable.Range(0, _means.Outcomes.Rows).Select(_means.UnitName)];
        estimate.Times = [.. Enumerable.Range(0, times).Select(_means.TimeName)];
        estimate.Observed = _means.Outcomes.ToArray();
        estimate.Synthetic = new double[_means.Outcomes.Rows, times];
        MatrixRows.All(estimate.Synthetic).Fill(double.NaN);
        estimate.Periods = [.. _panel.Groups.Select((_, g) => Period(g, estimate.Synthetic, heldOut, replicates))];
    }

    private PeriodEffect Period(int g, double[,] synthetic, MeanReplicate[]? heldOut, MeanReplicate[] replicates)
    {
        MeanGroup group = _panel.Groups[g];
        int treated = Array.IndexOf(_means.TreatmentPeriods, group.Period);
        int[] units = [.. _controls.Append(treated).Order()];
        double[] predicted = Synthetic(g, treated);
        predicted.CopyTo(MatrixRows.Row(synthetic, treated));
        double[,] rows = new double[units.Length, predicted.Length];
        MatrixRows.All(rows).Fill(double.NaN);
        predicted.CopyTo(MatrixRows.Row(rows, Array.IndexOf(units, treated)));
        double[,]? held = heldOut is null ? null : new double[_controls.Length, group.Pre + group.Post];
        for (int c = 0; c < (heldOut?.Length ?? 0); c++)
        {
            for (int t = 0; t < group.Pre + group.Post; t++)
            {
                held![c, t] = _means.Outcomes[_controls[c], group.Start + t] - heldOut![c].Parts[g][t];
                rows[Array.IndexOf(units, _controls[c]), group.Start + t] = held[c, t];
                synthetic[_controls[c], group.Start + t] = held[c, t];
            }
        }

        return new PeriodEffect
        {
            TreatmentTime = _means.TimeName(group.Period),
            TreatmentPeriod = group.Period,
            FitPeriod = group.Period,
            Units = units,
            ControlUnits = _controls,
            TreatedUnits = [treated],
            Fit = Fit(g, units, treated, rows),
            TimeWeights = _fits[g].TimeWeights,
            Synthetic = rows,
            WindowStart = group.Start,
            HeldOutSynthetic = held,
            MatchPValue = double.NaN,
            IndividualHalfWidths = HalfWidths(g, replicates),
        };
    }

    private SyntheticControlFit Fit(int g, int[] units, int treated, double[,] rows)
    {
        MeanGroup group = _panel.Groups[g];
        MeanFit fit = _fits[g];
        int position = Array.IndexOf(units, treated);
        double[,] weights = new double[1, _controls.Length];
        fit.DonorWeights.CopyTo(MatrixRows.Row(weights, 0));
        double[] plain = _cohorts[g].Gaps([.. Enumerable.Repeat(1.0 / _controls.Length, _controls.Length)]);
        double sum = fit.DonorWeights.Sum(Math.Abs);
        return new SyntheticControlFit
        {
            ModelType = ModelType.Retrospective,
            ControlUnits = [.. _controls.Select(row => Array.IndexOf(units, row))],
            TreatedUnits = [position],
            UnitNames = [.. units.Select(_means.UnitName)],
            FeatureNames = [.. Enumerable.Range(group.Start, group.Pre).Select(_means.TimeName)],
            TargetNames = [.. Enumerable.Range(group.Period, group.Post).Select(_means.TimeName)],
            VPen = double.NaN,
            WPen = fit.Penalties.Length > 0 ? fit.Penalties[0] : double.NaN,
            Rank = fit.Rank,
            V = new double[group.Pre],
            Constraint = WeightConstraint.Orthant,
            Score = double.NaN,
            ScoreR2 = double.NaN,
            Weights = _options.Weights == KeptUnits.None ? null : weights,
            WeightUnits = _options.Weights == KeptUnits.None ? null : [position],
            Predictions = Columns(rows, group),
            Targets = Columns(MatrixRows.Rows(_means.Outcomes.ToArray(), units), group),
            PreRmspe = Size(fit.Differences.AsSpan(0, group.Pre), 0),
            MeanRmspe = Size(plain.AsSpan(0, group.Pre), plain.Take(group.Pre).Average()),
            EffectiveDonors = sum * sum / fit.DonorWeights.Sum(weight => weight * weight),
            Balance = Balance(g, treated, MatrixRows.Row(rows, position).ToArray()),
            Warnings = fit.Warnings,
        };
    }

    // Only augmented weights match covariates; elsewhere they adjust outcomes.
    private BalanceRow[] Balance(int g, int treated, double[] predicted)
    {
        MeanGroup group = _panel.Groups[g];
        string[] covariates = _options.Method == EffectMethod.Augmented ? [.. _means.CovariateNames] : [];
        return
        [
            .. covariates.Select((name, k) =>
            {
                double Mean(UnitSeries unit) => unit.Covariates[k][..group.Pre].Where(value => !double.IsNaN(value)).Average();
                double[] donors = [.. _cohorts[g].Controls.Select(Mean)];
                return MatchBalance.Row(name, Mean(_cohorts[g].Mean), donors.Zip(_fits[g].DonorWeights).Sum(pair => pair.First * pair.Second), donors);
            }),
            .. EffectBalance.Outcomes(
                _means.TimeName,
                group.Start,
                group.Pre,
                [_means.Outcomes.Row(treated).ToArray()],
                [predicted],
                [.. _controls.Select(row => _means.Outcomes.Row(row).ToArray())]),
        ];
    }

    // Weights and the shift between both are those of the window; they hold at all times.
    private double[] Synthetic(int g, int treated)
    {
        MeanGroup group = _panel.Groups[g];
        UnitSeries All(int row) => _panel.Series(row, 0, _means.Outcomes.Columns);
        MeanCohort whole = _fits[g].Adjust(new MeanCohort([.. _panel.Controls.Select(All)], [.. group.Treated.Select(All)], group.Period));
        double[] gaps = whole.Gaps(_fits[g].DonorWeights);
        double shift = gaps[group.Start] - _fits[g].Differences[0];
        double[] synthetic = [.. gaps.Select((gap, t) => _means.Outcomes[treated, t] - gap + shift)];
        for (int t = 0; t < group.Pre + group.Post; t++)
        {
            synthetic[group.Start + t] = _means.Outcomes[treated, group.Start + t] - _fits[g].Differences[t];
        }

        return synthetic;
    }

    private double[] HalfWidths(int g, MeanReplicate[] replicates)
    {
        MeanGroup group = _panel.Groups[g];
        double[] widths = [.. Enumerable.Repeat(double.PositiveInfinity, _means.Outcomes.Columns)];
        for (int t = 0; t < group.Pre + group.Post && replicates.All(replicate => replicate.Parts.Count == _panel.Groups.Length); t++)
        {
            double[] values = [.. replicates.Select(replicate => replicate.Parts[g][t])];
            widths[group.Start + t] = _options.Inference switch
            {
                EffectInference.Placebo => PlaceboDistribution.HalfWidth([.. values.Select(Math.Abs)], _options.Level, _options.Interval),
                EffectInference.Bootstrap => Half(PlaceboDistribution.StandardError(values)),
                EffectInference.Jackknife => Half(MeanInference.Jackknife(values, _panel.Controls.Length + _panel.TreatedCount)),
                _ => double.PositiveInfinity,
            };
        }

        return widths;
    }

    private double Half(double? error) => MeanInference.Quantile(_options.Level) * (error ?? double.PositiveInfinity);

    private static double[,] Columns(double[,] rows, MeanGroup group)
    {
        double[,] result = new double[rows.GetLength(0), group.Post];
        for (int row = 0; row < result.GetLength(0); row++)
        {
            MatrixRows.Row(rows, row).Slice(group.Period, group.Post).CopyTo(MatrixRows.Row(result, row));
        }

        return result;
    }

    private static double Size(ReadOnlySpan<double> values, double mean)
    {
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / values.Length);
    }
}
