using System.Globalization;
using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary>Messages about data name the options of the form in which the data came.</summary>
public sealed class FormTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("5\n5\n5\n\n", "simplex", "--treatment-periods: Only 1 control remains for the units treated from column 5 on; at least 2 are needed.")]
    [InlineData("5\n5\n5\n\n", "sdid", "--treatment-periods: 1 unit is never treated; --estimator sdid takes its donors from these, and needs at least 2.")]
    [InlineData("5\n5\n5\n\n", "partially-pooled", "--treatment-periods: 1 unit is never treated; --estimator partially-pooled needs at least 2")]
    [InlineData("\n\n\n\n", "simplex", "--treatment-periods: No unit is treated, so there is no effect to estimate.")]
    public void MatricesHaveNoOptionsOfPanels(string periods, string estimator, string message)
    {
        CliRun run = CliRun.Of("effects", "--outcomes", Outcomes(), "--treatment-periods", Write("P.csv", periods), "--estimator", estimator).Expect(2);
        Assert.StartsWith($"sparsesc effects: {message}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--treated-unit", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void StaggeredMatricesAreNotAskedForAColumn()
    {
        CliRun run = CliRun.Of(
            "effects", "--outcomes", Outcomes(), "--treatment-periods", Write("P.csv", "5\n6\n\n\n"), "--estimator", "simplex", "--inference", "conformal").Expect(2);
        Assert.StartsWith("sparsesc effects: --treatment-periods: The conformal test needs one treatment time;", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PanelsHaveNoOptionsOfMatrices()
    {
        string[] rows = [.. Enumerable.Range(0, 4).SelectMany(unit => Enumerable.Range(0, 8).Select(t =>
            string.Create(CultureInfo.InvariantCulture, $"u{unit},{t},{Value(unit, t)},{4 + (unit % 2)}")))];
        string panel = Write("panel.csv", "unit,time,y,start\n" + string.Join('\n', rows));
        CliRun run = CliRun.Of("effects", "--panel", panel, "--unit", "unit", "--time", "time", "--outcome", "y", "--treatment-time-column", "start").Expect(2);
        Assert.DoesNotContain("--treatment-periods", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--outcomes", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoControlsAreNotSentForMoreFolds()
    {
        CliRun run = CliRun.Of("effects", "--outcomes", Outcomes(), "--treatment-periods", Write("P.csv", "5\n5\n\n\n"), "--unit-weight", "simplex").Expect(2);
        Assert.Contains("Give --cross-fit-folds 1 to reuse the main fit, or more controls.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Give more", run.Error, StringComparison.Ordinal);
        string[] followed = ["effects", "--outcomes", Outcomes(), "--treatment-periods", Write("P.csv", "5\n5\n\n\n"), "--unit-weight", "simplex", "--cross-fit-folds", "1"];
        JsonElement json = CliRun.Of(followed).Expect(0).Json;

        // Weights of the mean of several treated units are the means of theirs.
        JsonElement period = json.GetProperty("periods")[0];
        double[][] weights = [.. period.GetProperty("fit").GetProperty("weights").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray())];
        Assert.Equal(2, weights.Length);
        double[] expected = [.. Enumerable.Range(0, 2).Select(donor => weights.Average(row => row[donor]))];
        Assert.Equal(expected, json.GetProperty("donorWeights").EnumerateObject().Select(weight => weight.Value.GetDouble()));
    }

    [Theory]
    [InlineData("--leads 99", "--leads 99 is more than the 3 periods from the first treatment on. Give 3 or less.")]
    [InlineData("--lags 99", "--lags 99 is more than the 6 periods before the last treatment. Give 6 or less.")]
    public void MoreThanThePanelHasIsRefused(string options, string message)
    {
        CliRun run = CliRun.Of(
            ["effects", "--outcomes", Outcomes(), "--treatment-periods", Write("P.csv", "5\n6\n\n\n"), "--estimator", "partially-pooled", .. options.Split(' ')]).Expect(2);
        Assert.StartsWith($"sparsesc effects: {message}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OneSingularValueIsOne()
    {
        CliRun run = CliRun.Of(
            "effects", "--outcomes", Outcomes(), "--treatment-periods", Write("P.csv", "5\n\n\n\n"), "--estimator", "robust", "--rank", "1", "--pre-periods", "1").Expect(0);
        Assert.Contains("One singular value reproduces the period before the treatment whatever it is", run.Error, StringComparison.Ordinal);
    }

    private static double Value(int unit, int t) => Math.Round((unit * 2) + Math.Sin((unit + 1) * (t + 2)) + (0.3 * t), 6);

    private string Outcomes() => Write("Y.csv", string.Join('\n', Enumerable.Range(0, 4).Select(unit =>
        string.Join(',', Enumerable.Range(0, 8).Select(t => Value(unit, t).ToString(CultureInfo.InvariantCulture))))));

    private string Write(string name, string text) => _folder.Write(name, text);
}
