using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sekisho.Contracts;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Platform.Web;

/// <summary>JSON over HTTP: camelCase, enums by name, months as YYYYMM, identifiers as plain UUIDs, Japanese left readable.</summary>
public static class SiteJson
{
    public static readonly JsonSerializerOptions Options = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new YearMonthJson());
        options.Converters.Add(new IdJson<OrganisationId>(id => id.Value, value => new OrganisationId(value)));
        options.Converters.Add(new IdJson<DeviceId>(id => id.Value, value => new DeviceId(value)));
        options.Converters.Add(new IdJson<PersonId>(id => id.Value, value => new PersonId(value)));
        options.Converters.Add(new IdJson<TransmissionId>(id => id.Value, value => new TransmissionId(value)));
        return options;
    }

    private sealed class IdJson<T>(Func<T, Guid> toGuid, Func<Guid, T> fromGuid) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => fromGuid(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(toGuid(value));
    }
}

/// <summary>YYYYMM.</summary>
public sealed class YearMonthJson : JsonConverter<YearMonth>
{
    public override YearMonth Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        YearMonth.TryParse(reader.GetString(), out var value) ? value : throw new JsonException("YYYYMM expected");

    public override void Write(Utf8JsonWriter writer, YearMonth value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
