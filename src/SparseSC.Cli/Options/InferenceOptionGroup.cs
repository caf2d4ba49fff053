using System.CommandLine;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Options;

/// <summary>Where p-values and intervals of an effect come from.</summary>
internal sealed class InferenceOptionGroup
{
    private readonly Option<EffectInference?> _inference = Choice(
        "--inference",
        "Where p-values, intervals and standard errors come from; not every estimator has all [default: placebo]",
        [.. Enum.GetValues<EffectInference>().Select(inference => (OptionText.CommandLineValue(inference.ToString()), inference))]);

    private readonly Option<string?> _permutations =
        Text("--permutations", "block|iid|N", "Conformal: all cyclic shifts in time, random permutations, or so many of them [default: block]");

    private readonly Option<int?> _nullGrid =
        Whole("--null-grid", "Conformal: intervals from so many effects tried, as the R package augsynth makes them [default: ends are searched exactly]");

    private readonly Option<double?> _uAlpha = Number("--u-alpha", "Prediction interval: probability that the weights' error exceeds it [default: 0.05, or half of what --level leaves]");
    private readonly Option<double?> _eAlpha = Number("--e-alpha", "Prediction interval: probability that the error after the treatment exceeds it [default: 0.05, or half of what --level leaves]");
    private readonly Option<OutOfSampleMethod?> _eMethod = Choice(
        "--e-method",
        "Prediction interval: the error after the treatment by a sub-Gaussian bound, by standardised residuals, or by quantile regression [default: gaussian]",
        ("gaussian", OutOfSampleMethod.Gaussian),
        ("location-scale", OutOfSampleMethod.LocationScale),
        ("quantile", OutOfSampleMethod.Quantile));

    private readonly Option<bool> _differences = Switch("--differences", "Prediction interval: residuals explained by first differences of donors' outcomes instead of levels, for outcomes that grow together");
    private readonly Option<string?> _draws =
        Text("--draws", "N|FILE.csv", $"Prediction interval: draws that simulate the weights' error, or the draws themselves, a row each with a column per donor [default: {new PredictionIntervalOptions().Draws}]");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _inference, _permutations, _nullGrid, _uAlpha, _eAlpha, _eMethod, _differences, _draws })
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the options into those of the effect.</summary>
    /// <exception cref="InvalidInputException">An option cannot be read, or is not used.</exception>
    public void Read(ParseResult result, EffectOptions options)
    {
        options.Inference = result.GetValue(_inference) ?? EffectInference.Placebo;
        options.Conformal.Rearrange(result.GetValue(_permutations));
        options.Conformal.NullGrid = result.GetValue(_nullGrid);
        string[] given = [.. FastOptionGroup.Given(result)];
        EffectInferenceUse.CheckOptions(options.Inference, options.Conformal.Permutations, given);
        Read(result, options.PredictionInterval, given.Contains("Level") ? options.Level : null);
    }

    private void Read(ParseResult result, PredictionIntervalOptions intervals, double? level)
    {
        if (level is double shared)
        {
            intervals.Share(shared);
        }

        intervals.UAlpha = result.GetValue(_uAlpha) ?? intervals.UAlpha;
        intervals.EAlpha = result.GetValue(_eAlpha) ?? intervals.EAlpha;
        intervals.Method = result.GetValue(_eMethod) ?? intervals.Method;
        intervals.Differences = result.GetValue(_differences);
        intervals.Draw(result.GetValue(_draws), path => path);
    }
}
