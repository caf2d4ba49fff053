using System.Globalization;
using System.Text.Json;

namespace SparseSC.Cli.Tests;

/// <summary>Results as CSV: tidy rows that hold, to the last bit, what the JSON holds.</summary>
public sealed class CsvTests : IDisposable
{
    private static readonly string[] Fixed = ["--v-pen", "1", "--w-pen", "1000"];

    private readonly TempFolder _folder = new();

    [Fact]
    public void AFitGivesWeightsAndPredictions()
    {
        CliRun run = CliRun.Of(["fit", .. CliRun.California, .. Fixed, "--weights-csv", _folder.Path("w.csv"), "--predictions-csv", _folder.Path("p.csv")]).Expect(0);
        JsonElement fit = run.Json;
        string[] names = [.. fit.GetProperty("unitNames").EnumerateArray().Select(name => name.GetString()!)];
        int row = fit.GetProperty("treatedUnits")[0].GetInt32();
        string[][] weights = Table("w.csv", "unit,donor,weight");
        double[] expected = [.. fit.GetProperty("weights")[row].EnumerateArray().Select(weight => weight.GetDouble())];
        int[] controls = [.. fit.GetProperty("controlUnits").EnumerateArray().Select(unit => unit.GetInt32())];
        Assert.Equal(expected.Count(weight => weight != 0), weights.Length);
        Assert.All(weights, cells =>
        {
            Assert.Equal("California", cells[0]);
            Assert.Equal(expected[Array.IndexOf(controls, Array.IndexOf(names, cells[1]))], Number(cells[2]));
        });
        Assert.Equal(weights.Select(cells => Math.Abs(Number(cells[2]))).OrderDescending(), weights.Select(cells => Math.Abs(Number(cells[2]))));

        string[][] predictions = Table("p.csv", "unit,time,observed,synthetic,gap,low,high");
        Assert.Equal(12, predictions.Length);
        Assert.Equal(["California", "1989"], predictions[0][..2]);
        for (int time = 0; time < 12; time++)
        {
            double[] values = [.. predictions[time][2..].Select(Number)];
            Assert.Equal(fit.GetProperty("targets")[row][time].GetDouble(), values[0]);
            Assert.Equal(fit.GetProperty("predictions")[row][time].GetDouble(), values[1]);
            Assert.Equal(values[0] - values[1], values[2]);
            Assert.InRange(values[1], values[3], values[4]);
        }
    }

    [Fact]
    public void EffectsGiveAllThreeAndStandardOutputTakesOne()
    {
        string json = _folder.Path("e.json");
        CliRun run = CliRun.Of(
        [
            "effects", .. CliRun.California, "--unit-weight", "simplex", "--quiet", "--output", json, "--effects-csv", "-",
            "--weights-csv", _folder.Path("w.csv"), "--predictions-csv", _folder.Path("p.csv"), "--balance-csv", _folder.Path("b.csv"),
        ]).Expect(0);
        JsonElement estimate = JsonDocument.Parse(File.ReadAllText(json)).RootElement;
        string[] lines = run.Output.Split('\n');
        Assert.Equal("time,effect,pValue,ciLow,ciHigh", lines[0]);
        Assert.Equal("", lines[^1]);
        JsonElement[] path = [.. estimate.GetProperty("effect").GetProperty("perPeriod").EnumerateArray()];
        Assert.Equal(path.Length, lines.Length - 2);
        for (int i = 0; i < path.Length; i++)
        {
            string[] cells = lines[i + 1].Split(',');
            Assert.Equal(path[i].GetProperty("time").GetString(), cells[0]);
            Assert.Equal(
                new[] { "effect", "pValue", "ciLow", "ciHigh" }.Select(name => path[i].GetProperty(name).GetDouble()),
                cells[1..].Select(Number));
        }

        string[][] balance = Table("b.csv", "predictor,treated,synthetic,donorMean,donorDeviation,standardisedDifference,donorDifference,treatmentTime");
        JsonElement first = estimate.GetProperty("periods")[0].GetProperty("fit").GetProperty("balance")[0];
        Assert.Equal(19, balance.Length);
        Assert.Equal(["1970", "123"], balance[0][..2]);
        Assert.Equal(first.GetProperty("standardisedDifference").GetDouble(), Number(balance[0][5]));
        Assert.Equal("1989", balance[0][^1]);

        string[][] weights = Table("w.csv", "unit,donor,weight");
        Assert.Equal(1, weights.Sum(cells => Number(cells[2])), 1e-9);
        string[][] predictions = Table("p.csv", "unit,time,observed,synthetic,gap,low,high");
        Assert.Equal(Enumerable.Range(1970, 31).Select(year => year.ToString(CultureInfo.InvariantCulture)), predictions.Select(cells => cells[1]));
        Assert.Equal(Number(predictions[^1][4]), path[^1].GetProperty("effect").GetDouble(), 1e-12);
    }

