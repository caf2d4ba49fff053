using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>Enumerations are read in any letter case, since the service answers in another one than it was asked in.</summary>
/// <remarks>A value that is newer than this client reads as the type's default, which is named <c>Unknown</c>.</remarks>
internal abstract class WireEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<T, string> _names;
    private readonly FrozenDictionary<string, T> _values;

    private protected WireEnumConverter(Func<string, string> toWire)
    {
        T[] known = [.. Enum.GetValues<T>().Where(value => !value.Equals(default(T)))];
        _names = known.ToFrozenDictionary(value => value, value => toWire(value.ToString()));
        _values = known.ToFrozenDictionary(value => value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text && _values.TryGetValue(text, out T value) ? value : default;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(_names.TryGetValue(value, out string? name)
            ? name
            : throw new JsonException($"{typeof(T).Name}.{value} has no name in the service's protocol."));
}

/// <summary>Written as <c>terminatejob</c>.</summary>
internal sealed class LowerCaseEnumConverter<T>() : WireEnumConverter<T>(name => name.ToLowerInvariant())
    where T : struct, Enum;

/// <summary>Written as <c>dockerCompatible</c>.</summary>
internal sealed class CamelCaseEnumConverter<T>() : WireEnumConverter<T>(JsonNamingPolicy.CamelCase.ConvertName)
    where T : struct, Enum;
