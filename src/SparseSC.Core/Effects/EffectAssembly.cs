using System.Globalization;
using SparseSC.Core.Data;
using SparseSC.Core.Effects.Diagnosis;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects;

/// <summary>From fits and held-out predictions to the estimate.</summary>
internal sealed class EffectAssembly
{
    private readonly EffectData _data;
    private readonly EffectOptions _options;
    private readonly EffectWindows _windows;
    private readonly List<string> _warnings;
    private readonly CancellationToken _cancellation;
    private readonly StackedDifferences _pre = new();
    private readonly StackedDifferences _fitted = new();
    private readonly StackedDifferences _evaluated = new();
    private readonly StackedDifferences _scaled = new();
    private readonly List<PeriodEffect> _periods = [];
    private readonly HashSet<string> _perfect = [];
    private readonly List<PeriodSample> _samples = [];
    private readonly List<CohortContrasts> _contrasts = [];
    private readonly MatchComparison _match = new();
    private readonly List<double> _doses = [];
    private readonly List<double> _scaledDivisors = [];
    private readonly List<double> _syntheticEvaluated = [];
    private double _negligible;

    public EffectAssembly(EffectData data, EffectOptions options, EffectWindows windows, List<string> warnings, CancellationToken cancellation)
    {
        _data = data;
        _options = options;
        _windows = windows;
        _warnings = warnings;
        _cancellation = cancellation;
    }

    /// <summary>Adds one treatment time.</summary>
    public void Add(PeriodSample sample, SyntheticControlFit fit, double[,] synthetic, double[,] syntheticFeatures, double[,]? heldOut, CohortContrasts? contrasts)
    {
        PeriodDifferences differences = new(sample, _windows, synthetic, heldOut);
        _negligible = Math.Max(_negligible, differences.Negligible);
        foreach (int unit in sample.Treated.Concat(sample.Controls).Where(unit => differences.PreRmspe[unit] == 0))
        {
            _perfect.Add(_data.UnitName(sample.Units[unit]));
        }

        _samples.Add(sample);
        _match.Add(sample.Treated.Select(unit => differences.PreRmspe[unit]), sample.Controls.Select(unit => differences.PreRmspe[unit]));
        if (contrasts is not null)
        {
            _contrasts.Add(contrasts);
        }

        foreach (int unit in sample.Treated)
        {
            double dose = Dose(sample.Units[unit]);
            _doses.Add(dose);
            _scaledDivisors.Add(differences.PreRmspe[unit] * dose);
            int evaluated = sample.WindowStart + _windows.Length - _windows.EvaluationPeriods;
            _syntheticEvaluated.AddRange(MatrixRows.Row(synthetic, unit).Slice(evaluated, _windows.EvaluationPeriods).ToArray());
            _pre.AddTreated(differences.Row(unit, 0, _windows.PrePeriods));
            _fitted.AddTreated(differences.Row(unit, _windows.PrePeriods, _windows.PostPeriods));
            _evaluated.AddTreated(differences.Evaluated(unit, dose));
            _scaled.AddTreated(differences.Evaluated(unit, differences.PreRmspe[unit] * dose));
        }

        // The reference's stack has every control once per treated unit; sets of a design divide by the dose themselves.
        foreach (double dose in IsDesign ? [1] : sample.Treated.Select(unit => Dose(sample.Units[unit])))
        {
            foreach (int control in sample.Controls)
            {
                _pre.AddControl(differences.Row(control, 0, _windows.PrePeriods));
                _fitted.AddControl(differences.Row(control, _windows.PrePeriods, _windows.PostPeriods));
                _evaluated.AddControl(differences.Evaluated(control, dose));
                _scaled.AddControl(differences.Evaluated(control, differences.PreRmspe[control] * dose));
            }
        }

        _warnings.AddRange(fit.Warnings);
        _periods.Add(new PeriodEffect
        {
            TreatmentTime = _data.TimeName(sample.TreatmentPeriod),
            TreatmentPeriod = sample.TreatmentPeriod,
            FitPeriod = sample.FitPeriod,
            Units = sample.Units,
            ControlUnits = [.. sample.Controls.Select(unit => sample.Units[unit])],
            TreatedUnits = [.. sample.Treated.Select(unit => sample.Units[unit])],
            Fit = fit,
            Synthetic = synthetic,
            WindowStart = sample.WindowStart,
            HeldOutSynthetic = heldOut,
            MatchPValue = MatchDiagnostic.PValue(sample, fit, syntheticFeatures, _options, _options.Combinations?.Match?[_periods.Count], _cancellation),
            IndividualHalfWidths = IndividualHalfWidths(sample, synthetic),
            RmspeRatios = RmspeRanking.OfTreated(sample, differences, _data),
        });
    }