    [Fact]
    public void UnitsTreatedAtDifferentTimesKeepTheirOwnDonors()
    {
        // Unit 3 takes no part in the fit of unit 0, so places in a fit and rows of the data differ.
        string y = _folder.Write("Y.csv", string.Concat(Enumerable.Range(0, 9).Select(unit =>
            string.Join(',', Enumerable.Range(0, 10).Select(t => (Math.Sin(unit + (0.7 * t)) + unit).ToString("R", CultureInfo.InvariantCulture))) + "\n")));
        string p = _folder.Write("P.csv", "6\n\n\n8\n\n\n\n\n\n");
        JsonElement estimate = CliRun.Of("effects", "--outcomes", y, "--treatment-periods", p, "--unit-weight", "simplex", "--synthetic", "all", "--weights-csv", _folder.Path("w.csv"), "--predictions-csv", _folder.Path("p2.csv")).Expect(0).Json;
        string[][] weights = Table("w.csv", "unit,donor,weight");
        Assert.Equal(["0", "3"], weights.Select(cells => cells[0]).Distinct());
        Assert.DoesNotContain(weights, cells => cells[1] is "0" or "3");
        foreach (JsonElement period in estimate.GetProperty("periods").EnumerateArray())
        {
            int unit = period.GetProperty("treatedUnits")[0].GetInt32();
            int[] units = [.. period.GetProperty("units").EnumerateArray().Select(value => value.GetInt32())];
            int[] controls = [.. period.GetProperty("fit").GetProperty("controlUnits").EnumerateArray().Select(value => units[value.GetInt32()])];
            JsonElement row = period.GetProperty("fit").GetProperty("weights")[0];
            foreach (string[] cells in weights.Where(cells => cells[0] == unit.ToString(CultureInfo.InvariantCulture)))
            {
                Assert.Equal(row[Array.IndexOf(controls, int.Parse(cells[1], CultureInfo.InvariantCulture))].GetDouble(), Number(cells[2]));
            }
        }

        string[][] predictions = Table("p2.csv", "unit,time,observed,synthetic,gap,low,high");
        Assert.Equal(20, predictions.Length);
        Assert.All(predictions, cells => Assert.Equal(
            estimate.GetProperty("synthetic")[int.Parse(cells[0], CultureInfo.InvariantCulture)][int.Parse(cells[1], CultureInfo.InvariantCulture)].GetDouble(),
            Number(cells[3])));
    }

