using System.Text.Json;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Data;

/// <summary>Reads predictors: <c>[{"name": "retprice", "from": 1980, "to": 1988, "statistic": "mean"}, …]</c>.</summary>
public static class PredictorsReader
{
    private const string Shape = "[{\"name\": \"retprice\", \"from\": 1980, \"to\": 1988, \"statistic\": \"mean\"}, …]";

    private static readonly string[] Keys = ["name", "from", "to", "statistic"];

    /// <summary>Reads a JSON file of predictors; whether columns and times exist is checked when the panel is read.</summary>
    /// <exception cref="InvalidInputException">The file is missing, not JSON, or not of that shape.</exception>
    public static IReadOnlyList<PanelPredictor> Read(string path)
    {
        using FileStream stream = InputFile.OpenRead(path, "Predictors");
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.GetArrayLength() > 0
                ? [.. document.RootElement.EnumerateArray().Select((element, index) => Predictor(element, index, path))]
                : throw Malformed(path, $"a list of predictors {Shape} is needed.");
        }
        catch (JsonException error)
        {
            string place = $"{path}, line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}";
            throw new InvalidInputException("PredictorsMalformed", $"{place}: the file is not valid JSON.", "Predictors", error);
        }
    }

    /// <summary>The statistic of a name.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static PredictorStatistic Statistic(string name) =>
        Enum.TryParse(name, ignoreCase: true, out PredictorStatistic statistic) && Enum.IsDefined(statistic) && !char.IsAsciiDigit(name[0])
            ? statistic
            : throw new InvalidInputException(
                "PredictorStatisticUnknown",
                $"{{Predictors}}: there is no statistic '{name}'; there are "
                    + $"{string.Join(", ", Enum.GetNames<PredictorStatistic>()).ToLowerInvariant()}.",
                "Predictors");

    private static PanelPredictor Predictor(JsonElement element, int index, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Malformed(path, $"predictor {index} is no object of the list {Shape}.");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!Keys.Contains(property.Name))
            {
                throw Malformed(
                    path,
                    $"predictor {index} has a key '{property.Name}'{Names.Suggestion(property.Name, Keys, "The keys are")}");
            }
        }

        return new PanelPredictor
        {
            Name = Text(element, "name", index, path) ?? throw Malformed(path, $"predictor {index} has no name, the column it is made of."),
            From = Text(element, "from", index, path),
            To = Text(element, "to", index, path),
            Statistic = Text(element, "statistic", index, path) is { } name ? Statistic(name) : PredictorStatistic.Mean,
        };
    }

    private static string? Text(JsonElement element, string key, int index, string path) =>
        !element.TryGetProperty(key, out JsonElement value) ? null : value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String when !string.IsNullOrWhiteSpace(value.GetString()) => value.GetString(),
            JsonValueKind.Number when key is "from" or "to" => value.GetRawText(),
            _ => throw Malformed(
                path,
                $"'{key}' of predictor {index} is {value.GetRawText()}; {(key is "from" or "to" ? "a time" : "text")} is needed."),
        };

    private static InvalidInputException Malformed(string path, string message) => new(
        "PredictorsMalformed",
        $"{path}: {message}",
        "Predictors");
}
