using SparseSC.Core.Models;

namespace SparseSC.Plots.Report;

/// <summary>Tables of weights.</summary>
internal static class WeightTables
{
    private const int MostRows = 400;

    /// <summary>Weights of donors.</summary>
    public static HtmlTable Units(UnitWeightRow[] rows, ReportNumber number)
    {
        Func<double, string> format = number.Column(rows.Select(row => row.Weight));
        HtmlTable table = new($"Weights of the donors{Cut(rows.Length, number)}", "donor", "#weight", "of");
        foreach (UnitWeightRow row in rows.Take(MostRows))
        {
            table.Add(null, row.Donor, new Cell(format(row.Weight), row.Weight), row.Unit);
        }

        return table;
    }

    /// <summary>Weights of features.</summary>
    public static HtmlTable Features(FeatureWeightRow[] rows, ReportNumber number)
    {
        Func<double, string> format = number.Column(rows.Select(row => row.Weight));
        bool hasTimes = rows.Any(row => row.TreatmentTime is not null) && rows.Select(row => row.TreatmentTime).Distinct().Count() > 1;
        string caption = $"Weights of the features that are matched on{Cut(rows.Length, number)}";
        HtmlTable table = hasTimes ? new(caption, "feature", "#weight", "treatment time") : new(caption, "feature", "#weight");
        foreach (FeatureWeightRow row in rows.Take(MostRows))
        {
            Cell weight = new(format(row.Weight), row.Weight);
            if (hasTimes)
            {
                table.Add(null, row.Feature, weight, row.TreatmentTime ?? "");
            }
            else
            {
                table.Add(null, row.Feature, weight);
            }
        }

        return table;
    }

    private static string Cut(int rows, ReportNumber number) => rows <= MostRows ? "" : $", the first {MostRows} of {number.Count(rows)}";
}
