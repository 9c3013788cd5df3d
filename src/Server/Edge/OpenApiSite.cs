using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sekisho.Contracts;

namespace Sekisho.Server.Edge;

/// <summary>The document around the doors: what it is of, how one connects, and everything in an order that does not depend on chance.</summary>
internal static class OpenApiSite
{
    private const string Text =
        """
        資格確認の接続口です（`/eligibility` の JSON と要求ファイル）。伝送・台帳・請求の接続口は docs/protocol の各文書にあります。
        この文書は、動いているサイトの接続口そのものから作られます。決まりと例は docs/protocol/eligibility.md です。

        - 端末はクライアント証明書で接続します（TLS、`Listen:Machines` のポート）。人は、端末の証明書とサインインの両方で使います。
        - 本文は UTF-8 の JSON。列挙は名前、年月は `YYYYMM`、日付は `yyyy-MM-dd`、時刻は RFC 3339。知らない項目は無視します。
        - 誤りは RFC 9457（`application/problem+json`）で答えます。
        """;

    public static async Task Transform(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo
        {
            Title = "関所 資格確認の HTTP（/eligibility）",
            Version = typeof(OpenApiSite).Assembly.GetName().Version!.ToString(3),
            Description = Text.ReplaceLineEndings("\n"),
        };
        document.Servers =
        [
            new OpenApiServer
            {
                Url = "https://{centre}",
                Description = "センターの、機械の接続口",
                Variables = new Dictionary<string, OpenApiServerVariable> { ["centre"] = new() { Default = "centre.example:8443" } },
            },
        ];
        OpenApiAnswers.AddShared(document, await context.GetOrCreateSchemaAsync(typeof(Problem), cancellationToken: ct));
        document.AddComponent<IOpenApiSecurityScheme>(OpenApiDoors.ClientCertificate, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.MutualTLS,
            Description = "センターの CA が発行した、登録された端末の証明書。docs/protocol/devices.md",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiDoors.ClientCertificate, document)] = [] }];
        Sort(document);
    }

    private static void Sort(OpenApiDocument document)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, doors) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            paths.Add(path, doors);
        }

        document.Paths = paths;
        document.Components!.Schemas!.Remove(nameof(Stream));
        document.Components.Schemas = document.Components.Schemas.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary();
        document.Tags = new SortedSet<OpenApiTag>(
            document.Paths.Keys.Select(p => p.Split('/')[2]).Distinct().Select(t => new OpenApiTag { Name = t }), Comparer<OpenApiTag>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name)));
    }
}
