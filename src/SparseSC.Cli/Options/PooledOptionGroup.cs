using System.CommandLine;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Options of partially pooled synthetic control.</summary>
internal sealed class PooledOptionGroup
{
    private readonly Option<double?> _nu = Number("--nu", "Partially pooled: the share of the mean's match, from 0 to 1 [default: found by the fit at 0]");
    private readonly Option<int?> _leads = Whole("--leads", "Partially pooled: periods from the treatment on [default: those after the last treatment]");
    private readonly Option<int?> _lags = Whole("--lags", "Partially pooled: periods before the treatment that are matched [default: all]");
    private readonly Option<PooledBy?> _by = Choice(
        "--by",
        "Partially pooled: weights of every treated unit, or of the mean of those treated at the same time [default: unit]",
        ("unit", PooledBy.Unit),
        ("cohort", PooledBy.Cohort));

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _nu, _leads, _lags, _by })
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the options into those of the effect. Each unit has a fixed effect unless one is declined.</summary>
    public void Read(ParseResult result, EffectOptions options, IReadOnlyCollection<string> given) => options.Pooled = new PooledOptions
    {
        Nu = result.GetValue(_nu),
        Leads = result.GetValue(_leads),
        Lags = result.GetValue(_lags),
        By = result.GetValue(_by) ?? PooledBy.Unit,
        FixedEffects = options.Demean || !given.Contains("Demean"),
    };
}
