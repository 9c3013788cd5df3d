using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sekisho.Contracts;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Server.Edge;

/// <summary>Schemas as the site really writes JSON: months, identifiers, numbers that are numbers, enums by name and what each name means.</summary>
internal static class OpenApiSchemas
{
    private static readonly Type[] _identifiers = [typeof(OrganisationId), typeof(DeviceId), typeof(PersonId), typeof(TransmissionId)];

    public static Task Transform(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(YearMonth))
        {
            (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^[0-9]{4}(0[1-9]|1[0-2])$");
        }
        else if (_identifiers.Contains(type))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "uuid");
        }
        else if (schema.Type is { } number && (number & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
        {
            // The site reads a number in quotes, too, but never writes one.
            (schema.Type, schema.Pattern) = (number & ~JsonSchemaType.String, null);
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. (schema.Enum ?? []).Where(v => v is not null)];
        }

        Describe(schema, type, context);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiSchema schema, Type type, OpenApiSchemaTransformerContext context)
    {
        // A type of ours is described once and referred to; what a property says of it stands beside the reference.
        if (type.Namespace?.StartsWith(nameof(Sekisho), StringComparison.Ordinal) != true)
        {
            Say(schema, context.JsonPropertyInfo is { AttributeProvider: MemberInfo member } ? OpenApiComments.Of(member.DeclaringType!, member.Name) : "");
            return;
        }

        Say(schema, OpenApiComments.Of(type));
        if (type.IsEnum)
        {
            var meanings = Enum.GetNames(type).Select(n => (Name: n, Means: OpenApiComments.OfValue(type, n))).ToList();
            schema.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            schema.Extensions["x-enum-descriptions"] = new JsonNodeExtension(new JsonArray([.. meanings.Select(m => (JsonNode)m.Means)]));
        }
    }

    private static void Say(OpenApiSchema schema, string text)
    {
        if (text.Length > 0)
        {
            schema.Description = text;
        }
    }
}
