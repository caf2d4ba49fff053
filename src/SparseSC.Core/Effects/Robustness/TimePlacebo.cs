using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Effects.Robustness;

/// <summary>In-time placebo: the treatment is dated back to when nothing happened, and periods from the real treatment on are left out.</summary>
/// <remarks>Source: Abadie, Diamond, Hainmueller (2015), section 4. An effect found here speaks against the design.</remarks>
public sealed class TimePlacebo : ISpellable
{
    /// <summary>The real treatment time.</summary>
    public string TreatmentTime { get; set; } = "";

    /// <summary>The estimates, one per time the treatment was dated back to.</summary>
    public EffectEstimate[] Estimates { get; set; } = [];

    /// <summary>The times the treatment was dated back to.</summary>
    public string[] PlaceboTimes { get; set; } = [];

    /// <summary>Runs the test.</summary>
    /// <param name="data">Outcomes and one treatment time.</param>
    /// <param name="options">Options of each estimate.</param>
    /// <param name="columns">Columns to date the treatment back to; <c>null</c> takes the middle of the pre-periods.</param>
    /// <param name="progress">Told as fits are done.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <exception cref="InvalidInputException">A column is not a pre-period with one before it, or an estimate cannot be made.</exception>
    public static TimePlacebo Run(
        EffectData data, EffectOptions options, IReadOnlyList<int>? columns = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        int treatment = SingleTreatment.Period(data, "in-time");
        IReadOnlyList<int> chosen = columns ?? [(treatment + 1) / 2];
        foreach (int column in chosen)
        {
            if (column < 1 || column >= treatment)
            {
                throw new InvalidInputException(
                    "PlaceboTimeOutOfRange",
                    $"{{PlaceboTimes}} {(column >= 0 && column < data.Outcomes.Columns ? data.TimeName(column) : column)} is no time to date the treatment back to: it must lie after "
                        + $"{data.TimeName(0)} and before {data.TimeName(treatment)}.",
                    "PlaceboTimes");
            }
        }

        return new TimePlacebo
        {
            TreatmentTime = data.TimeName(treatment),
            PlaceboTimes = [.. chosen.Select(data.TimeName)],
            Estimates = [.. chosen.Select(column => EffectEstimator.Run(
                data.Until(treatment, [.. data.TreatmentPeriods.Select(period => period is null ? (int?)null : column)]), options, progress, cancellationToken))],
        };
    }

    /// <inheritdoc/>
    void ISpellable.Spell(Func<string, string> spell) => Array.ForEach<ISpellable>(Estimates, estimate => estimate.Spell(spell));
}
