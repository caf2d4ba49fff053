using System.Globalization;
using System.Text.Json;
using SparseSC.Core.Data;

namespace SparseSC.Cli.Tests;

public sealed class FitTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void CaliforniaIsFittedAndSummedUp()
    {
        CliRun run = CliRun.Of(["fit", .. CliRun.California]).Expect(0);
        JsonElement json = run.Json;
        Assert.Equal("retrospective", json.GetProperty("modelType").GetString());
        Assert.Equal(38, json.GetProperty("controlUnits").GetArrayLength());
        Assert.Equal(39, json.GetProperty("weights").GetArrayLength());
        Assert.Equal(38, json.GetProperty("weights")[0].GetArrayLength());
        Assert.Equal(12, json.GetProperty("predictions")[0].GetArrayLength());
        Assert.Equal(20, json.GetProperty("scores").GetArrayLength());
        Assert.Equal(2, json.GetProperty("iterations").GetArrayLength());
        Assert.Equal(10, json.GetProperty("folds").GetArrayLength());

        // The summary must say what the JSON says.
        int california = json.GetProperty("treatedUnits")[0].GetInt32();
        double synthetic = json.GetProperty("predictions")[california][11].GetDouble();
        string gap = (41.6 - synthetic).ToString("F2", CultureInfo.InvariantCulture);
        Assert.Matches($@"2000\s+41\.60\s+{synthetic.ToString("F2", CultureInfo.InvariantCulture)}\s+{gap}", run.Error);
        JsonElement weights = json.GetProperty("weights")[california];
        int mainDonor = Enumerable.Range(0, 38).MaxBy(donor => Math.Abs(weights[donor].GetDouble()));
        string donorName = json.GetProperty("unitNames")[json.GetProperty("controlUnits")[mainDonor].GetInt32()].GetString()!;
        Assert.Matches($@"Main donors of California\n  {donorName}\s", run.Error);
        int matched = json.GetProperty("v").EnumerateArray().Count(v => v.GetDouble() != 0);
        Assert.Contains($"Matched features: {matched} of 19", run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void MatrixFormGivesThePanelFormsNumbers()
    {
        Panel panel = PanelReader.Read(RepositoryFiles.Sample("california_prop99.csv"), new PanelOptions
        {
            Unit = "state", Time = "year", Outcome = "cigsale", TreatedUnits = ["California"], TreatmentTime = "1989",
        });
        Core.Data.FitData data = panel.ToFitData();
        NpyWriter.Write(_folder.Path("X.npy"), data.Features);
        string targets = string.Join('\n', Enumerable.Range(0, 39).Select(row =>
            string.Join(',', data.Targets.Row(row).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
        string treated = data.TreatedUnits[0].ToString(CultureInfo.InvariantCulture);
        string[] options = ["--v-pen", "1000", "--w-pen", "1000"];
        CliRun matrix = CliRun.Of(["fit", "--features", _folder.Path("X.npy"), "--targets", _folder.Write("Y.csv", targets), "--treated", treated, .. options]).Expect(0);
        CliRun direct = CliRun.Of(["fit", .. CliRun.California, .. options]).Expect(0);
        Assert.Equal(direct.Json.GetProperty("predictions").GetRawText(), matrix.Json.GetProperty("predictions").GetRawText());
        Assert.Equal(JsonValueKind.Null, matrix.Json.GetProperty("unitNames").ValueKind);
        Assert.Contains($"Main donors of unit {treated}", matrix.Error, StringComparison.Ordinal);
        Assert.Equal("1000", matrix.Json.GetProperty("vPen").GetRawText());
    }

    [Fact]
    public void OutputGoesToTheFileAloneAndQuietSaysNothing()
    {
        string path = _folder.Path("fit.json");
        CliRun run = CliRun.Of(["fit", .. CliRun.California, "--v-pen", "1", "--w-pen", "1", "--output", path, "--quiet", "--no-weights"]).Expect(0);
        Assert.Equal(("", ""), (run.Output, run.Error));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
        Assert.False(json.RootElement.TryGetProperty("weights", out _));
        Assert.Equal("orthant", json.RootElement.GetProperty("constraint").GetString());
    }

    [Fact]
    public void ListsFoldsAndDonorPoolsReachTheFit()
    {
        // Two folds over the 38 controls, and Rhode Island (the first control) barred from every unit.
        string folds = _folder.Write("folds.json", JsonSerializer.Serialize(new[]
        {
            new[] { Enumerable.Range(0, 19), Enumerable.Range(19, 19) },
            new[] { Enumerable.Range(19, 19), Enumerable.Range(0, 19) },
        }));
        string pool = _folder.Write("pool.csv", string.Concat(Enumerable.Repeat("0" + string.Concat(Enumerable.Repeat(",1", 37)) + "\n", 39)));
        CliRun run = CliRun.Of(["fit", .. CliRun.California, "--v-pen", "1,10,100", "--w-pen", "1000", "--choice", "min", "--cv-folds", folds, "--donor-pool", pool]).Expect(0);
        JsonElement json = run.Json;
        Assert.Equal("[1,10,100]", json.GetProperty("iterations")[0].GetProperty("vPen").GetRawText());
        Assert.Equal("1000", json.GetProperty("iterations")[0].GetProperty("wPen").GetRawText());
        Assert.Equal(2, json.GetProperty("folds").GetArrayLength());
        Assert.All(json.GetProperty("weights").EnumerateArray(), row => Assert.Equal(0, row[0].GetDouble()));
        double[] scores = [.. json.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())];
        Assert.Equal(Array.IndexOf(scores, scores.Min()), json.GetProperty("selectedIndex").GetInt32());
    }

    [Fact]
    public void SeveralTreatedUnitsStandSideBySide()
    {
        string[] args = [.. CliRun.California];
        args[Array.IndexOf(args, "California")] = "California,Utah";
        CliRun run = CliRun.Of(["fit", .. args, "--v-pen", "1", "--w-pen", "1000"]).Expect(0);
        Assert.Contains("of Utah", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"\n\s+Utah\s+California\s+mean of all\n", run.Error);
        Assert.All(run.Error.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void SingularSystemsFailWithTheWayOut()
    {
        // Two features that are the same and no unit-weight penalty: the weights are not unique.
        string x = _folder.Write("X.csv", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 5},{i % 5}\n")));
        string y = _folder.Write("Y.csv", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i * i}\n")));
        string output = _folder.Path("fit.json");
        CliRun run = CliRun.Of("fit", "--features", x, "--targets", y, "--treated", "0", "--v-pen", "0.001", "--w-pen", "0", "--output", output).Expect(1);
        Assert.StartsWith("sparsesc fit: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--w-pen", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public void CancelledWorkAnswersThreeAndWritesNothing()
    {
        string output = _folder.Path("fit.json");
        CliRun run = CliRun.Of(["fit", .. CliRun.California, "--output", output], cancelled: true).Expect(3);
        Assert.Equal("sparsesc fit: cancelled.\n", run.Error);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();
}
