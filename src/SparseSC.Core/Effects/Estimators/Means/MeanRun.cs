using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Effects.Diagnosis;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects.Estimators.Means;

/// <summary>An effect estimate by a <see cref="MeanEstimator"/>.</summary>
internal sealed class MeanRun
{
    private readonly EffectData _data;
    private readonly EffectOptions _options;
    private readonly MeanEstimator _estimator;
    private readonly MeanPanel _panel;
    private readonly double _negligible;
    private readonly IProgress<FitProgress>? _progress;
    private readonly ParallelOptions _parallel;

    public MeanRun(EffectData data, EffectOptions options, MeanEstimator estimator, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        EffectOptionsValidator.Check(data, options);
        _data = data;
        _options = options;
        _estimator = estimator;
        _panel = MeanPanel.Create(estimator.Prepare(data), options);
        _negligible = RoundingNoise.Limit(data.Outcomes, 0, data.Outcomes.Columns);
        _progress = progress;
        _parallel = ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken);
    }

    /// <exception cref="InvalidInputException">There is no such standard error.</exception>
    public EffectEstimate Estimate()
    {
        MeanCohort[] cohorts = [.. _panel.Groups.Select((group, g) => _panel.Cohort(g, _panel.Controls, group.Treated))];
        MeanFit[] fits = [.. cohorts.Select(_estimator.Fit)];
        MeanReplicate main = MeanReplicate.Of([.. cohorts.Zip(fits, (cohort, fit) => (cohort, Clean(fit.Differences)))], _negligible);
        MeanResampling resampling = new(_estimator, _panel, fits, _options, _negligible, _parallel);
        MeanReplicate[] replicates = Replicates(resampling, fits);
        bool isPlacebo = _options.Inference == EffectInference.Placebo;
        MeanInference inference = new(
            _options.Inference, _options.Placebos(null, _negligible), (isPlacebo && resampling.IsExhaustive) || _options.Inference is EffectInference.Jackknife or EffectInference.JackknifePlus,
            _panel.Controls.Length + _panel.TreatedCount);
        string[] after = Times(isBefore: false);
        EffectEstimate estimate = new()
        {
            Method = _estimator.Method,
            Inference = _options.Inference,
            ModelType = ModelType.Retrospective,
            PrePeriods = _panel.Groups.Min(group => group.Pre),
            PostPeriods = _panel.Groups.Min(group => group.Post),
            EvaluationPeriods = _panel.Groups.Max(group => group.Post),
            PreFit = inference.Judge(main.Before, [.. replicates.Select(replicate => replicate.Before)], Times(isBefore: true)),
            Effect = inference.Judge(main.After, [.. replicates.Select(replicate => replicate.After)], after),
            ScaledEffect = isPlacebo && main.Scaled is not null && replicates.All(replicate => replicate.Scaled is not null)
                ? inference.Judge(main.Scaled, [.. replicates.Select(replicate => replicate.Scaled!)], after)
                : null,
            CrossFitFolds = isPlacebo && resampling.IsExhaustive ? EffectOptions.HoldOutEach : 1,
            CrossFitSeed = _options.Seed,
        };
        if (_options.Inference == EffectInference.Conformal)
        {
            estimate.Effect = new MeanConformal(_estimator, _options, _parallel).Judge(cohorts, fits, main.After, after);
        }
        else if (_options.Inference == EffectInference.JackknifePlus)
        {
            JackknifePlus.Judge(estimate.Effect, _estimator, cohorts, fits, _parallel);
        }

        new MeanPeriods(_data, _options, _panel, cohorts, fits).Fill(estimate, isPlacebo && resampling.IsExhaustive ? replicates : null, replicates);
        Total(estimate);
        estimate.Warnings = [.. Warnings(estimate, fits)];
        double matchPValue = isPlacebo ? estimate.PreFit.Rms.PValue : double.NaN;
        bool hasFixedEffects = _options.Demean || _estimator.Method == EffectMethod.Sdid;
        estimate.Diagnostics = EffectDiagnosis.Of(estimate, matchPValue, hasFixedEffects, isPlacebo, _parallel.CancellationToken);
        return estimate;
    }

    private MeanReplicate[] Replicates(MeanResampling resampling, MeanFit[] fits)
    {
        int done = 0;
        void Done(int total) => _progress?.Report(new FitProgress("Estimating replicates", 0, Interlocked.Increment(ref done), total));
        return _options.Inference switch
        {
            EffectInference.Jackknife => [.. _estimator.WithoutEach(_panel, fits, _parallel)],
            EffectInference.JackknifePlus or EffectInference.Conformal => [],
            EffectInference.Bootstrap => resampling.Bootstrap(Done),
            _ => resampling.Placebos(Done),
        };
    }

    private double[] Clean(double[] differences) => [.. differences.Select(difference => RoundingNoise.Clean(difference, _negligible))];

    private string[] Times(bool isBefore)
    {
        int length = _panel.Groups.Max(group => isBefore ? group.Pre : group.Post);
        int first = isBefore ? -length : 0;
        return _panel.Groups.Length == 1
            ? [.. Enumerable.Range(_panel.Groups[0].Period + first, length).Select(_data.TimeName)]
            : [.. Enumerable.Range(first, length).Select(time => time.ToString(CultureInfo.InvariantCulture))];
    }

    private void Total(EffectEstimate estimate)
    {
        List<double> synthetic = [];
        foreach ((PeriodEffect period, MeanGroup group) in estimate.Periods.Zip(_panel.Groups))
        {
            double[] row = [.. MatrixRows.Row(estimate.Synthetic, period.TreatedUnits[0]).Slice(group.Period, group.Post).ToArray()];
            synthetic.AddRange(Enumerable.Repeat(row, group.Treated.Length).SelectMany(values => values));
        }

        EffectTotals.Set(estimate.Effect, _panel.Groups.Sum(group => (double)group.Treated.Length * group.Post) / _panel.TreatedCount, synthetic);
    }

    private IEnumerable<string> Warnings(EffectEstimate estimate, MeanFit[] fits)
    {
        IEnumerable<string> all = _data.Warnings.Concat(fits.SelectMany(fit => fit.Warnings));
        all = LookAlikes.Warning(_data.Outcomes.RowNames) is string alike ? all.Append(alike) : all;
        if (_options.Inference == EffectInference.Placebo)
        {
            all = EffectWarnings.Unbounded(estimate.Effect) is string unbounded ? all.Append(unbounded) : all;
            all = EffectWarnings.FewPlacebos(_panel.Controls.Length) is string few ? all.Append(few) : all;
        }

        return all.Distinct();
    }
}
