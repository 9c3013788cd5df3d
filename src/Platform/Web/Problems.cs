using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Wire;

namespace Sekisho.Platform.Web;

/// <summary>Refusals at the edge: RFC 9457 problem details with our code, text and remedy.</summary>
public static class Problems
{
    private static readonly System.Text.Json.JsonSerializerOptions _json =
        new(System.Text.Json.JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string RetryAfter = "5";

    public static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.NoRoom => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static IResult ToResult(this Refusal refusal) => new ProblemResult(refusal, Status(refusal.Kind));

    /// <summary>With a status that a protocol prescribes.</summary>
    public static IResult ToResult(this Refusal refusal, int status) => new ProblemResult(refusal, status);

    /// <summary>The value through <paramref name="answer"/>, or the problem.</summary>
    public static IResult ToResult<T>(this Outcome<T> outcome, Func<T, IResult> answer) =>
        outcome.Succeeded(out var value, out var refusal) ? answer(value) : refusal.ToResult();

    public static Task Write(HttpContext context, Refusal refusal) => Write(context, refusal, Status(refusal.Kind));

    public static Task Write(HttpContext context, Refusal refusal, int status)
    {
        context.Response.StatusCode = status;
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage)
        {
            // Who refuses may know better.
            context.Response.Headers.RetryAfter = context.Response.Headers.RetryAfter.Count > 0 ? context.Response.Headers.RetryAfter : RetryAfter;
        }

        context.Features.Set(refusal);

        if (IsFromPerson(context.Request))
        {
            // A browser asked for a document: the pages say it in words, from this feature.
            return Task.CompletedTask;
        }

        return context.Response.WriteAsJsonAsync(
            new Problem("about:blank", refusal.Text, status, refusal.Code, refusal.Remedy),
            _json,
            "application/problem+json",
            context.RequestAborted);
    }

    /// <summary>Machines get 401; people are led to the sign-in page.</summary>
    public static Task Challenge(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && IsFromPerson(context.Request))
        {
            context.Response.Redirect("/sign-in?returnUrl=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
            return Task.CompletedTask;
        }

        return Write(context, Refusals.NotSignedIn);
    }

    private static bool IsFromPerson(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private sealed class ProblemResult(Refusal refusal, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, refusal, status);
    }
}

/// <summary>Refusals of the edge itself.</summary>
public static class Refusals
{
    public static readonly Refusal NotSignedIn = new(
        "PL-0101", RefusalKind.Unauthenticated, "認証されていません。", "端末の証明書で接続するか、サインインしてください。");

    public static readonly Refusal NotPermitted = new(
        "PL-0102", RefusalKind.Forbidden, "この操作の権限がありません。", "所属組織の種別と役割を確認してください。必要な場合はシステム管理者に依頼してください。");
}
