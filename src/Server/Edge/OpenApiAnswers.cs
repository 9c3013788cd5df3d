using Microsoft.OpenApi;
using Sekisho.Contracts;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>What all doors say alike: headers, and how they say no.</summary>
internal static class OpenApiAnswers
{
    public const string Signature = "Signature";
    private const string AnswerSignature = "AnswerSignature";
    private const string RetryAfter = "RetryAfter";
    private const string Classification = "Classification";
    private const string ProblemType = "application/problem+json";

    private static readonly (string Status, string Name, string Text)[] _problems =
    [
        ("400", "Malformed", "要求の形式が正しくない（JSON として読めない、値の形が違う）。"),
        ("401", "NotSignedIn", "端末の証明書もサインインもない。"),
        ("403", "NotPermitted", "権限がない、または許されていない。記録される。"),
        ("404", "NotFound", "ないか、自組織のものでない。二つは区別しない。"),
        ("413", "TooLarge", "本文が大きすぎる。"),
        ("422", "Refused", "断った。`code` と `title` に何が違うか、`detail` に次にすること。"),
        ("429", "TooMany", "短い時間に多すぎる。`Retry-After` の秒数を待って、同じ要求をもう一度送る。"),
        ("503", "NotNow", "いまは答えられない。`Retry-After` の秒数を待って、同じ要求をもう一度送る。"),
        ("default", "Otherwise", "そのほかの拒否（409 いまの状態と矛盾する、507 センターの空きがない、など）。"),
    ];

    /// <summary>The shared parts, where the doors refer to them.</summary>
    public static void AddShared(OpenApiDocument document, IOpenApiSchema problem)
    {
        document.AddComponent(nameof(Problem), problem);
        document.AddComponent<IOpenApiParameter>(Signature, new OpenApiParameter
        {
            Name = DetachedJws.HttpHeader,
            In = ParameterLocation.Header,
            Description = "本文から切り離した署名（JWS、ES256）。端末からは必須。サインインした人の要求にはない。docs/protocol/signature.md",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        document.AddComponent<IOpenApiHeader>(AnswerSignature, Header("答えへのセンターの署名。どの要求への答えかを示す（`req`）。サインインした人の要求への答えにはない。", JsonSchemaType.String));
        document.AddComponent<IOpenApiHeader>(RetryAfter, Header("待つ秒数。", JsonSchemaType.Integer));
        document.AddComponent<IOpenApiHeader>(Classification, Header("答えの分類: strictly-confidential（厳秘）、confidential（秘密）、public（公開）。", JsonSchemaType.String));
        foreach (var (status, name, text) in _problems)
        {
            document.AddComponent<IOpenApiResponse>(name, Response(status, text, document));
        }
    }

    public static void AddHeaders(OpenApiResponse answer, bool signed, bool later, OpenApiDocument document)
    {
        answer.Headers = new Dictionary<string, IOpenApiHeader> { ["Sekisho-Classification"] = new OpenApiHeaderReference(Classification, document) };
        if (signed)
        {
            answer.Headers[DetachedJws.HttpHeader] = new OpenApiHeaderReference(AnswerSignature, document);
        }

        if (later)
        {
            answer.Headers["Retry-After"] = new OpenApiHeaderReference(RetryAfter, document);
        }
    }

    public static void AddProblems(OpenApiOperation door, OpenApiDocument document)
    {
        var reads = door.RequestBody is not null;
        foreach (var (status, name, _) in _problems)
        {
            var applies = status switch
            {
                "400" => reads || door.Parameters?.Any(p => p.In == ParameterLocation.Query) == true,
                "404" => door.Parameters?.Any(p => p.In == ParameterLocation.Path) == true,
                "413" => reads,
                _ => true,
            };
            if (applies && door.Responses!.TryGetValue(status, out var own))
            {
                // The door has an answer of its own with this status.
                own.Content![ProblemType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) };
            }
            else if (applies)
            {
                door.Responses![status] = new OpenApiResponseReference(name, document);
            }
        }
    }

    private static OpenApiResponse Response(string status, string text, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = text,
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemType] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) } },
        };
        AddHeaders(response, signed: false, later: status is "429" or "503", document);
        return response;
    }

    private static OpenApiHeader Header(string text, JsonSchemaType type) => new() { Description = text, Schema = new OpenApiSchema { Type = type } };
}
