using SparseSC.Core.Data;
using SparseSC.Core.Effects.Estimators;
using SparseSC.Core.Effects.Estimators.Bounded;
using SparseSC.Core.Effects.Estimators.Classic;
using SparseSC.Core.Effects.Estimators.Penalized;
using SparseSC.Core.Effects.Estimators.Robust;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using SparseSC.Core.Threading;

namespace SparseSC.Core.Effects;

/// <summary>One run of <see cref="EffectEstimator"/>: fits, cross-fits, then <see cref="EffectAssembly"/>.</summary>
/// <remarks>Cross-fits are independent of each other, so they may be made anywhere and brought together by <see cref="Assemble"/>.</remarks>
internal sealed class EffectRun
{
    // 80 MB; a plan's results hold as many numbers as text.
    private const long MostContrasts = 10_000_000;

    private readonly EffectData _data;
    private readonly EffectOptions _options;
    private readonly List<string> _warnings = [];
    private readonly EffectWindows _windows;
    private readonly PeriodSample[] _samples;
    private readonly IEffectModel _model;
    private readonly IEffectModel _crossFitModel;
    private readonly string? _validation;

    public EffectRun(EffectData data, EffectOptions options)
    {
        EffectOptionsValidator.Check(data, options);
        _data = options.AverageTreated ? data.AverageTreated() : data;
        _options = options;
        if (options.Method == EffectMethod.Classic && options.Classic.ValidationFrom is string time)
        {
            int column = data.FindTime(time, "ValidationFrom");
            _validation = data.TimeName(column);
            _data = PredictorWindows.Split(_data, column);
        }

        _windows = EffectWindows.Resolve(_data, options);
        _warnings.AddRange(data.Warnings);
        _warnings.AddRange(LookAlikes.Warning(_data.Outcomes.RowNames) is string warning ? [warning] : []);
        _samples = PeriodSample.Create(_data, _windows, SamplePreparation.Of(options), _warnings);
        bool isChosen = options.Method is EffectMethod.Fast or EffectMethod.Joint;
        CrossFitFolds = options.CrossFitFolds ?? (isChosen ? 10 : EffectOptions.HoldOutEach);
        Folds =
        [
            .. _samples.SelectMany((sample, i) => CrossFit
                .Folds(sample, options.CrossFitFolds, CrossFitFolds, options.CrossFitSeed, _data, _warnings)
                .Select((test, fold) => new HeldOutFold(i, fold, test))),
        ];
        bool isScaled = options.PlaceboScale == PlaceboScale.Design && _samples.Sum(sample => sample.Treated.Length) > 1;
        KeepsWeights = isScaled && _samples.Sum(sample => (long)sample.Units.Length * _data.Outcomes.Rows) <= MostContrasts;
        if (isScaled && !KeepsWeights)
        {
            _warnings.Add(
                "Placebos of several treated units are compared as they are, not on the scale of the effect: "
                    + "there are too many controls to keep the weights of. Intervals are then a little too narrow.");
        }

        _model = Model(options.Method);
        _crossFitModel = Model(options.CrossFitMethod ?? options.Method);
    }

    /// <summary>One sample per treatment time.</summary>
    public IReadOnlyList<PeriodSample> Samples => _samples;

    /// <summary>Every fold to hold out, sample by sample; none when the main fits are reused.</summary>
    public IReadOnlyList<HeldOutFold> Folds { get; }

    /// <summary>Whether <see cref="HoldOut"/> gives unit weights, which the scale of several treated units' placebos depends on.</summary>
    public bool KeepsWeights { get; }

    /// <summary>Whether <see cref="HoldOut"/> reads the sample's main fit.</summary>
    public bool HoldOutReadsFit => Folds.Count > 0 && _crossFitModel.HoldOutReadsFit;

    private int CrossFitFolds { get; }

    private int ScaledCovariates => _options.Scale == CovariateScale.Sd ? _data.CovariateCount : 0;

    public string TimeOf(PeriodSample sample) => _data.TimeName(sample.TreatmentPeriod);

    public EffectEstimate Estimate(IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        SyntheticControlFit[] fits = FitAll(progress, cancellationToken);
        HeldOutControls[] heldOut = new HeldOutControls[Folds.Count];
        void Hold(int i) => heldOut[i] = HoldOut(i, fits[Folds[i].Sample], cancellationToken);
        Tracked("Cross-fitting the controls", heldOut.Length, progress, Hold, cancellationToken);
        return Assemble(fits, heldOut, cancellationToken);
    }

    /// <summary>The main fits, one per sample.</summary>
    public SyntheticControlFit[] FitAll(IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        SyntheticControlFit[] fits = new SyntheticControlFit[_samples.Length];
        if (_samples.Length == 1)
        {
            int threads = ParallelLimit.Of(_options.MaxDegreeOfParallelism, cancellationToken).MaxDegreeOfParallelism;
            fits[0] = _samples[0].Restore(_model.Fit(_samples[0].Fit, threads, progress, cancellationToken));
            return fits;
        }

        void Fit(int i) => fits[i] = _samples[i].Restore(_model.Fit(_samples[i].Fit, 1, null, cancellationToken));
        Tracked("Fitting each treatment time", _samples.Length, progress, Fit, cancellationToken);
        return fits;
    }

