using System.CommandLine;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Options of the estimators that find weights for one unit after the other.</summary>
internal sealed class SeparateOptionGroup
{
    private readonly Option<double?> _penalty = Number("--penalty", "Penalized: the penalty on distances to donors [default: the one that predicts controls best]");

    public void AddTo(Command command) => command.Add(_penalty);

    /// <summary>Reads the options into those of the effect.</summary>
    public void Read(ParseResult result, EffectOptions options) => options.Penalized.Penalty = result.GetValue(_penalty);
}