    [Fact]
    public void NamesAreQuotedAsInRfc4180()
    {
        string[] names = ["Wash, \"D.C.\"", "a b", " c", "two\nlines", "é"];
        string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        string panel = _folder.Write("p.csv", "u,t,y\n" + string.Concat(names.SelectMany((name, i) => Enumerable.Range(1, 4).Select(t => $"{Quoted(name)},{t},{(i * t) + (t * t)}\n"))));
        CliRun.Of("fit", "--panel", panel, "--unit", "u", "--time", "t", "--outcome", "y", "--treated-unit", Quoted(names[0]), "--treatment-time", "4", "--v-pen", "1", "--w-pen", "1", "--cv-folds", "2", "--gradient-folds", "2", "--weights-csv", _folder.Path("w.csv")).Expect(0);
        string text = File.ReadAllText(_folder.Path("w.csv"));
        Assert.StartsWith("unit,donor,weight\n\"Wash, \"\"D.C.\"\"\",", text, StringComparison.Ordinal);
        Assert.Contains(",a b,", text, StringComparison.Ordinal);
        Assert.Contains(",\" c\",", text, StringComparison.Ordinal);
        Assert.Contains(",\"two\nlines\",", text, StringComparison.Ordinal);
        Assert.Contains(",é,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void MergeWritesThemFromAPlan()
    {
        string fitPlan = _folder.Path("fit");
        CliRun.Of(["plan", "--batch-directory", fitPlan, .. CliRun.California, "--grid-length", "2", "--cv-folds", "2", "--no-weights"]).Expect(0);
        CliRun.Of("run", "--batch-directory", fitPlan).Expect(0);
        CliRun.Of("merge", "--batch-directory", fitPlan, "--weights-csv", _folder.Path("w.csv"), "--predictions-csv", _folder.Path("p.csv")).Expect(0);
        Assert.NotEmpty(Table("w.csv", "unit,donor,weight"));
        Assert.Equal(12, Table("p.csv", "unit,time,observed,synthetic,gap,low,high").Length);
        Assert.Contains(
            "--effects-csv needs a plan of effects ('sparsesc plan --effects'); this is the plan of a fit.",
            CliRun.Of("merge", "--batch-directory", fitPlan, "--effects-csv", _folder.Path("e.csv")).Expect(2).Error,
            StringComparison.Ordinal);

        string effectPlan = _folder.Path("effects");
        string[] simplex = ["--unit-weight", "simplex", "--cross-fit-folds", "4"];
        CliRun.Of(["plan", "--effects", "--batch-directory", effectPlan, .. CliRun.California, .. simplex]).Expect(0);
        CliRun.Of("run", "--batch-directory", effectPlan).Expect(0);
        CliRun.Of("merge", "--batch-directory", effectPlan, "--effects-csv", _folder.Path("merged.csv")).Expect(0);
        CliRun.Of(["effects", .. CliRun.California, .. simplex, "--effects-csv", _folder.Path("direct.csv")]).Expect(0);
        Assert.Equal(File.ReadAllText(_folder.Path("direct.csv")), File.ReadAllText(_folder.Path("merged.csv")));
    }

    [Theory]
    [InlineData("fit --weights-csv -", "--weights-csv - is standard output, where the JSON goes. Give --output FILE for the JSON.")]
    [InlineData("fit --weights-csv - --output -", "--weights-csv - is standard output, where the JSON goes.")]
    [InlineData("fit --weights-csv - --predictions-csv - --output DIR/f.json", "--weights-csv and --predictions-csv are both -, but standard output takes one of them.")]
    [InlineData("fit --weights-csv DIR/a --output DIR/a", "--output and --weights-csv both name DIR/a. Give each a file of its own.")]
    [InlineData("fit --predictions-csv DIR/none/a", "--predictions-csv DIR/none/a cannot be written: the folder 'DIR/none' does not exist.")]
    [InlineData("fit --weights-csv DIR/a --no-weights", "--weights-csv writes the unit weights, which --no-weights leaves out. Give one of the two.")]
    public void DestinationsThatCannotBeAreRefusedBeforeTheWork(string line, string message)
    {
        CliRun run = CliRun.Of(line.Replace("DIR", _folder.Root, StringComparison.Ordinal).Split(' ')).Expect(2);
        Assert.Contains(message.Replace("DIR", _folder.Root, StringComparison.Ordinal), run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void OutputMayBeStandardOutputByName()
    {
        CliRun run = CliRun.Of(["fit", .. CliRun.California, .. Fixed, "--output", "-"]).Expect(0);
        Assert.Equal("retrospective", run.Json.GetProperty("modelType").GetString());
        Assert.False(File.Exists("-"));
    }

    [Fact]
    public void ACancelledRunWritesNone()
    {
        CliRun.Of(["fit", .. CliRun.California, .. Fixed, "--weights-csv", _folder.Path("w.csv")], cancelled: true).Expect(3);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private string[][] Table(string name, string header)
    {
        string[] lines = File.ReadAllText(_folder.Path(name)).Split('\n');
        Assert.Equal(header, lines[0]);
        Assert.Equal("", lines[^1]);
        return [.. lines[1..^1].Select(line => line.Split(','))];
    }
}
