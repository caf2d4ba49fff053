using SparseSC.Core.Data;
using SparseSC.Core.Models;

namespace SparseSC.Core.Units;

/// <summary>Units by role: who is a donor, who is treated, and on whom a model of this type is fitted.</summary>
internal sealed class UnitRoles
{
    public UnitRoles(FitData data, ModelType? modelType)
    {
        ModelType = Resolve(data, modelType);
        TreatedUnits = data.TreatedUnits;
        HashSet<int> treated = [.. TreatedUnits];
        int[] all = [.. Enumerable.Range(0, data.Targets.Rows)];
        ControlUnits = treated.Count == 0 ? all : [.. all.Where(u => !treated.Contains(u))];
        Rows = ModelType switch
        {
            ModelType.Retrospective => ControlUnits,
            ModelType.ProspectiveRestricted => TreatedUnits,
            _ => all,
        };
    }

    public ModelType ModelType { get; }

    public int[] ControlUnits { get; }

    public int[] TreatedUnits { get; }

    /// <summary>The rows fitted: controls, all, or the treated.</summary>
    public int[] Rows { get; }

    /// <summary>The units whose matching decides the penalty of the unit weights: controls, controls and treated, or the treated.</summary>
    public int[] Goals => ModelType switch
    {
        ModelType.Prospective => [.. ControlUnits, .. TreatedUnits],
        ModelType.ProspectiveRestricted => TreatedUnits,
        _ => ControlUnits,
    };

    /// <summary>What <see cref="Rows"/> are called in messages.</summary>
    public string RowsName => ModelType switch
    {
        ModelType.Retrospective => "control units",
        ModelType.ProspectiveRestricted => "treated units",
        _ => "units",
    };

    public static ModelType Resolve(FitData data, ModelType? modelType)
        => modelType ?? (data.TreatedUnits.Length == 0 ? ModelType.Full : ModelType.Retrospective);
}
