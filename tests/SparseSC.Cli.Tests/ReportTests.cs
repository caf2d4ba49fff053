using System.Security.Cryptography;

namespace SparseSC.Cli.Tests;

/// <summary><c>sparsesc report</c>.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void DataOptionsGiveThePageOfTheirEffect()
    {
        string html = CliRun.Of(["report", "--unit-weight", "simplex", .. CliRun.California, "--quiet"]).Expect(0).Output;
        string panel = RepositoryFiles.Sample("california_prop99.csv");
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("<h1>What did the treatment of California from 1989 on do to cigsale?</h1>", html, StringComparison.Ordinal);
        Assert.Contains($"<code>sparsesc report --unit-weight simplex --panel {panel} --unit state", html, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(panel))).ToLowerInvariant(), html, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfAnEffectGivesTheSamePageButForHowItWasMade()
    {
        string json = _folder.Path("effect.json");
        CliRun.Of(["effects", "--unit-weight", "simplex", .. CliRun.California, "--synthetic", "all", "--output", json, "--quiet"]).Expect(0);
        string read = CliRun.Of("report", "--input", json).Expect(0).Output;
        string made = CliRun.Of(["report", "--unit-weight", "simplex", .. CliRun.California, "--quiet"]).Expect(0).Output;
        Assert.Equal(BeforeRepeat(made), BeforeRepeat(read));
        Assert.Contains($"SHA-256 of {json}", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit", "Which donors, matched on what, stand for California?", "--fast")]
    [InlineData("placebo", "Does California stand out among units that were not treated?", "--kind", "space", "--unit-weight", "simplex")]
    [InlineData("placebo", "Is there an effect before 1989, when there was no treatment?", "--kind", "time", "--unit-weight", "simplex")]
    [InlineData("placebo", "Does the effect hang on one donor?", "--kind", "leave-one-out", "--unit-weight", "simplex")]
    [InlineData("placebo", "Do the errors of California from 1989 on look like those before?", "--kind", "conformal")]
    public void EveryResultHasAPage(string verb, string question, params string[] options)
    {
        (string json, string html) = (_folder.Path("result.json"), _folder.Path("page.html"));
        CliRun.Of([verb, .. options, .. CliRun.California, "--output", json, "--quiet"]).Expect(0);
        Assert.Empty(CliRun.Of("report", "--input", json, "--output", html).Expect(0).Output);
        string page = File.ReadAllText(html);
        Assert.Contains($"<h1>{question}</h1>", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeReportedIsSaid()
    {
        Assert.Contains(
            "--input none.json does not exist.",
            CliRun.Of("report", "--input", "none.json").Expect(2).Error,
            StringComparison.Ordinal);
        string json = _folder.Write("x.json", "{\"kind\": \"space\"}");
        Assert.Contains(
            $"'{json}' is damaged ('fittedBy' is missing). Run the test again.",
            CliRun.Of("report", "--input", json).Expect(2).Error,
            StringComparison.Ordinal);
        string half = _folder.Write("half.json", "{\"format\": \n");
        Assert.Contains(
            $"--input {half} is truncated or damaged (it is no complete JSON, which ends or breaks at line 2, byte 1). Write it again.",
            CliRun.Of("plot", "--kind", "gap", "--input", half, "--quiet").Expect(2).Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "--panel belongs to an effect that is estimated for the report, and --input is the file of one that has been.",
            CliRun.Of("report", "--input", json, "--panel", "p.csv").Expect(2).Error,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string BeforeRepeat(string html) => html[..html.IndexOf("<section id=\"repeat\"", StringComparison.Ordinal)];
}
