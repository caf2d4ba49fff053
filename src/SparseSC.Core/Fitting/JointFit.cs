using System.Diagnostics;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Core.Fitting;

/// <summary>
/// The joint fit: feature weights v and unit weights W under both penalties, chosen by cross-validation in an alternating search.
/// </summary>
/// <remarks>Source: Quistorff, Goldman, Thorpe (2020), "Sparse Synthetic Controls"; the package microsoft/SparseSC, <c>fit()</c>.</remarks>
public static class JointFit
{
    /// <summary>Fits a model.</summary>
    /// <param name="data">Features (N×K), targets (N×T) and treated rows. K = 0 gives the null model of equal weights.</param>
    /// <param name="options">Settings; the defaults are the reference's.</param>
    /// <param name="progress">Told after every search; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the fit within one evaluation.</param>
    /// <exception cref="Errors.InvalidInputException">Data or options cannot be used.</exception>
    /// <exception cref="Errors.SingularSystemException">The unit weights are not unique.</exception>
    /// <exception cref="Errors.ConvergenceException">A search failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SyntheticControlFit Run(
        FitData data,
        FitOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        Stopwatch clock = Stopwatch.StartNew();
        data = CovariateScaling.Apply(data, options.Scale, options.ModelType);
        (options, string? smaller) = SmallSample.Resolve(data, options);
        SyntheticControlFit fit = options.MatchSpace is { } matching && data.Features.Columns > 0
            ? MatchSpaceFit.Run(data, options, matching, progress, cancellationToken)
            : RunOnAllFeatures(data, options, progress, cancellationToken);
        MatchQuality.Note(data, fit, options.DonorPool);
        CovariateScaling.Describe(data, fit);
        string?[] warnings = [.. data.Warnings, LookAlikes.Warning(data.UnitNames), smaller, .. fit.Warnings];
        fit.Warnings = [.. warnings.OfType<string>()];
        fit.ElapsedSeconds = clock.Elapsed.TotalSeconds;
        return fit;
    }

    /// <summary>The fit itself, whatever <see cref="FitOptions.MatchSpace"/> says.</summary>
    internal static SyntheticControlFit RunOnAllFeatures(
        FitData data, FitOptions options, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        if (data.Features.Columns == 0)
        {
            return NullModel.Run(data, options);
        }

        FitProblem problem = new(data, options);
        try
        {
            return new AlternatingSearch(new PreparedFit(problem, options), options, progress, cancellationToken).Run();
        }
        catch (SingularSystemException error) when (WPenAdvice.Applies(options))
        {
            throw new SingularSystemException($"{error.Message} {WPenAdvice.For(problem, options, cancellationToken)}", error);
        }
        catch (ConvergenceException error) when (error.FoundNoStep && WPenAdvice.Applies(options))
        {
            throw new ConvergenceException($"{error.Message} {WPenAdvice.For(problem, options, cancellationToken)}", error);
        }
    }
}
