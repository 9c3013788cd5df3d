using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>What an endpoint says about itself, in words and for programs: who may, what is recorded, who signs, and how it says no.</summary>
internal static class OpenApiDoors
{
    public const string ClientCertificate = "clientCertificate";

    public static Task Transform(OpenApiOperation door, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var path = context.Description.RelativePath!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        door.OperationId = context.Description.HttpMethod!.ToLowerInvariant() + string.Concat(path.SelectMany(p => p.Trim('{', '}').Split(':')[0].Split('-')).Select(Capital));
        door.Tags = new HashSet<OpenApiTagReference> { new(path[1], context.Document) };
        Access(door, metadata, context.ApplicationServices.GetRequiredService<IPeople>());
        Alternatives(door);
        PlainBodies(door);
        foreach (var (status, answer) in door.Responses!)
        {
            answer.Description = Meaning(status, door.Responses.Count);
            OpenApiAnswers.AddHeaders((OpenApiResponse)answer, metadata.OfType<SignedAttribute>().Any(), status == "202" && door.Responses.Count > 1, context.Document!);
        }

        if (metadata.OfType<SignedAttribute>().Any())
        {
            (door.Parameters ??= []).Add(new OpenApiParameterReference(OpenApiAnswers.Signature, context.Document));
        }

        OpenApiAnswers.AddProblems(door, context.Document!);
        return Task.CompletedTask;
    }

    private static void Access(OpenApiOperation door, IList<object> metadata, IPeople people)
    {
        var text = new StringBuilder();
        if (door.Description is { Length: > 0 } said)
        {
            text.Append(said).Append("\n\n");
        }

        var extensions = door.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        if (metadata.OfType<RequiresAttribute>().LastOrDefault() is { } requires)
        {
            text.Append("権限: ").AppendJoin("、または", requires.AnyOf.Select(p => $"{PeopleNames.Permissions[p]}（`{p}`）"));
            text.Append(people.Matrix.Any(r => r.Device && requires.AnyOf.Contains(r.Permission)) ? "。端末の証明書だけで使えます。\n\n" : "。端末の証明書に加えて、権限のある人のサインインが要ります。\n\n");
            extensions["x-sekisho-permission"] = new JsonNodeExtension(new JsonArray([.. requires.AnyOf.Select(p => (JsonNode)p.ToString())]));
        }

        if (metadata.OfType<AuditsAttribute>().LastOrDefault() is { } audits)
        {
            text.Append($"監査: {AuditKinds.All.First(k => k.Kind == audits.Kind).Title}（`{audits.Kind}`）。");
            extensions["x-sekisho-audit"] = new JsonNodeExtension(audits.Kind.ToString());
        }
        else if (metadata.OfType<NotAuditedAttribute>().LastOrDefault() is { } unaudited)
        {
            text.Append($"監査: 記録しない（{unaudited.Reason}）");
        }

        if (metadata.OfType<SignedAttribute>().Any())
        {
            text.Append($"\n\n端末は本文に署名し（ヘッダー `{DetachedJws.HttpHeader}`）、答えにはセンターの署名が付きます。");
        }

        door.Description = text.ToString();
    }

    /// <summary>Where one status has answers of several shapes, they were listed under other numbers.</summary>
    private static void Alternatives(OpenApiOperation door)
    {
        foreach (var (number, other) in door.Responses!.Where(r => r.Key.Length > 3).ToList())
        {
            door.Responses!.Remove(number);
            var status = (int.Parse(number, CultureInfo.InvariantCulture) - OpenApiBodies.Alternative) / 10;
            var content = door.Responses[status.ToString(CultureInfo.InvariantCulture)].Content!["application/json"];
            content.Schema = new OpenApiSchema { AnyOf = [content.Schema!, other.Content!["application/json"].Schema!] };
        }
    }

    /// <summary>JSON has a schema; CSV and lines are text; the rest is bytes, of which JSON Schema says nothing.</summary>
    private static void PlainBodies(OpenApiOperation door)
    {
        foreach (var content in door.Responses!.Values.Select(r => r.Content).Append(door.RequestBody?.Content).OfType<IDictionary<string, OpenApiMediaType>>())
        {
            foreach (var (mediaType, body) in content.Where(c => c.Key != "application/json"))
            {
                body.Schema = mediaType is "text/csv" or "application/x-ndjson" ? new OpenApiSchema { Type = JsonSchemaType.String } : null;
            }
        }
    }

    private static string Meaning(string status, int answers) => status switch
    {
        "200" => "答え",
        "202" when answers > 1 => "まだ答えがない。Retry-After の秒数を待って、結果を尋ねる。",
        "202" => "受け付けた。",
        "422" => "登録しなかった（報告の `problems`）、または断った（`application/problem+json`）。",
        _ => throw new InvalidOperationException($"Nobody said what {status} means"),
    };

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
