using SparseSC.Core.Data;
using SparseSC.Core.Effects;

namespace SparseSC.Core.Tests.Effects;

/// <summary>The panels of tests/data/cases (its README has their sources): R00 is treated from 2011 on.</summary>
internal static class CasePanels
{
    /// <summary>Another outcome, or with covariates.</summary>
    public static Panel ReadPanel(string name, string outcome = "y", params string[] covariates) => PanelReader.Read(
        Path.Combine(RepositoryFiles.Root, "tests/data/cases", name + ".csv"),
        new PanelOptions { Unit = "unit", Time = "time", Outcome = outcome, Covariates = covariates, TreatedUnits = ["R00"], TreatmentTime = "2011" });

    public static EffectData Read(string name, params string[] treated) => EffectData.FromPanel(PanelReader.Read(
        Path.Combine(RepositoryFiles.Root, "tests/data/cases", name + ".csv"),
        new PanelOptions { Unit = "unit", Time = "time", Outcome = "y", TreatedUnits = treated is [] ? ["R00"] : treated, TreatmentTime = "2011" }));
}
