using System.Text.Json;
using SparseSC.Core.Models;

namespace SparseSC.Core.Tests.Effects;

/// <summary>A case of the package scpi, its donors brought into the order of the panel.</summary>
internal sealed class ScpiCase
{
    private readonly int[] _order;

    public ScpiCase(string name)
    {
        Rival = new RivalCase(name);
        string folder = Path.Combine(RepositoryFiles.Root, "tests", "data", "rivals", name);
        string[] units = [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement
            .GetProperty("unitsControlsFirst").EnumerateArray().Select(unit => unit.GetString()!)];
        string[] donors = [.. Rival.Outputs.GetProperty("donors").EnumerateArray().Select(donor => donor.GetString()!)];
        _order = [.. units[..^1].Select(unit => Array.IndexOf(donors, unit))];
        Pre = Rival.Data.TreatmentPeriods.OfType<int>().Single();
        Donors = [.. Enumerable.Range(0, _order.Length).Select(j => Rival.Data.Outcomes.Row(j).ToArray())];
        Treated = Rival.Data.Outcomes.Row(_order.Length).ToArray();
        Draws = [.. Rows(Rival.Outputs, "zeta").Select(Ordered)];
    }

    public static TheoryData<string, string> All => new()
    {
        { "scpi-germany", "simplex" },
        { "scpi-germany", "lasso" },
        { "scpi-germany", "ridge" },
        { "scpi-germany", "ols" },
        { "scpi-california", "simplex" },
        { "scpi-california", "ridge" },
        { "scpi-sim-factor", "simplex" },
        { "scpi-sim-factor", "ridge" },
    };

    public RivalCase Rival { get; }

    public int Pre { get; }

    /// <summary>J rows of all outcomes.</summary>
    public double[][] Donors { get; }

    public double[] Treated { get; }

    /// <summary>Draws, a column per donor.</summary>
    public double[][] Draws { get; }

    public static EffectMethod Method(string constraint) => constraint switch
    {
        "simplex" => EffectMethod.Simplex,
        "lasso" => EffectMethod.Lasso,
        "ridge" => EffectMethod.Ridge,
        _ => EffectMethod.LeastSquares,
    };

    /// <summary>Numbers per donor, in the order of the panel.</summary>
    public double[] Ordered(double[] values) => [.. _order.Select(place => values[place])];

    public static double[][] Rows(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
}
