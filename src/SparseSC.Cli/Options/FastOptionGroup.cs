using System.CommandLine;
using SparseSC.Core.Data;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>The options of the fast fit, and of a match space in front of a joint fit.</summary>
internal sealed class FastOptionGroup
{
    private readonly Option<bool> _fast = Switch("--fast", "The fast fit: choose the features to match on by a lasso, then the unit weights, each once");
    private readonly Option<double[]?> _wPens = Numbers("--w-pens", "Fast fit: unit-weight penalties to try [default: 40, see --w-pen-grid]");
    private readonly Option<WPenRule?> _wPenBy = Choice(
        "--w-pen-by",
        "Fast fit: choose among them by leave-one-out over the features, or by the squared errors of the units fitted [default: ridge]",
        ("ridge", WPenRule.Ridge),
        ("score", WPenRule.Score));

    private readonly Option<string?> _auxiliary =
        Text("--auxiliary-targets", "FILE", "Fast fit: other targets to predict with the same weights, one row per unit");

    public MatchSpaceOptionGroup MatchSpace { get; } = new();

    /// <summary>Adds the options of <c>fit</c>.</summary>
    public void AddTo(Command command)
    {
        AddChoicesTo(command);
        command.Add(_auxiliary);
    }

    /// <summary>Adds the options an effect estimate has as well.</summary>
    public void AddChoicesTo(Command command)
    {
        command.Add(_fast);
        foreach (Option option in MatchSpace.All.Concat([_wPens, _wPenBy]))
        {
            command.Add(option);
        }
    }

    /// <summary>Whether the fast fit is asked for, after refusing options it, or else the joint fit, does not use.</summary>
    public bool IsFast(ParseResult result)
    {
        bool isFast = result.GetValue(_fast);
        string[] given = [.. Given(result)];
        OptionUse.Check(isFast, given);
        if (isFast || MatchSpace.IsGiven(result))
        {
            MatchSpaceOptions matching = MatchSpace.Read(result);
            OptionUse.CheckMatchSpace(matching.Kind, matching.VPens is { Length: 1 }, drawsElse: false, given);
        }

        return isFast;
    }

    /// <summary>Whether <c>--fast</c> is given.</summary>
    public bool IsGiven(ParseResult result) => result.GetValue(_fast);

    /// <summary>The options given, as messages name them.</summary>
    public static IEnumerable<string> Given(ParseResult result) =>
        result.CommandResult.Command.Options.Where(option => result.GetResult(option) is { Implicit: false }).Select(option => Name(option.Name));

    /// <summary>The options as given, those shared with the joint fit taken from its group.</summary>
    public FastFitOptions Read(ParseResult result, FitOptionGroup shared, FitData data)
    {
        FastFitOptions options = Read(result, shared);
        options.ModelType = shared.ModelType(result, data);
        options.DonorPool = shared.DonorPool(result, data);
        return options;
    }

    /// <summary>The options that do not depend on the data.</summary>
    public FastFitOptions Read(ParseResult result, FitOptionGroup shared) => new()
    {
        MatchSpace = MatchSpace.Read(result),
        WPens = result.GetNumbers(_wPens),
        Scale = shared.Scale(result),
        WPenGrid = shared.WPenGrid(result),
        WPenBy = result.GetValue(_wPenBy) ?? WPenRule.Ridge,
        AuxiliaryTargets = result.GetValue(_auxiliary) is string path ? MatrixReader.Read(path, "AuxiliaryTargets") : null,
        MaxDegreeOfParallelism = shared.Choosing.Threads(result),
        KeepWeights = shared.Choosing.KeepWeights(result),
    };

    /// <summary><c>--v-pen</c> as messages name it: <c>VPen</c>.</summary>
    internal static string Name(string option)
        => string.Concat(option.TrimStart('-').Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