    public EffectEstimate Build()
    {
        if (_perfect.Count > 0)
        {
            string more = _perfect.Count > 5 ? ", …" : "";
            _warnings.Add($"The scaled effect is left out: the pre-periods are matched perfectly for {string.Join(", ", _perfect.Take(5))}{more}.");
        }

        RecordedCombinations? recorded = _options.Combinations;
        double[] doses = [.. _doses];
        double[] ones = [.. doses.Select(_ => 1.0)];
        string[] evaluated = Times(_windows.Length - _windows.EvaluationPeriods, _windows.EvaluationPeriods);
        List<CohortContrasts>? contrasts = _contrasts.Count > 0 ? _contrasts : null;
        PlaceboDesign? design = IsDesign
            ? PlaceboDesign.Create(_samples, contrasts, doses, evaluated.Length, _options.Placebos(null, 0), _cancellation)
            : null;
        PlaceboInference effect = Judge(_evaluated, recorded?.Effect, evaluated, design, doses, Negligible(_doses));
        PlaceboInference preFit = Judge(_pre, recorded?.PreFit, Times(0, _windows.PrePeriods), design, ones, _negligible);
        PlaceboInference? postFit = _windows.Lead == 0
            ? null
            : Judge(_fitted, recorded?.PostFit, Times(_windows.PrePeriods, _windows.PostPeriods), design, ones, _negligible);
        PlaceboInference? scaled = _perfect.Count > 0
            ? null
            : Judge(_scaled, recorded?.ScaledEffect, evaluated, design, doses, Negligible(_scaledDivisors));
        EffectTotals.Set(effect, evaluated.Length, _syntheticEvaluated);
        double matchPValue = _match.Treated == 1 ? preFit.Rms.PValue : _match.PValue(_options.Seed);
        string?[] found =
            [EffectWarnings.Unbounded(effect), EffectWarnings.FewControls(_samples), EffectWarnings.Unlike(scaled, _match.Treated, matchPValue)];
        _warnings.AddRange(_options.Inference == EffectInference.Placebo ? found.OfType<string>() : []);
        EffectEstimate estimate = new()
        {
            Method = _options.Method,
            ModelType = _options.ModelType,
            Units = [.. Enumerable.Range(0, _data.Outcomes.Rows).Select(_data.UnitName)],
            Times = [.. Enumerable.Range(0, _data.Outcomes.Columns).Select(_data.TimeName)],
            PrePeriods = _windows.PrePeriods,
            PostPeriods = _windows.PostPeriods,
            EvaluationPeriods = _windows.EvaluationPeriods,
            PreFit = preFit,
            PostFit = postFit,
            Effect = effect,
            ScaledEffect = scaled,
            Periods = [.. _periods],
            Synthetic = Synthetic(),
            Observed = _data.Outcomes.ToArray(),
            CrossFitSeed = _options.CrossFitSeed,
            Warnings = [.. _warnings.Distinct()],
        };
        bool hasFixedEffects = _options.Demean || _options.Method == EffectMethod.DifferenceInDifferences;
        estimate.Diagnostics = EffectDiagnosis.Of(estimate, matchPValue, hasFixedEffects, _options.Inference == EffectInference.Placebo, _cancellation);
        return estimate;
    }

    private bool IsDesign => _options.PlaceboScale == PlaceboScale.Design;

    private PlaceboInference Judge(
        StackedDifferences differences, IReadOnlyList<int[]>? recorded, string[] times, PlaceboDesign? design, double[] doses, double negligible)
    {
        PlaceboOptions placebos = _options.Placebos(recorded, negligible);
        return design is null
            ? differences.Judge(placebos, times, _cancellation)
            : differences.Judge(placebos, times, design, design.Factors(doses, times.Length), doses, _cancellation);
    }

    private double Dose(int row) => _options.Doses is double[] doses && !double.IsNaN(doses[row]) ? doses[row] : 1;

    // What is negligible in an outcome, in the units of a mean of differences that were divided.
    private double Negligible(List<double> divisors) => _negligible * divisors.Average(divisor => 1 / Math.Abs(divisor));

    // With several treatment times a column of the stack is a time relative to the treatment.
    private string[] Times(int start, int length) => _periods.Count == 1
        ? [.. Enumerable.Range(_periods[0].WindowStart + start, length).Select(_data.TimeName)]
        : [.. Enumerable.Range(start - _windows.PrePeriods - _windows.Lead, length).Select(time => time.ToString(CultureInfo.InvariantCulture))];

    private double[] IndividualHalfWidths(PeriodSample sample, double[,] synthetic)
    {
        double[] result = new double[_data.Outcomes.Columns];
        double[] absolute = new double[sample.Controls.Length];
        for (int t = 0; t < result.Length; t++)
        {
            for (int i = 0; i < absolute.Length; i++)
            {
                int unit = sample.Controls[i];
                absolute[i] = Math.Abs(sample.Outcomes[unit, t] - synthetic[unit, t]);
            }

            result[t] = PlaceboDistribution.HalfWidth(absolute, _options.Level, _options.Interval);
        }

        return result;
    }

    private double[,] Synthetic()
    {
        int times = _data.Outcomes.Columns;
        double[,] result = new double[_data.Outcomes.Rows, times];
        System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref result[0, 0], result.Length).Fill(double.NaN);
        foreach (PeriodEffect period in _periods)
        {
            HashSet<int> treated = [.. period.TreatedUnits];
            for (int i = 0; i < period.Units.Length; i++)
            {
                int row = period.Units[i];
                if (treated.Contains(row) || double.IsNaN(result[row, 0]))
                {
                    MatrixRows.Row(period.Synthetic, i).CopyTo(MatrixRows.Row(result, row));
                }
            }
        }

        return result;
    }
}
