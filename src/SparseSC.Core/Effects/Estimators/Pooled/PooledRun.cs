using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Effects.Diagnosis;
using SparseSC.Core.Effects.Estimators.Means;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;
using SparseSC.Numerics.Random;

namespace SparseSC.Core.Effects.Estimators.Pooled;

/// <summary>An effect estimate by partially pooled synthetic control.</summary>
/// <remarks>Refits of other units keep ν, leads and lags. Placebos are controls in the treated units' places, at the same times, the treated units left out.</remarks>
internal sealed class PooledRun
{
    private readonly EffectData _data;
    private readonly EffectOptions _options;
    private readonly PooledSample _sample;
    private readonly int[] _controls;
    private readonly int[] _treated;
    private readonly PooledSettings _settings;
    private readonly double _negligible;
    private readonly IProgress<FitProgress>? _progress;
    private readonly ParallelOptions _parallel;

    public PooledRun(EffectData data, EffectOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        EffectOptionsValidator.Check(data, options);
        EffectWindows.Resolve(data, options);
        _data = data;
        _options = options;
        int units = data.Outcomes.Rows;
        _sample = new PooledSample([.. Enumerable.Range(0, units).Select(row => data.Outcomes.Row(row).ToArray())], data.TreatmentPeriods);
        _controls = [.. Enumerable.Range(0, units).Where(row => data.TreatmentPeriods[row] is null)];
        _treated = [.. Enumerable.Range(0, units).Where(row => data.TreatmentPeriods[row] is not null)];
        Check();
        _settings = new PooledSettings(
            options.Pooled.Leads ?? (_sample.Times - _sample.Longest),
            options.Pooled.Lags ?? _sample.Longest,
            options.Pooled.Nu,
            options.Pooled.By == PooledBy.Cohort,
            options.Pooled.FixedEffects);
        _negligible = RoundingNoise.Limit(data.Outcomes, 0, data.Outcomes.Columns);
        _progress = progress;
        _parallel = ParallelLimit.Of(options.MaxDegreeOfParallelism, cancellationToken);
    }

    private bool IsJackknife => _options.Inference == EffectInference.Jackknife;

    private bool IsExhaustive => _treated.Length == 1;

    /// <exception cref="InvalidInputException">There are too few controls for placebos.</exception>
    public EffectEstimate Estimate()
    {
        PooledFit fit = PooledFit.Of(_sample, _settings)!;
        int leads = fit.Targets.Max(target => target.End - target.Period);
        PooledPaths main = PooledPaths.Of(fit, _sample.Longest, leads, _negligible);
        PooledPaths[] replicates = IsJackknife ? Jackknife(fit, leads) : Placebos(fit, leads);
        MeanInference inference = new(_options.Inference, _options.Placebos(null, _negligible), IsJackknife || IsExhaustive, _sample.Periods.Length);
        EffectEstimate estimate = new()
        {
            Method = EffectMethod.PartiallyPooled,
            Inference = _options.Inference,
            ModelType = ModelType.Retrospective,
            PrePeriods = fit.Targets.Min(target => target.Period),
            PostPeriods = fit.Targets.Min(target => target.End - target.Period),
            EvaluationPeriods = leads,
            PreFit = inference.Judge(main.Before, [.. replicates.Select(replicate => replicate.Before)], Times(-_sample.Longest, _sample.Longest)),
            Effect = inference.Judge(main.After, [.. replicates.Select(replicate => replicate.After)], Times(0, leads)),
            ScaledEffect = !IsJackknife && main.Scaled is not null && replicates.All(replicate => replicate.Scaled is not null)
                ? inference.Judge(main.Scaled, [.. replicates.Select(replicate => replicate.Scaled!)], Times(0, leads))
                : null,
            CrossFitFolds = !IsJackknife && IsExhaustive ? EffectOptions.HoldOutEach : 1,
            CrossFitSeed = _options.Seed,
            Pooling = Summary(fit),
        };
        new PooledPeriods(_data, _options, fit, _controls).Fill(estimate, !IsJackknife && IsExhaustive ? replicates : null);
        double[] synthetic = [.. fit.Differences.SelectMany(unit => Enumerable.Range(unit.Target.Period, unit.Target.End - unit.Target.Period)
            .Select(t => _data.Outcomes[unit.Unit, t] - unit.Values[t]))];
        EffectTotals.Set(estimate.Effect, fit.Differences.Average(unit => (double)(unit.Target.End - unit.Target.Period)), synthetic);
        estimate.Warnings = [.. Warnings(estimate).Distinct()];
        double matchPValue = IsJackknife ? double.NaN : estimate.PreFit.Rms.PValue;
        estimate.Diagnostics = EffectDiagnosis.Of(estimate, matchPValue, _settings.FixedEffects, !IsJackknife, _parallel.CancellationToken);
        return estimate;
    }

