using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Fitting;
using SparseSC.Core.Models;
using SparseSC.Plots.Drawing;
using SparseSC.Plots.Report;

namespace SparseSC.Plots.Tests;

public partial class ReportTests
{
    private static readonly Lazy<EffectEstimate> California = new(() => EffectEstimator.Run(Panel(), Simplex));
    private static readonly Lazy<string> Page = new(() => Html(stream => HtmlReport.Write(stream, California.Value, Options)));

    private static EffectOptions Simplex => new() { Method = EffectMethod.Simplex };

    private static ReportOptions Options => new() { Version = "9.9", Command = "sparsesc report --title '<a & "
        + "b>'", Inputs = [new ReportInput("p.csv", "00ff")] };

    [Fact]
    public void It_asks_the_question_and_answers_it()
    {
        EffectValue average = California.Value.Effect.Average;
        Assert.Contains("<h1>What did the treatment of California from 1989 on do to cigsale?</h1>", Page.Value, StringComparison.Ordinal);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"On average over 12 periods cigsale of California was {-average.Effect:N2} ("),
            Text(Page.Value),
            StringComparison.Ordinal);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"and 0 lies inside; p = {average.PValue:0.0000}."),
            Text(Page.Value),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_hold_the_numbers_of_the_estimate()
    {
        string[][] rows = Rows(Page.Value, "Effect on cigsale by period");
        Assert.Equal(California.Value.Effect.PerPeriod.Select(value => value.Time), rows.Select(row => row[0]));
        Assert.All(rows.Zip(California.Value.Effect.PerPeriod), pair =>
        {
            Assert.Equal(pair.Second.Effect, Number(pair.First[1]), .006);
            Assert.Equal(pair.Second.CiLow, Number(pair.First[2]), .006);
            Assert.Equal(pair.Second.PValue, Number(pair.First[4]), .00006);
        });
        Assert.Equal(
            EffectRows.UnitWeights(California.Value).Select(row => row.Donor),
            Rows(Page.Value, "Weights of the donors").Select(row => row[0]));
        string[][] checks = Rows(Page.Value, "Checks of the estimate");
        Assert.Equal(California.Value.Diagnostics.Select(row => row.What), checks.Select(row => row[0]));
        Assert.Equal(California.Value.Diagnostics.Select(row => row.Sentence), checks.Select(row => row[3]));
        string[] balance = Rows(Page.Value, "Predictors before the treatment")[0];
        Assert.Equal(California.Value.Observed[California.Value.Periods[0].TreatedUnits[0], 0], Number(balance[1]), .06);
    }

    /// <summary>What is read by pointing stands where it is drawn.</summary>
    [Fact]
    public void Readings_stand_on_the_lines()
    {
        (DrawnPicture picture, double[] at, string[] text) = Figures(Page.Value).First();
        (double X, double Y)[] observed = picture.Lines("observed", 2).MaxBy(line => line.Length)!;
        Assert.Equal(31, at.Length);
        Assert.All(observed.Zip(at), pair => Assert.Equal(pair.First.X, pair.Second, .2));
        Assert.StartsWith("1970: observed 123, synthetic ", text[0], StringComparison.Ordinal);
        Assert.All(Figures(Page.Value), figure => Assert.Equal(figure.At.Length, figure.Text.Length));
    }

    [Fact]
    public void Names_may_hold_any_character()
    {
        EffectEstimate estimate = EffectEstimator.Run(Panel(), Simplex);
        estimate.Units = [.. estimate.Units.Select(unit => $"{unit}\u0001\uDC00")];
        string page = Html(stream => HtmlReport.Write(stream, estimate, Options));
        Assert.Contains("What did the treatment of California\uFFFD\uFFFD from 1989 on do", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', page);
    }

    [Fact]
    public void It_loads_nothing_and_leaves_no_id_twice()
    {
        string withoutPictures = Svg().Replace(Page.Value, "");
        Assert.DoesNotMatch("""(?:src|href)="(?!#)|url\((?!#)|@import|https?:""", withoutPictures);
        Assert.Contains("default-src &#39;none&#39;".Replace("&#39;", "'", StringComparison.Ordinal), Page.Value, StringComparison.Ordinal);
        string[] ids = [.. Ids().Matches(Page.Value).Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Distinct().Order(), ids.Order());
        Assert.InRange(Page.Value.Length, 50_000, 1_000_000);
    }

    [Fact]
    public void Programs_that_read_it_out_find_titles_and_heads()
    {
        Assert.Equal(Regex.Count(Page.Value, "<table"), Regex.Count(Page.Value, "<caption>[^<]+</caption>"));
        Assert.Equal(Regex.Count(Page.Value, "<section"), Regex.Count(Page.Value, "<section id=\"[a-z]+\" aria-labelledby"));
        Assert.All(Figures(Page.Value), figure =>
        {
            Assert.Equal("img", figure.Picture.Root.Attribute("role")?.Value);
            Assert.NotEmpty(figure.Picture.Title);
            Assert.Empty(figure.Picture.Elements("style"));
        });
        Assert.All(
            Regex.Matches(Page.Value, "<thead><tr>(.*?)</tr>").Select(match => match.Groups[1].Value),
            head => Assert.DoesNotMatch("<th(?! scope)", head));
    }

    [Fact]
    public void It_says_how_to_repeat_it()
    {
        Assert.Contains("<code>sparsesc report --title &#39;&lt;a &amp; b&gt;&#39;</code>", Page.Value, StringComparison.Ordinal);
        Dictionary<string, string> repeat = Rows(Page.Value, "Versions, settings, seeds and hashes").ToDictionary(
            row => row[0],
            row => row[1]);
        Assert.Equal("9.9", repeat["SparseSC"]);
        Assert.Equal("simplex", repeat["estimator"]);
        Assert.Equal("110011", repeat["seed of the cross-fits"]);
        Assert.Equal("00ff", repeat["SHA-256 of p.csv"]);
        string hash = repeat["SHA-256 of units, times and outcomes"];
        Assert.Matches("^[0-9a-f]{64}$", hash);

        // Another outcome, another hash; the same estimate, the same page.
        Assert.Equal(Page.Value, Html(stream => HtmlReport.Write(stream, California.Value, Options)));
        EffectEstimate other = EffectEstimator.Run(Panel(), Simplex);
        other.Observed[3, 3] += 1e-9;
        Assert.DoesNotContain(hash, Html(stream => HtmlReport.Write(stream, other, Options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_text_whatever_they_hold()
    {
        EffectEstimate estimate = EffectEstimator.Run(Panel(), Simplex);
        estimate.Units = [.. estimate.Units.Select(unit => unit is "California" or "Utah" ? $"<b>\"{unit}\" & 'co'</b>" : unit)];
        estimate.Warnings = ["<script>alert(1)</script>"];
        estimate.Diagnostics = [];
        string html = Html(stream => HtmlReport.Write(stream, estimate, Options));
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<script"));
        Assert.Contains("<b>\"California\" & 'co'</b>", Text(html), StringComparison.Ordinal);
        Assert.NotEmpty(Figures(html));
        Assert.Contains("This estimate carries no checks", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_colours_are_the_readers()
    {
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        string html = Html(stream => HtmlReport.Write(
            stream,
            California.Value,
            new ReportOptions { Culture = comma, Theme = PlotTheme.Dark }));
        Assert.Equal("−8,44", Rows(html, "Effect on cigsale by period")[0][1]);
        Assert.Contains("data-theme=\"dark\"", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@":root\{--ground:#ffffff[^}]*\}(?!\})", html);
        Assert.Contains("@media (prefers-color-scheme:dark){:root{--ground:#16181c", Page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Fits_and_tests_have_reports_too()
    {
        EffectData data = EffectData.FromPanel(Panel());
        SpacePlacebo space = SpacePlacebo.Run(data, Simplex);
        string spaceHtml = Html(stream => HtmlReport.Write(stream, space, Options));
        Assert.Equal(space.Rows.Select(row => row.Unit), Rows(spaceHtml, "Units by the ratio").Select(row => row[0]));
        Assert.Contains("California is number 3 of 39: p = 0.0769.", Text(spaceHtml), StringComparison.Ordinal);

        TimePlacebo time = TimePlacebo.Run(data, Simplex, [5, 10]);
        string timeHtml = Html(stream => HtmlReport.Write(stream, time, Options));
        Assert.Equal(["1975", "1980"], Rows(timeHtml, "Average effect where there was none").Select(row => row[0]));
        Assert.Equal(3, Figures(timeHtml).Count());

        LeaveOneOutTest donors = LeaveOneOutTest.Run(data, Simplex);
        Assert.Equal(
            donors.Rows.Select(row => row.Donor),
            Rows(Html(stream => HtmlReport.Write(stream, donors, Options)), "Average effect without").Select(row => row[0]));

        ConformalTest conformal = ConformalTest.Run(data, new ConformalOptions());
        Assert.Equal(13, Rows(Html(stream => HtmlReport.Write(stream, conformal, Options)), "Effects by period").Length);

        SyntheticControlFit fit = FastFit.Run(Panel().ToFitData(), new FastFitOptions());
        string fitHtml = Html(stream => HtmlReport.Write(stream, fit, Options));
        Assert.Equal(12, Rows(fitHtml, "Targets of the treated").Length);
        Assert.Equal(
            FitRows.FeatureWeights(fit).Select(row => row.Feature),
            Rows(fitHtml, "Weights of the features").Select(row => row[0]));
    }

    private static Panel Panel() => PanelReader.Read(
        RepositoryFiles.Sample("california_prop99.csv"),
        new PanelOptions { Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989" });

    private static string Html(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Text(string html) => WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]*>", "")).Replace('\u00A0', ' ');

    private static double Number(string text) => double.Parse(text.Replace('−', '-'), NumberStyles.Number, CultureInfo.InvariantCulture);

    private static string[][] Rows(string html, string caption)
    {
        string table = Regex.Matches(html, "<table.*?</table>", RegexOptions.Singleline).Select(match => match.Value)
            .Single(table => table.Contains($"<caption>{caption}", StringComparison.Ordinal));
        return [.. XElement.Parse(table).Descendants("tbody").Single().Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
    }

    private static IEnumerable<(DrawnPicture Picture, double[] At, string[] Text)> Figures(string html) =>
        Regex.Matches(html, "<figure data-readings=\"([^\"]*)\">.*?(<svg.*?</svg>)", RegexOptions.Singleline).Select(match =>
        {
            using JsonDocument readings = JsonDocument.Parse(WebUtility.HtmlDecode(match.Groups[1].Value));
            return (
                new DrawnPicture(match.Groups[2].Value),
                readings.RootElement.GetProperty("at").EnumerateArray().Select(at => at.GetDouble()).ToArray(),
                readings.RootElement.GetProperty("text").EnumerateArray().Select(text => text.GetString()!).ToArray());
        });

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    [GeneratedRegex("\\sid=\"([^\"]+)\"")]
    private static partial Regex Ids();
}
