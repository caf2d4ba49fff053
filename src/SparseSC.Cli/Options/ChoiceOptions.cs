using System.CommandLine;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>What <c>fit</c>, <c>plan</c> and <c>merge</c> have in common: the choice of a penalty and the making of weights.</summary>
internal sealed class ChoiceOptions(string choiceDefault = "1se")
{
    private readonly Option<PenaltyChoice?> _choice = OptionFactory.Choice(
        "--choice",
        $"Take the penalty of the lowest score, or the first within one standard error of all later ones [default: {choiceDefault}]",
        ("min", Core.Models.PenaltyChoice.Min),
        ("1se", Core.Models.PenaltyChoice.OneStandardError));

    private readonly Option<int?> _threads = Whole("--threads", "Threads to use; results do not depend on it [default: one per processor]", minimum: 0);
    private readonly Option<bool> _noWeights = Switch("--no-weights", "Leave the unit weights (units × controls) out; predictions do not need them");

    public void AddChoiceTo(Command command) => command.Add(_choice);

    public void AddRestTo(Command command)
    {
        command.Add(_threads);
        command.Add(_noWeights);
    }

    public PenaltyChoice? PenaltyChoice(ParseResult result) => result.GetValue(_choice);

    public int Threads(ParseResult result) => result.GetValue(_threads) ?? 0;

    public bool KeepWeights(ParseResult result) => !result.GetValue(_noWeights);
}
