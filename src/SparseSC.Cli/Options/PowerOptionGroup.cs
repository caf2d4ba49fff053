using System.CommandLine;
using System.Globalization;
using SparseSC.Core.Design;
using SparseSC.Core.Errors;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>What is simulated in past windows, and how effects are looked for.</summary>
internal sealed class PowerOptionGroup
{
    private static readonly PowerOptions Defaults = new();

    private readonly Option<int[]> _durations = Wholes("--durations", "How many periods a test may last; each is simulated");

    private readonly Option<double[]?> _effectSizes = Numbers(
        "--effect-sizes", $"Effects as shares of the outcome, 0.1 for a tenth more [default: {string.Join(',', Defaults.EffectSizes.Select(effect => effect.ToString(CultureInfo.InvariantCulture)))}]");

    private readonly Option<int?> _lookback = Whole(
        "--lookback", $"Past windows; the first ends with the last period, each further one a period earlier [default: {Defaults.Lookback}]", minimum: 1);

    private readonly Option<double?> _alpha = Number("--alpha", $"An effect is detected when its p-value is below this [default: {Text(Defaults.Alpha)}]");

    private readonly Option<TestSide?> _side = Choice(
        "--side",
        "Look for effects of either sign, or of the simulated one's [default: two-sided]",
        ("two-sided", TestSide.TwoSided),
        ("one-sided", TestSide.OneSided));

    private readonly Option<bool> _oneSided = Switch("--one-sided", "The same as --side one-sided");

    private readonly Option<double?> _minPower = Number(
        "--min-power", $"The smallest detectable effect is that with a power above this [default: {Text(Defaults.MinPower)}]");

    private readonly Option<double?> _costPerUnit = Number("--cost-per-unit", $"What a unit of additional outcome costs, for investments [default: {Text(Defaults.CostPerUnit)}]");

    private readonly Option<bool?> _demean = new("--demean")
    {
        HelpName = "true|false",
        Description = "Match and predict deviations from each unit's mean, a fixed effect per unit; with false outcomes themselves [default: true]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _permutations = OptionFactory.Text(
        "--permutations", "block|iid|N", $"Compare with all cyclic shifts in time, with {Defaults.Conformal.Draws} random permutations, or with N of them [default: block]");

    private readonly Option<uint?> _seed = Seed("--seed", $"Seed of random permutations [default: {Defaults.Conformal.Seed}]");

    private readonly Option<int?> _threads = Whole("--threads", "Threads to use; results do not depend on it [default: one per processor]", minimum: 0);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_durations, _effectSizes, _lookback, _alpha, _side, _oneSided, _minPower, _costPerUnit, _demean, _permutations, _seed, _threads])
        {
            command.Add(option);
        }
    }

    /// <summary>Sets what is given.</summary>
    /// <exception cref="InvalidInputException">Options contradict each other.</exception>
    public void Read(ParseResult result, PowerOptions options)
    {
        if (result.GetValue(_oneSided) && result.GetValue(_side) == TestSide.TwoSided)
        {
            throw new InvalidInputException("SideAmbiguous", $"{{Side}} {{Side:TwoSided}} and {_oneSided.Name} contradict each other. Give one of them.", "Side");
        }

        options.Durations = result.GetValue(_durations)!;
        options.EffectSizes = result.GetNumbers(_effectSizes) ?? options.EffectSizes;
        options.Lookback = result.GetValue(_lookback) ?? options.Lookback;
        options.Alpha = result.GetValue(_alpha) ?? options.Alpha;
        options.Side = result.GetValue(_oneSided) ? TestSide.OneSided : result.GetValue(_side) ?? options.Side;
        options.MinPower = result.GetValue(_minPower) ?? options.MinPower;
        options.CostPerUnit = result.GetValue(_costPerUnit) ?? options.CostPerUnit;
        options.Demean = result.GetValue(_demean) ?? true;
        options.Conformal.Rearrange(result.GetValue(_permutations));
        options.Conformal.Seed = result.GetValue(_seed) ?? options.Conformal.Seed;
        options.MaxDegreeOfParallelism = result.GetValue(_threads) ?? 0;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
