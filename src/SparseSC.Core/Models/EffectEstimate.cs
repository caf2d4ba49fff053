using SparseSC.Core.Errors;

namespace SparseSC.Core.Models;

/// <summary>A treatment effect with placebo inference.</summary>
public sealed class EffectEstimate : ISpellable
{
    /// <summary>How synthetic controls were fitted.</summary>
    public EffectMethod Method { get; set; }

    /// <summary>Where p-values and intervals of the effect come from; those of the other differences are always placebos'.</summary>
    public EffectInference Inference { get; set; }

    /// <summary>The model type fitted.</summary>
    public ModelType ModelType { get; set; }

    /// <summary>Name of the outcome, when it is known.</summary>
    public string OutcomeName { get; set; } = "";

    /// <summary>Names of the units, length N.</summary>
    public string[] Units { get; set; } = [];

    /// <summary>The times, length T.</summary>
    public string[] Times { get; set; } = [];

    /// <summary>T0: the outcomes matched on.</summary>
    public int PrePeriods { get; set; }

    /// <summary>T1: the targets of the fit.</summary>
    public int PostPeriods { get; set; }

    /// <summary>The periods in which the effect is evaluated.</summary>
    public int EvaluationPeriods { get; set; }

    /// <summary>Differences before the treatment: how well the treated are matched, compared with the controls.</summary>
    public PlaceboInference PreFit { get; set; } = new();

    /// <summary>Prospective kinds: differences in the periods fitted to, still before the treatment; else <c>null</c>.</summary>
    public PlaceboInference? PostFit { get; set; }

    /// <summary>The effect.</summary>
    public PlaceboInference Effect { get; set; } = new();

    /// <summary>What prediction intervals of the effect are made of; <c>null</c> where it is judged otherwise.</summary>
    public PredictionIntervalParts? PredictionInterval { get; set; }

    /// <summary>The effect in units of each unit's pre-period root mean squared difference; <c>null</c> when one of them is 0.</summary>
    public PlaceboInference? ScaledEffect { get; set; }

    /// <summary>The fits, one per treatment time.</summary>
    public PeriodEffect[] Periods { get; set; } = [];

    /// <summary>
    /// Synthetic outcomes, N×T: treated units by the fit of their treatment time, others by the first fit they take part in; <c>NaN</c> for
    /// units in none.
    /// </summary>
    public double[,] Synthetic { get; set; } = new double[0, 0];

    /// <summary>Observed outcomes, N×T.</summary>
    public double[,] Observed { get; set; } = new double[0, 0];

    /// <summary>Folds of controls held out; 0 means each alone, 1 means none.</summary>
    public int CrossFitFolds { get; set; }

    /// <summary>Seed of those folds.</summary>
    public uint CrossFitSeed { get; set; }

    /// <summary>What to look at before the effect is believed, each judged by a rule of its own.</summary>
    public EffectDiagnostic[] Diagnostics { get; set; } = [];

    /// <summary>How partially pooled synthetic controls match; <c>null</c> for other estimators.</summary>
    public PoolingSummary? Pooling { get; set; }

    /// <summary>Warnings raised on the way, in words.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Wall-clock time, in seconds.</summary>
    public double ElapsedSeconds { get; set; }

    /// <summary>The average effect in one line.</summary>
    public override string ToString() => Effect.ToString();

    /// <summary>Rows of the treated units, by treatment time.</summary>
    internal int[] TreatedRows() => [.. Periods.SelectMany(period => period.TreatedUnits)];

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell)
    {
        Warnings = [.. Warnings.Select(spell)];
        foreach (PeriodEffect period in Periods)
        {
            ((ISpellable)period.Fit).Spell(spell);
        }
    }
}
