using SparseSC.Core.Data;
using SparseSC.Core.Effects;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Design;

/// <summary>Outcomes before an experiment, and how they are named.</summary>
internal sealed class DesignPanel
{
    private readonly Dictionary<string, int> _rows = [];

    /// <exception cref="InvalidInputException">A unit is treated (<c>PanelHasTreatment</c>).</exception>
    public DesignPanel(EffectData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = data;
        for (int row = 0; row < data.Outcomes.Rows; row++)
        {
            if (data.TreatmentPeriods[row] is int period)
            {
                throw new InvalidInputException(
                    "PanelHasTreatment",
                    $"{data.Say(row)} is treated from {data.SayTime(period)}; an experiment is designed on periods before any treatment. Read the panel without a treatment.",
                    "Panel");
            }

            _rows[data.UnitName(row)] = row;
        }
    }

    public EffectData Data { get; }

    /// <summary>N×T.</summary>
    public FeatureMatrix Outcomes => Data.Outcomes;

    public int Units => Outcomes.Rows;

    public int Times => Outcomes.Columns;

    /// <summary>The rows of named units, in the order of their names.</summary>
    /// <exception cref="InvalidInputException">There is no such unit, or one is named twice.</exception>
    public int[] Find(IEnumerable<string> names, string parameterName)
    {
        List<int> found = [];
        foreach (string name in names)
        {
            if (!_rows.TryGetValue(name, out int row))
            {
                throw new InvalidInputException(
                    "TestUnitUnknown",
                    $"{{{parameterName}}}: there is no unit '{name}'; there are {Units}, among them {string.Join(", ", _rows.Keys.Take(5).Select(known => $"'{known}'"))}.",
                    parameterName);
            }

            if (found.Contains(row))
            {
                throw new InvalidInputException("TestUnitTwice", $"{{{parameterName}}} names '{name}' twice.", parameterName);
            }

            found.Add(row);
        }

        found.Sort((a, b) => string.CompareOrdinal(Data.UnitName(a), Data.UnitName(b)));
        return [.. found];
    }

    /// <summary>Names of units.</summary>
    public string[] Names(int[] rows) => [.. rows.Select(Data.UnitName)];
}
