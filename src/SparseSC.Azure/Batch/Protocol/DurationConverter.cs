using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>Durations as ISO 8601; "no limit" is the longest duration there is, in the service as in .NET.</summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.GetString();
        try
        {
            return XmlConvert.ToTimeSpan(text ?? "");
        }
        catch (OverflowException)
        {
            return BatchDuration.NoLimit;
        }
        catch (FormatException error)
        {
            throw new JsonException($"'{text}' is not an ISO 8601 duration.", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));
}
