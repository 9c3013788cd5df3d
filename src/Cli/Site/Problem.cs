using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.Cli.Site;

/// <summary>A refusal as the site answers it (application/problem+json).</summary>
internal sealed record Problem(string? Title, string? Code, string? Detail)
{
    public static async Task<Refusal> Read(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json")
        {
            try
            {
                if (await response.Content.ReadFromJsonAsync<Problem>(Terminal.Options, ct) is { Title: { } title } problem)
                {
                    return new Refusal(problem.Code ?? "", KindOf(response.StatusCode), title, problem.Detail ?? "");
                }
            }
            catch (Exception fault) when (fault is JsonException or IOException or HttpRequestException)
            {
                // Told by its status below.
            }
        }

        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        return (int)response.StatusCode >= 500
            ? Refusals.LineFailed with { Text = $"接続先で障害が起きています (HTTP {status})。", Kind = RefusalKind.Unavailable }
            : Refusals.AnswerUnknown with { Text = $"接続先の応答を解釈できません (HTTP {status})。", Kind = KindOf(response.StatusCode) };
    }

    private static RefusalKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => RefusalKind.Unauthenticated,
        HttpStatusCode.Forbidden => RefusalKind.Forbidden,
        HttpStatusCode.NotFound => RefusalKind.NotFound,
        // Gone: an upload that expired; opening it again helps, as with a changed offset.
        HttpStatusCode.Conflict or HttpStatusCode.Gone => RefusalKind.Conflict,
        // Another line of ours holds it still; it lets go when it notices that it was cut.
        HttpStatusCode.Locked => RefusalKind.Unavailable,
        HttpStatusCode.TooManyRequests => RefusalKind.Unavailable,
        HttpStatusCode.RequestEntityTooLarge => RefusalKind.TooLarge,
        _ when (int)status >= 500 => RefusalKind.Unavailable,
        _ => RefusalKind.Invalid,
    };
}
