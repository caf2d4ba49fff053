using SparseSC.Core.Data;
using SparseSC.Core.Effects;

namespace SparseSC.Core.Tests.Effects;

/// <summary>The public panels of samples/ (its README has their sources).</summary>
internal static class PublishedPanels
{
    public static EffectData California(params string[] covariates) => EffectData.FromPanel(CaliforniaPanel(covariates));

    public static Panel CaliforniaPanel(params string[] covariates) => Read("california_prop99.csv", "state", "year", "cigsale", ["California"], "1989", covariates);

    /// <summary>GDP in USD; the first year after the reunification of October 1990 is the first treated one, as in nppackages/scpi.</summary>
    public static Panel Germany() => Read("germany.csv", "country", "year", "gdp", ["West Germany"], "1991");

    public static Panel GeoLift() => Read("geolift_test.csv", "location", "date", "Y", ["chicago", "portland"], "2021-04-01");

    private static Panel Read(string file, string unit, string time, string outcome, string[] treated, string treatmentTime, params string[] covariates) =>
        PanelReader.Read(RepositoryFiles.Sample(file), new PanelOptions
        {
            Unit = unit,
            Time = time,
            Outcome = outcome,
            TreatedUnits = treated,
            TreatmentTime = treatmentTime,
            Covariates = covariates,
        });
}
