using System.CommandLine;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The options of the fast fit, and of a match space in front of a joint fit.</summary>
internal sealed class FastOptionGroup
{
    private readonly Option<bool> _fast = Switch("--fast", "The fast fit: choose the features to match on by a lasso, then the unit weights, each once");
    private readonly Option<double[]?> _wPens = Numbers("--w-pens", "Fast fit: unit-weight penalties to try [default: 40 from 1e-5 to 1e5]");
    private readonly Option<WPenRule?> _wPenBy = Choice(
        "--w-pen-by",
        "Fast fit: choose among them by leave-one-out over the features, or by the squared errors of the units fitted [default: ridge]",
        ("ridge", WPenRule.Ridge),
        ("score", WPenRule.Score));

    private readonly Option<string?> _auxiliary =
        Text("--auxiliary-targets", "FILE", "Fast fit: other targets to predict with the same weights, one row per unit");

    public MatchSpaceOptionGroup MatchSpace { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(_fast);
        foreach (Option option in MatchSpace.All.Concat([_wPens, _wPenBy, _auxiliary]))
        {
            command.Add(option);
        }
    }

    /// <summary>Whether the fast fit is asked for, after refusing options it, or else the joint fit, does not use.</summary>
    public bool IsFast(ParseResult result)
    {
        bool isFast = result.GetValue(_fast);
        string[] given = [.. result.CommandResult.Command.Options.Where(option => result.GetResult(option) is { Implicit: false }).Select(option => Name(option.Name))];
        OptionUse.Check(isFast, given);
        return isFast;
    }

    /// <summary>The options as given, those shared with the joint fit taken from its group.</summary>
    public FastFitOptions Read(ParseResult result, FitOptionGroup shared, FitData data) => new()
    {
        ModelType = shared.ModelType(result, data),
        MatchSpace = MatchSpace.Read(result),
        WPens = result.GetNumbers(_wPens),
        WPenBy = result.GetValue(_wPenBy) ?? WPenRule.Ridge,
        DonorPool = shared.DonorPool(result, data),
        AuxiliaryTargets = result.GetValue(_auxiliary) is string path ? MatrixReader.Read(path, "AuxiliaryTargets") : null,
        MaxDegreeOfParallelism = shared.Choosing.Threads(result),
        KeepWeights = shared.Choosing.KeepWeights(result),
    };

    /// <summary><c>--v-pen</c> as messages name it: <c>VPen</c>.</summary>
    private static string Name(string option)
        => string.Concat(option.TrimStart('-').Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
