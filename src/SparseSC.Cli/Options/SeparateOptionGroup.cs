using System.CommandLine;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Options of the estimators that find weights for one unit after the other.</summary>
internal sealed class SeparateOptionGroup
{
    private readonly Option<double?> _penalty = Number("--penalty", "Penalized: the penalty on distances to donors [default: the one that predicts controls best]");
    private readonly Option<int?> _rank = Whole("--rank", "Robust: how many singular values of the donors' outcomes are kept [default: as many as predict controls best]");
    private readonly Option<double?> _ridge = Number("--ridge", "Robust: the ridge penalty of the regression on these [default: 0]");

    private readonly Option<string?> _validationFrom = Text(
        "--validation-from", "T", "Classic: choose weights of predictors before this time by outcomes from it on, and donors by predictors from it on [default: all pre-periods for both]");

    public void AddTo(Command command)
    {
        command.Add(_penalty);
        command.Add(_rank);
        command.Add(_ridge);
        command.Add(_validationFrom);
    }

    /// <summary>Reads the options into those of the effect.</summary>
    public void Read(ParseResult result, EffectOptions options)
    {
        options.Penalized.Penalty = result.GetValue(_penalty);
        options.Robust.Rank = result.GetValue(_rank);
        options.Robust.Ridge = result.GetValue(_ridge) ?? 0;
        options.Classic.ValidationFrom = result.GetValue(_validationFrom);
        options.Classic.V = options.Fast.MatchSpace.V;
    }
}
