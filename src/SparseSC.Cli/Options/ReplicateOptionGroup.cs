using System.CommandLine;
using SparseSC.Core.Data;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Options of the estimators that compare the mean of treated units with their donors.</summary>
internal sealed class ReplicateOptionGroup
{
    private static readonly ResamplingOptions Defaults = new();

    private readonly Option<SdidSolver?> _solver = Choice(
        "--solver",
        "Sdid: weights as exact minima, or by the steps of the package synthdid, which stop early [default: exact]",
        ("exact", SdidSolver.Exact),
        ("frank-wolfe", SdidSolver.FrankWolfe));

    private readonly Option<CovariateUse?> _covariatesBy = Choice(
        "--covariates-by",
        "Sdid: coefficients of covariates from untreated cells, or searched together with the weights [default: projected]",
        ("projected", CovariateUse.Projected),
        ("optimized", CovariateUse.Optimized));

    private readonly Option<int?> _replications =
        Whole("--replications", $"Sdid: placebos of several treated units, or bootstrap samples [default: {Defaults.Replications}; every control once for one treated unit]");

    private readonly Option<string?> _resamples =
        Text("--resamples", "FILE.json", "Sdid: the draws themselves, [[…],…] counted from 0: permutations of the controls, or rows of units for a bootstrap");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _solver, _covariatesBy, _replications, _resamples })
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the options into those of the effect.</summary>
    public void Read(ParseResult result, EffectOptions options)
    {
        options.Sdid.Solver = result.GetValue(_solver) ?? SdidSolver.Exact;
        options.Sdid.Covariates = result.GetValue(_covariatesBy);
        options.Resampling.Replications = result.GetValue(_replications) ?? Defaults.Replications;
        options.Resampling.Draws = result.GetValue(_resamples) is string path ? DrawsReader.Read(path, "Resamples") : null;
    }
}
