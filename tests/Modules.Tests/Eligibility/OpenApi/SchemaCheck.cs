using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sekisho.Modules.Tests.Eligibility.OpenApi;

/// <summary>
/// Whether JSON is what a schema says, by this file alone: it shares nothing with what writes the schemas. A keyword it does not know is a fault, and so is a property that
/// is not described.
/// </summary>
internal sealed class SchemaCheck(JsonElement document)
{
    private static readonly HashSet<string> _silent = ["description", "default", "x-enum-descriptions"];

    /// <summary>What is wrong, each with its place; nothing when all is well.</summary>
    public IEnumerable<string> Faults(JsonElement value, JsonElement schema, string at = "$")
    {
        var described = Properties(schema);
        foreach (var keyword in schema.EnumerateObject().Where(k => !_silent.Contains(k.Name)))
        {
            foreach (var fault in Faults(value, keyword.Name, keyword.Value, described, at))
            {
                yield return fault;
            }
        }
    }

    /// <summary>What a reference of the document stands for.</summary>
    public JsonElement Resolve(string reference)
    {
        var found = document;
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        foreach (var step in reference[2..].Split('/'))
        {
            Assert.True(found.TryGetProperty(step, out found), $"{reference} leads nowhere");
        }

        return found;
    }

    private IEnumerable<string> Faults(JsonElement value, string keyword, JsonElement said, HashSet<string> described, string at) => keyword switch
    {
        "$ref" => Faults(value, Resolve(said.GetString()!), at),
        "type" => Types(said).Any(t => Is(value, t)) ? [] : [$"{at}: {value.ValueKind} is not {said}"],
        "enum" => said.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)) ? [] : [$"{at}: {value} is none of {said}"],
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, said.GetString()!) ? [] : [$"{at}: {value} does not match {said}"],
        "format" => value.ValueKind == JsonValueKind.Null || Fits(value, said.GetString()!) ? [] : [$"{at}: {value} is no {said}"],
        "oneOf" => Fitting(value, said, at) == 1 ? [] : [$"{at}: not exactly one of {said}"],
        "anyOf" => Fitting(value, said, at) > 0 ? [] : [$"{at}: none of {said}"],
        "required" => value.ValueKind != JsonValueKind.Object ? [] : said.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{at}: no {r}"),
        "items" => value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((v, i) => Faults(v, said, $"{at}[{i}]")),
        "properties" => value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject()
            .SelectMany(p => said.TryGetProperty(p.Name, out var schema) ? Faults(p.Value, schema, $"{at}.{p.Name}") : described.Contains(p.Name) ? [] : [$"{at}.{p.Name} is not described"]),
        "additionalProperties" => value.EnumerateObject().Where(p => !described.Contains(p.Name)).SelectMany(p => Faults(p.Value, said, $"{at}.{p.Name}")),
        _ => throw new NotSupportedException($"{at}: {keyword}"),
    };

    private int Fitting(JsonElement value, JsonElement schemas, string at) => schemas.EnumerateArray().Count(s => !Faults(value, s, at).Any());

    private static HashSet<string> Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject().Select(p => p.Name)] : [];

    private static IEnumerable<string> Types(JsonElement said) =>
        said.ValueKind == JsonValueKind.Array ? said.EnumerateArray().Select(t => t.GetString()!) : [said.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException(type),
    };

    private static bool Fits(JsonElement value, string format) => format switch
    {
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => value.TryGetDateTimeOffset(out _),
        "uuid" => value.TryGetGuid(out _),
        "byte" => value.TryGetBytesFromBase64(out _),
        "int32" => value.TryGetInt32(out _),
        "int64" => value.TryGetInt64(out _),
        "double" => value.TryGetDouble(out _),
        _ => throw new NotSupportedException(format),
    };
}
