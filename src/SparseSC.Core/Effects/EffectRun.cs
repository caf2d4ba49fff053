using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Fitting;

namespace SparseSC.Core.Effects;

/// <summary>One run of <see cref="EffectEstimator"/>: fits, cross-fits, then <see cref="EffectAssembly"/>.</summary>
internal sealed class EffectRun
{
    private readonly EffectData _data;
    private readonly EffectOptions _options;
    private readonly IProgress<FitProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly ParallelOptions _parallel;
    private readonly List<string> _warnings = [];
    private readonly EffectWindows _windows;
    private readonly PeriodSample[] _samples;
    private readonly int[][][] _folds;
    private readonly IEffectModel _model;
    private readonly IEffectModel _crossFitModel;

    public EffectRun(EffectData data, EffectOptions options, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        EffectOptionsCheck.Check(data, options);
        _data = options.AverageTreated ? data.AverageTreated() : data;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
        _parallel = Degree.Of(options.MaxDegreeOfParallelism, cancellation);
        _windows = EffectWindows.Resolve(_data, options);
        _samples = PeriodSample.Create(_data, _windows, _warnings);
        bool isChosen = options.Method is EffectMethod.Fast or EffectMethod.Joint;
        CrossFitFolds = options.CrossFitFolds ?? (isChosen ? 10 : EffectOptions.HoldOutEach);
        _folds = [.. _samples.Select(sample => CrossFit.Folds(sample, CrossFitFolds, options.CrossFitSeed, _data))];
        _model = Model(options.Method);
        _crossFitModel = Model(options.CrossFitMethod ?? options.Method);
    }

    private int CrossFitFolds { get; }

    public EffectEstimate Estimate()
    {
        SyntheticControlFit[] fits = FitAll();
        double[,]?[] heldOut = HoldOutAll(fits);
        EffectAssembly assembly = new(_data, _options, _windows, _warnings, _cancellation);
        for (int i = 0; i < _samples.Length; i++)
        {
            double[,] synthetic = _model.Predict(_samples[i].Fit, fits[i], _samples[i].Outcomes, _parallel.MaxDegreeOfParallelism, _cancellation);
            double[,] features = _model.Predict(_samples[i].Fit, fits[i], _samples[i].Fit.Features, _parallel.MaxDegreeOfParallelism, _cancellation);
            assembly.Add(_samples[i], fits[i], synthetic, features, heldOut[i]);
        }

        EffectEstimate estimate = assembly.Build();
        estimate.CrossFitFolds = CrossFitFolds;
        return estimate;
    }

    private IEffectModel Model(EffectMethod method) => method switch
    {
        EffectMethod.Fast => new FastModel(_options),
        EffectMethod.Joint => new JointModel(_options),
        EffectMethod.Simplex => new SimplexModel(_options.ModelType, _options.Demean, _data.CovariateCount),
        EffectMethod.DifferenceInDifferences => new DifferenceModel(_options.ModelType, _data.CovariateCount),
        _ => throw new InvalidInputException("MethodUnknown", $"{{Method}} {method} does not exist.", "Method"),
    };

    private SyntheticControlFit[] FitAll()
    {
        SyntheticControlFit[] fits = new SyntheticControlFit[_samples.Length];
        if (_samples.Length == 1)
        {
            fits[0] = _model.Fit(_samples[0].Fit, _parallel.MaxDegreeOfParallelism, _progress, _cancellation);
            return fits;
        }

        Tracked("Fitting each treatment time", _samples.Length, i => fits[i] = _model.Fit(_samples[i].Fit, 1, null, _cancellation));
        return fits;
    }

    private double[,]?[] HoldOutAll(SyntheticControlFit[] fits)
    {
        double[,]?[] results = [.. _samples.Select((sample, i) => _folds[i].Length == 0 ? null : new double[sample.Controls.Length, sample.Window])];
        (int Sample, int[] Test)[] work = [.. _folds.SelectMany((folds, sample) => folds.Select(test => (sample, test)))];
        Tracked("Cross-fitting the controls", work.Length, i =>
        {
            (int sample, int[] test) = work[i];
            CrossFit.Run(_samples[sample], test, _crossFitModel, fits[sample], results[sample]!, _cancellation);
        });
        return results;
    }

    private void Tracked(string stage, int count, Action<int> run)
    {
        if (count == 0)
        {
            return;
        }

        int done = 0;
        _progress?.Report(new FitProgress(stage, 0, 0, count));
        OrderedWork.Run(count, _parallel, () => 0, (i, _) =>
        {
            run(i);
            _progress?.Report(new FitProgress(stage, 0, Interlocked.Increment(ref done), count));
        });
    }
}
