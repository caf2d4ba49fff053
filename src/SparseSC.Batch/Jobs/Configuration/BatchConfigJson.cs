using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Batch.Jobs.Configuration;

/// <summary>Configurations as JSON files: <c>{ "backend": "Azure", "poolId": "fits", … }</c>.</summary>
/// <remarks>
/// Names are those of the properties, in camelCase; the letters' case does not matter, so that what <c>ConvertTo-Json</c> makes of a
/// configuration can be read. Durations are texts such as <c>"1.00:00:00"</c> (days.hours:minutes:seconds). A setting that is
/// <c>null</c> is one that is not given. Comments and final commas are allowed. A file never holds a secret.
/// </remarks>
public static class BatchConfigJson
{
    private const string BackendName = "backend";
    private static readonly string[] Backends = [AzureBatchConfig.BackendName, LocalBatchConfig.BackendName];

    /// <summary>Reads a configuration; relative paths in it stand relative to the file's folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameterName">The option that names it, for errors.</param>
    /// <exception cref="InvalidInputException">
    /// The file cannot be read, is no JSON (<c>ConfigMalformed</c>), holds a secret (<c>ConfigHoldsSecret</c>), or names settings or values
    /// that do not exist (<c>ConfigUnreadable</c>, which names all of them).
    /// </exception>
    public static BatchConfig Read(string path, string parameterName)
    {
        byte[] text;
        using (FileStream stream = InputFile.OpenRead(path, parameterName))
        using (MemoryStream memory = new())
        {
            stream.CopyTo(memory);
            text = memory.ToArray();
        }

        return Read(text, path, Path.GetDirectoryName(Path.GetFullPath(path))!, parameterName);
    }

    /// <summary>Reads what <see cref="BatchConfig.ToString"/> made of a configuration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameterName">The option that it is given as, for errors.</param>
    /// <exception cref="InvalidInputException">As for <see cref="Read(string, string)"/>.</exception>
    public static BatchConfig ReadText(string text, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Encoding.UTF8.GetBytes(text), "as text", Environment.CurrentDirectory, parameterName);
    }

    private static BatchConfig Read(byte[] text, string place, string folder, string parameterName)
    {
        ConfigEntries entries = ConfigEntries.Read(text, place, parameterName);
        return BackendOf(entries) switch
        {
            AzureBatchConfig.BackendName => Fill(new AzureBatchConfig(), AzureSettings.All, entries, folder),
            _ => Fill(new LocalBatchConfig(), LocalSettings.All, entries, folder),
        };
    }

    /// <summary>Writes a configuration; keys it was given are not written, and come from the environment when it is read again.</summary>
    /// <exception cref="ArgumentException">The configuration is of another kind than those of this project.</exception>
    public static void Write(Stream stream, BatchConfig config)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, config);
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>A configuration as one line.</summary>
    internal static string ToText(BatchConfig config)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, config);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes a configuration as an object where <paramref name="writer"/> stands.</summary>
    /// <inheritdoc cref="Write(Stream, BatchConfig)" path="/exception"/>
    public static void Write(Utf8JsonWriter writer, BatchConfig config)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(config);
        writer.WriteStartObject();
        writer.WriteString(BackendName, config.Backend);
        switch (config)
        {
            case AzureBatchConfig azure:
                WriteAll(writer, azure, AzureSettings.All);
                break;
            case LocalBatchConfig local:
                WriteAll(writer, local, LocalSettings.All);
                break;
            default:
                throw new ArgumentException($"There is no file form of a {config.GetType().Name}.", nameof(config));
        }

        writer.WriteEndObject();
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, T config, IReadOnlyList<ConfigSetting<T>> settings)
    {
        foreach (ConfigSetting<T> setting in settings)
        {
            setting.Write(config, writer);
        }
    }

    private static string BackendOf(ConfigEntries entries)
    {
        string choices = string.Join(" or ", Backends.Select(name => $"\"{name}\""));
        ConfigEntry? entry = entries.Find(BackendName);
        if (entry is null)
        {
            throw entries.Error($"\"{BackendName}\" is missing. Give {choices}.");
        }

        string? said = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : null;
        return Backends.FirstOrDefault(name => name.Equals(said, StringComparison.OrdinalIgnoreCase))
            ?? throw entries.Error(entry, $"{BackendName} is {entry.Value.GetRawText()}{(said is null ? null : Names.DidYouMean(said, Backends)) ?? $". Give {choices}."}");
    }

    private static T Fill<T>(T config, IReadOnlyList<ConfigSetting<T>> settings, ConfigEntries entries, string folder)
        where T : BatchConfig
    {
        List<string> faults = [];
        foreach (ConfigEntry entry in entries.All.Where(entry => !entry.Is(BackendName)))
        {
            ConfigSetting<T>? setting = settings.FirstOrDefault(setting => entry.Is(setting.Name));
            if (setting is null)
            {
                faults.Add($"{entry.Place}: {Unknown(entry.Name, config, [.. settings.Select(known => known.FileName)])}");
            }
            else if (entry.Value.ValueKind != JsonValueKind.Null
                && setting.Apply(config, setting.IsPath ? entry.Rooted(folder) : entry.Value) is string refusal)
            {
                faults.Add($"{entry.Place}: {setting.FileName} {refusal}.");
            }
        }

        return faults.Count == 0 ? config : throw entries.Error(faults);
    }

    private static string Unknown(string name, BatchConfig config, string[] known)
    {
        bool isOfOther = ConfigNames.IsSetting(char.ToUpperInvariant(name[0]) + name[1..]);
        return isOfOther
            ? $"'{name}' is no setting of the backend \"{config.Backend}\"."
            : string.Create(CultureInfo.InvariantCulture, $"there is no setting '{name}'{Names.Suggestion(name, known, "The settings are")}");
    }
}
