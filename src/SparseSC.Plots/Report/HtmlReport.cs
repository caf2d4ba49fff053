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
    /// <summary>Writes the report of an effect.</summary>
    public static void Write(Stream stream, EffectEstimate estimate, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentNullException.ThrowIfNull(options);
        Write(stream, new EffectReport(estimate, options).ToHtml());
    }

    /// <summary>Writes the report of a model.</summary>
    public static void Write(Stream stream, SyntheticControlFit fit, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(options);
        Write(stream, new FitReport(fit, options).ToHtml());
    }

    /// <summary>Writes the report of placebos in space.</summary>
    public static void Write(Stream stream, SpacePlacebo test, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(test);
        Write(stream, options, report => report.Space(test));
    }

    /// <summary>Writes the report of placebos in time.</summary>
    public static void Write(Stream stream, TimePlacebo test, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(test);
        Write(stream, options, report => report.Time(test));
    }

    /// <summary>Writes the report of leaving donors out.</summary>
    public static void Write(Stream stream, LeaveOneOutTest test, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(test);
        Write(stream, options, report => report.LeaveOneOut(test));
    }

    /// <summary>Writes the report of a conformal test.</summary>
    public static void Write(Stream stream, ConformalTest test, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(test);
        Write(stream, options, report => report.Conformal(test));
    }

    private static void Write(Stream stream, ReportOptions options, Func<TestReport, string> write)
    {
        ArgumentNullException.ThrowIfNull(options);
        Write(stream, write(new TestReport(options)));
    }

    private static void Write(Stream stream, string html)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(html));
    }

    /// <summary>How pictures of a report are drawn.</summary>
    internal static PlotOptions Pictures(ReportOptions options) => new() { Theme = options.Theme, Culture = options.Culture };
}
