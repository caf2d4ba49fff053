using System.Globalization;
using System.Text.Json;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>One name and value of a configuration file.</summary>
/// <param name="Name">The name as it stands there.</param>
/// <param name="Value">The value.</param>
/// <param name="Place">Line and column, in words.</param>
internal sealed record ConfigEntry(string Name, JsonElement Value, string Place)
{
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value as a full path below <paramref name="folder"/>; <c>pwsh</c> is found where programs are.</summary>
    public JsonElement Rooted(string folder)
    {
        if (Value.ValueKind != JsonValueKind.String || Value.GetString() is not { Length: > 0 } text)
        {
            return Value;
        }

        string path = Path.GetFullPath(text, folder);
        if (text == "pwsh" && !File.Exists(path))
        {
            return Value;
        }

        using JsonDocument document = JsonDocument.Parse($"\"{JsonEncodedText.Encode(path)}\"");
        return document.RootElement.Clone();
    }
}

/// <summary>The names and values of a configuration file, with their places; nothing of what they mean.</summary>
internal sealed class ConfigEntries
{
    private readonly string _path;
    private readonly string _parameterName;
    private readonly List<ConfigEntry> _all = [];

    private ConfigEntries(string path, string parameterName)
    {
        _path = path;
        _parameterName = parameterName;
    }

    public IReadOnlyList<ConfigEntry> All => _all;

    /// <exception cref="InvalidInputException">It is no JSON object, a name stands twice, or a name is that of a secret.</exception>
    public static ConfigEntries Read(ReadOnlySpan<byte> text, string path, string parameterName)
    {
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text["\uFEFF"u8.Length..];
        }

        ConfigEntries entries = new(path, parameterName);
        Utf8JsonReader reader = new(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            entries.ReadObject(ref reader, text);
        }
        catch (JsonException error)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}");
            throw new InvalidInputException("ConfigMalformed", $"{{{parameterName}}} {path}, {place}: the file is not valid JSON.", parameterName, error);
        }

        return entries;
    }

    public ConfigEntry? Find(string name) => _all.Find(entry => entry.Is(name));

    public InvalidInputException Error(string message) => new("ConfigUnreadable", $"{{{_parameterName}}} {_path}: {message}", _parameterName);

    public InvalidInputException Error(ConfigEntry entry, string message) =>
        new("ConfigUnreadable", $"{{{_parameterName}}} {_path}, {entry.Place}: {message}", _parameterName);

    /// <summary>One error for all faults, each of which begins with its place.</summary>
    public InvalidInputException Error(IReadOnlyList<string> faults) => faults is [string only]
        ? new("ConfigUnreadable", $"{{{_parameterName}}} {_path}, {only}", _parameterName)
        : Error($"there are {faults.Count} faults:{string.Concat(faults.Select(fault => $"\n  - {fault}"))}");

    private static string PlaceOf(ReadOnlySpan<byte> text, long index)
    {
        ReadOnlySpan<byte> before = text[..(int)index];
        int line = before.Count((byte)'\n') + 1;
        int column = before.Length - before.LastIndexOf((byte)'\n');
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");
    }

    private void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw Error("an object { \"backend\": …, … } is needed.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            string place = PlaceOf(text, reader.TokenStartIndex);
            reader.Read();
            using JsonDocument value = JsonDocument.ParseValue(ref reader);
            Add(new ConfigEntry(name, value.RootElement.Clone(), place));
        }

        // Whatever follows the object is an error of the reader's.
        while (reader.Read())
        {
        }
    }

    private void Add(ConfigEntry entry)
    {
        if (entry.Name.Length == 0)
        {
            throw Error(entry, "a name is empty.");
        }

        if (ConfigNames.IsSecret(entry.Name) && !ConfigNames.IsSetting(entry.Name))
        {
            throw new InvalidInputException(
                "ConfigHoldsSecret",
                $"{{{_parameterName}}} {_path}, {entry.Place}: '{entry.Name}' is a secret, and a file is no place for one. {ConfigNames.PlaceOf(entry.Name)}; and replace the secret if others could read the file.",
                _parameterName);
        }

        if (Find(entry.Name) is ConfigEntry first)
        {
            throw Error(entry, $"'{entry.Name}' stands twice, first at {first.Place}.");
        }

        _all.Add(entry);
    }
}
