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
        "Sdid: coefficients of covariates from untreated cells, or searched together with the weights [default: projected]; augmented: matched as outcomes are, or taken off them [default: match]",
        ("projected", CovariateUse.Projected),
        ("optimized", CovariateUse.Optimized),
        ("match", CovariateUse.Match),
        ("residualize", CovariateUse.Residualize));

    private readonly Option<double?> _lambda = Number("--lambda", "Augmented: the ridge penalty [default: found by leaving out one pre-period after the other]");
    private readonly Option<PenaltyChoice?> _lambdaChoice = Choice(
        "--lambda-choice",
        "Augmented: the largest penalty within one standard error of the lowest error, or that of the lowest [default: 1se]",
        ("1se", PenaltyChoice.OneStandardError),
        ("min", PenaltyChoice.Min));

    private readonly Option<int?> _replications =
        Whole("--replications", $"Sdid, augmented: placebos of several treated units, or bootstrap samples [default: {Defaults.Replications}; every control once for one treated unit]");

    private readonly Option<string?> _resamples =
        Text("--resamples", "FILE.json", "Sdid, augmented: the draws themselves, [[…],…] counted from 0: permutations of the controls, or rows of units for a bootstrap");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _solver, _covariatesBy, _lambda, _lambdaChoice, _replications, _resamples })
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the options into those of the effect.</summary>
    public void Read(ParseResult result, EffectOptions options)
    {
        options.Sdid.Solver = result.GetValue(_solver) ?? SdidSolver.Exact;
        options.Sdid.Covariates = result.GetValue(_covariatesBy);
        options.Augmented.Covariates = result.GetValue(_covariatesBy);
        options.Augmented.Lambda = result.GetValue(_lambda);
        options.Augmented.LambdaChoice = result.GetValue(_lambdaChoice) ?? PenaltyChoice.OneStandardError;
        options.Resampling.Replications = result.GetValue(_replications) ?? Defaults.Replications;
        options.Resampling.Draws = result.GetValue(_resamples) is string path ? DrawsReader.Read(path, "Resamples") : null;
    }
}
