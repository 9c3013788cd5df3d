using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sekisho.Contracts;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Modules.Claims;

/// <summary>JSON as the HTTP contract has it: camelCase, enums by name, months YYYYMM, identifiers as text, Japanese readable.</summary>
internal static class ClaimsJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(),
            new AsText<YearMonth>(month => month.ToString(), text => YearMonth.TryParse(text, out var month) ? month : throw new JsonException("YYYYMM")),
            new AsText<TransmissionId>(id => id.ToString(), text => new TransmissionId(Guid.Parse(text))),
            new AsText<OrganisationId>(id => id.ToString(), text => new OrganisationId(Guid.Parse(text))),
        },
    };

    private sealed class AsText<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
