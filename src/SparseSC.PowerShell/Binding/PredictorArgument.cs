using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.PowerShell.Binding;

/// <summary>Predictors as users write them: hashtables or objects, or the file that holds them.</summary>
internal static class PredictorArgument
{
    private static readonly string[] Keys = ["Name", "From", "To", "Statistic"];

    /// <exception cref="InvalidInputException">Something is neither, or says what a predictor has not.</exception>
    public static IEnumerable<PanelPredictor> Read(object[] given, Func<string, string> resolvePath) =>
        given.SelectMany(item => PropertyReader.Unwrap(item) is string path ? PredictorsReader.Read(resolvePath(path)) : [Of(item)]);

    private static PanelPredictor Of(object item)
    {
        if (PropertyReader.Unwrap(item) is PanelPredictor predictor)
        {
            return predictor;
        }

        RowObject cells = RowObject.Of(item);
        foreach (string name in cells.Names)
        {
            if (!Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new InvalidInputException(
                    "PredictorsMalformed",
                    $"{{Predictors}}: a predictor has no '{name}'; it has {string.Join(", ", Keys)}, as in "
                        + "@{ Name = 'retprice'; From = 1980; To = 1988; Statistic = 'Mean' }.",
                    "Predictors");
            }
        }

        return new PanelPredictor
        {
            Name = Text(cells, "Name") ?? "",
            From = Text(cells, "From"),
            To = Text(cells, "To"),
            Statistic = Text(cells, "Statistic") is { } statistic ? PredictorsReader.Statistic(statistic) : PredictorStatistic.Mean,
        };
    }

    private static string? Text(RowObject cells, string name) => cells.TryGet(name, out object? value) ? RowObject.Text(value) : null;
}
