using System.CommandLine;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Which controls of a panel may be donors.</summary>
internal sealed class DonorOptions
{
    private readonly Option<string[]> _donor = NameList("--donor", "Panel form: names of the only units that may be donors");
    private readonly Option<string?> _neighbours = Text(
        "--neighbours", "FILE.csv", "Panel form: pairs of neighbours in the first two columns; those of treated units are no donors");

    private readonly Option<int?> _nearest = Whole(
        "--nearest", "Panel form: so many donors of each treated unit, those whose outcomes before the treatment are nearest [default: all]", 1);

    private readonly Option<DonorNearness?> _nearestBy = Choice(
        "--nearest-by",
        "Panel form: what is near, a small difference or a high correlation [default: distance]",
        ("distance", DonorNearness.Distance),
        ("correlation", DonorNearness.Correlation));

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_donor, _neighbours, _nearest, _nearestBy];

    /// <summary>Leaves out what is no donor.</summary>
    /// <exception cref="InvalidInputException">As for <see cref="DonorPool.Of"/>.</exception>
    public Panel Apply(ParseResult result, Panel panel)
    {
        if (result.GetValue(_nearest) is null && result.GetValue(_nearestBy) is not null)
        {
            throw new InvalidInputException("OptionNotUsed", "{NearestBy} is used together with {Nearest} only. Give that as well, or leave it out.", "NearestBy");
        }

        return DataOptions.FirstGiven(result, All) is null ? panel : DonorPool.Of(panel, new DonorPoolOptions
        {
            Donors = result.GetValue(_donor)!,
            Neighbours = result.GetValue(_neighbours) is { } file ? NeighboursReader.Read(file) : [],
            Nearest = result.GetValue(_nearest),
            NearestBy = result.GetValue(_nearestBy) ?? DonorNearness.Distance,
        });
    }
}