    /// <summary>Synthetic outcomes over the window (and weights) of the controls of one fold, one row each; one thread.</summary>
    /// <param name="fold">Index in <see cref="Folds"/>.</param>
    /// <param name="main">The sample's main fit; <c>null</c> when it is not read.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public HeldOutControls HoldOut(int fold, SyntheticControlFit? main, CancellationToken cancellationToken) =>
        CrossFit.Run(_samples[Folds[fold].Sample], Folds[fold].Test, _crossFitModel, main, KeepsWeights, cancellationToken);

    /// <summary>Effects of the treated units of a sample by period, a row each, per unit of dose, by a fit without one unit; one thread.</summary>
    /// <param name="sample">Index of the sample.</param>
    /// <param name="without">Row of the unit that takes no part; −1 for the effects of the main fit.</param>
    /// <param name="main">The sample's main fit.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public double[][] Differences(int sample, int without, SyntheticControlFit main, CancellationToken cancellationToken) =>
        LeftOut.Differences(_samples[sample], _windows, _options.Doses, without, _model, main, cancellationToken);

    /// <summary>From the main fits and what <see cref="HoldOut"/> gave for every fold to the estimate; once per run.</summary>
    public EffectEstimate Assemble(IReadOnlyList<SyntheticControlFit> fits, IReadOnlyList<HeldOutControls> heldOut, CancellationToken cancellationToken)
    {
        int threads = ParallelLimit.Of(_options.MaxDegreeOfParallelism, cancellationToken).MaxDegreeOfParallelism;
        double[,]?[] placed = Place(heldOut, fold => fold.Synthetic);
        double[,]?[] weights = Place(heldOut, fold => fold.Weights);
        EffectAssembly assembly = new(_data, _options, _windows, _warnings, cancellationToken);
        for (int i = 0; i < _samples.Length; i++)
        {
            PeriodSample sample = _samples[i];
            SyntheticControlFit fit = fits[i];
            double[,] Weights(int[] units) => _model.Weights(sample.Fit, fit, units, threads, cancellationToken);
            double[,] synthetic = sample.Restore(
                _model.Predict(sample.Fit, fit, sample.Matched, threads, cancellationToken),
                [.. Enumerable.Range(0, sample.Units.Length)]);
            double[,] features = _model.Predict(sample.Fit, fit, sample.Fit.Features, threads, cancellationToken);
            CohortContrasts? contrasts = KeepsWeights
                ? CohortContrasts.Of(sample, Weights(sample.Treated), weights[i] ?? Weights(sample.Controls), _data.Outcomes.Rows)
                : null;
            fit.Balance = EffectBalance.Of(sample, synthetic, fit, () => Weights(sample.Treated));
            fit.Keep(_options.Weights);
            assembly.Add(sample, fit, synthetic, features, placed[i], contrasts);
        }

        EffectEstimate estimate = assembly.Build();
        estimate.CrossFitFolds = CrossFitFolds;
        return estimate;
    }

    private double[,]?[] Place(IReadOnlyList<HeldOutControls> heldOut, Func<HeldOutControls, double[,]?> rowsOf)
    {
        double[,]?[] placed = new double[,]?[_samples.Length];
        for (int i = 0; i < heldOut.Count; i++)
        {
            (int sample, _, int[] test) = Folds[i];
            if (rowsOf(heldOut[i]) is not double[,] fold)
            {
                continue;
            }

            double[,] rows = placed[sample] ??= new double[_samples[sample].Controls.Length, fold.GetLength(1)];
            for (int row = 0; row < test.Length; row++)
            {
                MatrixRows.Row(fold, row).CopyTo(MatrixRows.Row(rows, test[row]));
            }
        }

        return placed;
    }

    private IEffectModel Model(EffectMethod method) => method switch
    {
        EffectMethod.Fast => new FastModel(_options),
        EffectMethod.Joint => new JointModel(_options),
        EffectMethod.Simplex => new SimplexModel(_options.ModelType, _options.Demean, ScaledCovariates),
        EffectMethod.Penalized => _options.Penalized.Penalty is double penalty
            ? new PenalizedModel(_options.ModelType, ScaledCovariates, penalty)
            : new ChosenPenaltyModel(_options.ModelType, ScaledCovariates),
        EffectMethod.Robust => _options.Robust.Rank is int rank
            ? new RobustModel(_options.ModelType, rank, _options.Robust.Ridge)
            : new ChosenRankModel(_options.ModelType, _options.Robust.Ridge),
        EffectMethod.DifferenceInDifferences => new DifferenceModel(_options.ModelType, _data.CovariateCount),
        EffectMethod.Classic => new ClassicModel(_options, _validation),
        EffectMethod.Lasso or EffectMethod.Ridge or EffectMethod.LeastSquares => new BoundedModel(method, _options.ModelType),
        _ => throw new InvalidInputException("MethodUnknown", $"The method {method} does not exist.", "Method"),
    };

    private void Tracked(string stage, int count, IProgress<FitProgress>? progress, Action<int> run, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return;
        }

        int done = 0;
        progress?.Report(new FitProgress(stage, 0, 0, count));
        OrderedWork.Run(count, ParallelLimit.Of(_options.MaxDegreeOfParallelism, cancellationToken), () => 0, (i, _) =>
        {
            run(i);
            progress?.Report(new FitProgress(stage, 0, Interlocked.Increment(ref done), count));
        });
    }
}

/// <summary>Controls of one sample that are held out together.</summary>
/// <param name="Sample">Index of the sample.</param>
/// <param name="Fold">Index of the fold within the sample.</param>
/// <param name="Test">Positions among the sample's controls.</param>
internal sealed record HeldOutFold(int Sample, int Fold, int[] Test);
