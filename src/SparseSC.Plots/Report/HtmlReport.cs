using System.Text;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Models;
using SparseSC.Plots.Charts;

namespace SparseSC.Plots.Report;

/// <summary>
/// Reports: one HTML file that says what happened, whether to believe it, and how to repeat it, and that loads nothing from anywhere.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the report of whatever it is.</summary>
    /// <param name="stream">Where it is written to, in UTF-8.</param>
    /// <param name="result">An estimate of an effect, a model, or a test of an effect.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="ArgumentException">There is no report of the like.</exception>
    public static void Write(Stream stream, object result, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        string html = result switch
        {
            EffectEstimate estimate => new EffectReport(estimate, options).ToHtml(),
            SyntheticControlFit fit => new FitReport(fit, options).ToHtml(),
            SpacePlacebo space => new TestReport(options).Space(space),
            TimePlacebo time => new TestReport(options).Time(time),
            LeaveOneOutTest leaveOneOut => new TestReport(options).LeaveOneOut(leaveOneOut),
            ConformalTest conformal => new TestReport(options).Conformal(conformal),
            _ => throw new ArgumentException($"There is no report of a {result.GetType().Name}.", nameof(result)),
        };
        stream.Write(Encoding.UTF8.GetBytes(html));
    }
    /// <summary>How pictures of a report are drawn.</summary>
    internal static PlotOptions Pictures(ReportOptions options) => new() { Theme = options.Theme, Culture = options.Culture };
}
