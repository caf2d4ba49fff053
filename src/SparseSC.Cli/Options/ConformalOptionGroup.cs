using System.CommandLine;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>What a conformal test needs besides the options of an effect.</summary>
internal sealed class ConformalOptionGroup
{
    private static readonly ConformalOptions Defaults = new();

    private readonly Option<ConformalPermutations?> _permutations = Choice(
        "--permutations",
        "Kind conformal: compare with all cyclic shifts in time, or with random permutations [default: block]",
        ("block", ConformalPermutations.Block),
        ("iid", ConformalPermutations.Iid));

    private readonly Option<int?> _draws = Whole("--draws", $"Kind conformal: random permutations drawn for --permutations iid [default: {Defaults.Draws}]");
    private readonly Option<double?> _norm = Number("--norm", "Kind conformal: norm of the statistic, 1 for lasting effects, larger for short ones [default: 1]");
    private readonly Option<int?> _nullGrid =
        Whole("--null-grid", "Kind conformal: intervals from so many effects tried, as the R package augsynth makes them [default: ends are searched exactly]");

    public void AddTo(Command command)
    {
        command.Add(_permutations);
        command.Add(_draws);
        command.Add(_norm);
        command.Add(_nullGrid);
    }

    /// <summary>The rearrangements asked for.</summary>
    public ConformalPermutations Permutations(ParseResult result) => result.GetValue(_permutations) ?? Defaults.Permutations;

    /// <summary>The options as given, those shared with an effect taken from it.</summary>
    public ConformalOptions Read(ParseResult result, EffectOptions shared) => new()
    {
        Permutations = Permutations(result),
        Draws = result.GetValue(_draws) ?? Defaults.Draws,
        Norm = result.GetValue(_norm) ?? Defaults.Norm,
        NullGrid = result.GetValue(_nullGrid),
        Seed = shared.Seed,
        Level = shared.Level,
        Demean = shared.Demean,
        PrePeriods = shared.PrePeriods,
        PostPeriods = shared.PostPeriods,
        MaxDegreeOfParallelism = shared.MaxDegreeOfParallelism,
    };
}