    private void Check()
    {
        string estimator = "{Estimator} {Estimator:PartiallyPooled}";
        if (_controls.Length < 2)
        {
            throw new InvalidInputException(
                "TooFewControls",
                $"{Counted.Of(_controls.Length, "unit")} {(_controls.Length == 1 ? "is" : "are")} never treated; {estimator} needs at least 2 as donors of the unit treated last.",
                "TreatedUnit");
        }

        int first = _treated.MinBy(row => _sample.Periods[row]!.Value);
        int most = _sample.Times - _sample.Periods[first]!.Value;
        if (_options.Pooled.Leads > most)
        {
            throw TooMany("Leads", _options.Pooled.Leads.Value, most, "from the first treatment on");
        }

        if (_options.Pooled.Lags > _sample.Longest)
        {
            throw TooMany("Lags", _options.Pooled.Lags.Value, _sample.Longest, "before the last treatment");
        }

        int least = _options.Pooled.FixedEffects ? 2 : 1;
        if (_sample.Periods[first] < least)
        {
            throw new InvalidInputException(
                "TooFewPrePeriods",
                $"{estimator} needs at least {least} periods before a treatment; that from {_data.SayTime(_sample.Periods[first]!.Value)} on has {_sample.Periods[first]}.",
                "Estimator");
        }
    }

    private static InvalidInputException TooMany(string name, int value, int most, string where) =>
        new("OptionOutOfRange", $"{{{name}}} {value} is more than the {Counted.Of(most, "period")} {where}. Give {most} or less.", name);

    private PooledPaths[] Jackknife(PooledFit main, int leads)
    {
        PooledPaths?[] paths = new PooledPaths?[_sample.Periods.Length];
        Run(paths.Length, i => paths[i] = Refit(_sample.Without(i), main, leads));
        return [.. paths.OfType<PooledPaths>()];
    }

    private PooledPaths[] Placebos(PooledFit main, int leads)
    {
        int treated = _treated.Length;
        if (_controls.Length <= treated)
        {
            throw new InvalidInputException(
                "TooFewControls",
                $"Placebos of {treated} treated units need more controls than that, and there are {_controls.Length}. Give {{Inference}} {{Inference:Jackknife}}, or more controls.",
                "Inference");
        }

        int[][] orders = IsExhaustive ? EachLast() : Shuffled();
        int?[] periods = [.. _controls.Select((_, place) => place < _controls.Length - treated ? null : _sample.Periods[_treated[place - _controls.Length + treated]])];
        PooledPaths[] paths = new PooledPaths[orders.Length];
        Run(orders.Length, i => paths[i] = Refit(_sample.Of(orders[i], periods), main, leads)!);
        return paths;
    }

    private PooledPaths? Refit(PooledSample sample, PooledFit main, int leads) =>
        PooledFit.Of(sample, _settings with { Nu = main.Nu }) is { } fit ? PooledPaths.Of(fit, _sample.Longest, leads, _negligible) : null;

    private int[][] EachLast() => [.. _controls.Select(last => _controls.Where(row => row != last).Append(last).ToArray())];

    private int[][] Shuffled()
    {
        MersenneTwister random = new(_options.Seed);
        return [.. Enumerable.Range(0, _options.Resampling.Replications).Select(_ =>
        {
            int[] order = [.. _controls];
            random.Shuffle(order);
            return order;
        })];
    }

    private void Run(int count, Action<int> run)
    {
        int done = 0;
        OrderedWork.Run(count, _parallel, () => 0, (i, _) =>
        {
            run(i);
            _progress?.Report(new FitProgress("Estimating replicates", 0, Interlocked.Increment(ref done), count));
        });
    }

    private string[] Times(int first, int length)
    {
        int[] periods = [.. _sample.Periods.OfType<int>().Distinct()];
        return periods.Length == 1
            ? [.. Enumerable.Range(periods[0] + first, length).Select(_data.TimeName)]
            : [.. Enumerable.Range(first, length).Select(time => time.ToString(CultureInfo.InvariantCulture))];
    }

    private IEnumerable<string> Warnings(EffectEstimate estimate)
    {
        IEnumerable<string> all = _data.Warnings;
        all = LookAlikes.Warning(_data.Outcomes.RowNames) is string alike ? all.Append(alike) : all;
        if (IsJackknife)
        {
            all = EffectWarnings.FewTreated(_treated.Length) is string fewTreated ? all.Append(fewTreated) : all;
        }
        else
        {
            all = EffectWarnings.Unbounded(estimate.Effect) is string unbounded ? all.Append(unbounded) : all;
            all = EffectWarnings.FewPlacebos(_controls.Length) is string few ? all.Append(few) : all;
        }

        return all;
    }

    private static PoolingSummary Summary(PooledFit fit) => new()
    {
        Nu = fit.Nu,
        GlobalL2 = fit.Global,
        ScaledGlobalL2 = fit.PlainGlobal > 0 ? fit.Global / fit.PlainGlobal : double.NaN,
        IndividualL2 = fit.Individual,
        ScaledIndividualL2 = fit.PlainIndividual > 0 ? fit.Individual / fit.PlainIndividual : double.NaN,
    };
}
