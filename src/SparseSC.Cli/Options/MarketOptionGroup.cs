using System.CommandLine;
using SparseSC.Core.Design;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Which sets of test units are compared, and how they are ranked.</summary>
internal sealed class MarketOptionGroup
{
    private readonly Option<int[]> _sizes = Wholes("--sizes", "How many units a set may have");
    private readonly Option<string[]> _include = NameList("--include-units", "Units that every set has");
    private readonly Option<string[]> _exclude = NameList("--exclude-unit", "Units that no set has; they stay donors");
    private readonly Option<double?> _budget = Number("--budget", "Leave sets out whose investment is not below this");
    private readonly Option<double?> _minHoldout = Number("--min-holdout", "Leave sets out with a smaller share of the outcome without the advertisement");
    private readonly Option<double?> _maxHoldout = Number("--max-holdout", "Leave sets out with a larger such share");

    private readonly Option<MarketRanking?> _ranking = Choice(
        "--ranking",
        "Rank by smallest detectable effect, power against it and error of its estimate; or as GeoLift does, for which more power is worse [default: power]",
        ("power", MarketRanking.Power),
        ("geolift", MarketRanking.GeoLift));

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_sizes, _include, _exclude, _budget, _minHoldout, _maxHoldout, _ranking])
        {
            command.Add(option);
        }
    }

    /// <summary>The options as given.</summary>
    public MarketOptions Read(ParseResult result) => new()
    {
        Sizes = result.GetValue(_sizes)!,
        IncludeUnits = result.GetValue(_include)!,
        ExcludeUnits = result.GetValue(_exclude)!,
        Budget = result.GetValue(_budget),
        MinHoldout = result.GetValue(_minHoldout),
        MaxHoldout = result.GetValue(_maxHoldout),
        Ranking = result.GetValue(_ranking) ?? MarketRanking.Power,
    };
}
