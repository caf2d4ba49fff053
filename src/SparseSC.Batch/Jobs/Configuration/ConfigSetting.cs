using System.Globalization;
using System.Text.Json;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>One setting of a configuration file.</summary>
/// <param name="Name">The setting's name as a property, such as <c>VmSize</c>.</param>
/// <param name="Apply">Gives the configuration the value; answers why that cannot be, or <c>null</c>.</param>
/// <param name="Write">Writes name and value, or nothing when there is none.</param>
/// <param name="IsPath">Whether it names a file or folder, which stands relative to the configuration's own.</param>
internal sealed record ConfigSetting<TConfig>(
    string Name,
    Func<TConfig, JsonElement, string?> Apply,
    Action<TConfig, Utf8JsonWriter> Write,
    bool IsPath = false)
{
    /// <summary>The name as it stands in a file, such as <c>vmSize</c>.</summary>
    public string FileName => ConfigNames.ToFile(Name);

    public static ConfigSetting<TConfig> Text(string name, Func<TConfig, string?> get, Action<TConfig, string> set, bool isPath = false) => new(
        name,
        (config, value) =>
        {
            if (value.ValueKind != JsonValueKind.String)
            {
                return $"is {value.GetRawText()}, and has to be a text";
            }

            set(config, value.GetString()!);
            return null;
        },
        (config, writer) =>
        {
            if (get(config) is string text)
            {
                writer.WriteString(ConfigNames.ToFile(name), text);
            }
        },
        isPath);

    public static ConfigSetting<TConfig> Whole(string name, Func<TConfig, int?> get, Action<TConfig, int> set) => new(
        name,
        (config, value) =>
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int number))
            {
                return $"is {value.GetRawText()}, and has to be a whole number";
            }

            set(config, number);
            return null;
        },
        (config, writer) =>
        {
            if (get(config) is int number)
            {
                writer.WriteNumber(ConfigNames.ToFile(name), number);
            }
        });

    public static ConfigSetting<TConfig> Real(string name, Func<TConfig, double?> get, Action<TConfig, double> set) => new(
        name,
        (config, value) =>
        {
            if (value.ValueKind != JsonValueKind.Number)
            {
                return $"is {value.GetRawText()}, and has to be a number";
            }

            set(config, value.GetDouble());
            return null;
        },
        (config, writer) =>
        {
            if (get(config) is double number)
            {
                writer.WriteNumber(ConfigNames.ToFile(name), number);
            }
        });

    public static ConfigSetting<TConfig> Switch(string name, Func<TConfig, bool> get, Action<TConfig, bool> set) => new(
        name,
        (config, value) =>
        {
            // What a SwitchParameter became, when the file was made from one.
            JsonElement flag = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("IsPresent", out JsonElement present) ? present : value;
            if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return $"is {value.GetRawText()}, and has to be true or false";
            }

            set(config, flag.GetBoolean());
            return null;
        },
        (config, writer) => writer.WriteBoolean(ConfigNames.ToFile(name), get(config)));

    public static ConfigSetting<TConfig> Duration(string name, Func<TConfig, TimeSpan?> get, Action<TConfig, TimeSpan> set) => new(
        name,
        (config, value) =>
        {
            if (!TryReadDuration(value, out TimeSpan span))
            {
                return $"is {value.GetRawText()}, and has to be a duration: \"1.00:00:00\" is a day, \"02:30:00\" two and a half hours";
            }

            set(config, span);
            return null;
        },
        (config, writer) =>
        {
            if (get(config) is TimeSpan span)
            {
                writer.WriteString(ConfigNames.ToFile(name), span.ToString("c", CultureInfo.InvariantCulture));
            }
        });

    public static ConfigSetting<TConfig> Word<TWord>(string name, Func<TConfig, TWord> get, Action<TConfig, TWord> set)
        where TWord : struct, Enum => new(
        name,
        (config, value) =>
        {
            // ConvertTo-Json of a configuration object writes the number.
            bool isNumber = value.ValueKind == JsonValueKind.Number;
            if (!(isNumber || value.ValueKind == JsonValueKind.String)
                || !Enum.TryParse(isNumber ? value.GetRawText() : value.GetString(), ignoreCase: true, out TWord word)
                || !Enum.IsDefined(word))
            {
                return $"is {value.GetRawText()}, and has to be one of {string.Join(", ", Enum.GetNames<TWord>())}";
            }

            set(config, word);
            return null;
        },
        (config, writer) => writer.WriteString(ConfigNames.ToFile(name), get(config).ToString()));

    // A number would need a unit to be guessed: the cmdlets' is seconds, the reference's is hours.
    private static bool TryReadDuration(JsonElement value, out TimeSpan span)
    {
        span = default;
        if (value.ValueKind == JsonValueKind.String)
        {
            string text = value.GetString()!;
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out span);
        }

        // What ConvertTo-Json makes of a duration.
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("Ticks", out JsonElement ticks) && ticks.TryGetInt64(out long count))
        {
            span = new TimeSpan(count);
            return true;
        }

        return false;
    }
}
