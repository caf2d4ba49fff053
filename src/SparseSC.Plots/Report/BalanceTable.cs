using SparseSC.Core.Models;

namespace SparseSC.Plots.Report;

/// <summary>The table of predictors: the treated, the synthetic control, the donors.</summary>
internal static class BalanceTable
{
    private const int MostRows = 400;

    /// <summary>Rows as they come; a column of treatment times where there are several.</summary>
    public static HtmlTable Of(BalanceRow[] rows, ReportNumber number)
    {
        bool hasTimes = rows.Select(row => row.TreatmentTime).Distinct().Count() > 1;
        string cut = rows.Length <= MostRows ? "" : $", the first {MostRows} of {number.Count(rows.Length)}";
        string[] columns = ["predictor", "#treated", "#synthetic", "#mean of the donors", "#treated − synthetic", "#treated − donors"];
        HtmlTable table = new(
            $"Predictors before the treatment; differences in standard deviations of the donors{cut}", hasTimes ? [.. columns, "treatment time"] : columns);
        Func<double, string> difference = number.Column(rows.SelectMany(row => new[] { row.DonorDifference, row.StandardisedDifference }));
        for (int i = 0; i < Math.Min(rows.Length, MostRows); i++)
        {
            BalanceRow row = rows[i];

            // Predictors have units of their own.
            Func<double, string> format = number.Column([row.Treated, row.Synthetic, row.DonorMean]);
            Cell[] cells =
            [
                new(row.Predictor, i),
                new(format(row.Treated), row.Treated),
                new(format(row.Synthetic), row.Synthetic),
                new(format(row.DonorMean), row.DonorMean),
                new(difference(row.StandardisedDifference), row.StandardisedDifference),
                new(difference(row.DonorDifference), row.DonorDifference),
            ];
            table.Add(null, hasTimes ? [.. cells, row.TreatmentTime ?? ""] : cells);
        }

        return table;
    }
}
