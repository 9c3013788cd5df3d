using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>The ways of asking in JSON, and what a door says about itself for the site's description (openapi.json).</summary>
internal static class Doors
{
    private const int MaxQuestion = 16 * 1024;

    /// <summary>
    /// A question that a device signs and is answered signed: <paramref name="ask"/> gets what proves an answer and gives its digest, for the audit event, and answers after
    /// that event is durable.
    /// </summary>
    public static RouteHandlerBuilder MapSigned<TUse, TQuestion, TAnswer>(
        this IEndpointRouteBuilder endpoints,
        string path,
        Func<TUse, Actor, TQuestion, Func<TAnswer, string>, CancellationToken, ValueTask<Outcome<TAnswer>>> ask,
        int most = MaxQuestion)
        where TUse : notnull
        where TQuestion : class => endpoints
        .MapPost(path, (HttpContext http, TUse use, SignedExchange exchange, ICurrentActor current, CancellationToken ct) =>
            Answer<TQuestion, TAnswer>(http, exchange, most, (question, prove) => ask(use, current.Actor, question, prove, ct), ct))
        .Signed()
        .Takes<TQuestion>()
        .Produces<TAnswer>();

    /// <summary>The same where no audit event keeps the digest of the answer's signature.</summary>
    public static RouteHandlerBuilder MapSigned<TUse, TQuestion, TAnswer>(
        this IEndpointRouteBuilder endpoints, string path, Func<TUse, Actor, TQuestion, CancellationToken, ValueTask<Outcome<TAnswer>>> ask, int most = MaxQuestion)
        where TUse : notnull
        where TQuestion : class => endpoints.MapSigned<TUse, TQuestion, TAnswer>(
        path,
        (use, by, question, prove, ct) => Proven(ask(use, by, question, ct), prove),
        most);

    /// <summary>The same about one thing, whose id stands in the path.</summary>
    public static RouteHandlerBuilder MapSignedAbout<TUse, TQuestion, TAnswer>(
        this IEndpointRouteBuilder endpoints, string path, Func<TUse, Actor, Guid, TQuestion, CancellationToken, ValueTask<Outcome<TAnswer>>> ask, int most = MaxQuestion)
        where TUse : notnull
        where TQuestion : class => endpoints
        .MapPost(path, (Guid id, HttpContext http, TUse use, SignedExchange exchange, ICurrentActor current, CancellationToken ct) =>
            Answer<TQuestion, TAnswer>(http, exchange, most, (question, prove) => Proven(ask(use, current.Actor, id, question, ct), prove), ct))
        .Signed()
        .Takes<TQuestion>()
        .Produces<TAnswer>();

    /// <summary>A question that nobody signs. <paramref name="status"/> where it depends on the answer.</summary>
    public static RouteHandlerBuilder MapQuestion<TUse, TQuestion, TAnswer>(
        this IEndpointRouteBuilder endpoints, string path, Func<TUse, Actor, TQuestion, CancellationToken, ValueTask<Outcome<TAnswer>>> ask, Func<TAnswer, int>? status = null)
        where TUse : notnull
        where TQuestion : class => endpoints
        .MapPost(path, async (HttpRequest request, TUse use, ICurrentActor current, CancellationToken ct) =>
            (await ask(use, current.Actor, await Json.Body<TQuestion>(request, ct), ct))
            .ToResult(answer => Results.Json(answer, SiteJson.Options, statusCode: status?.Invoke(answer))))
        .Takes<TQuestion>()
        .Produces<TAnswer>();

    /// <summary>It takes this, as JSON unless other forms are named.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder door, params string[] mediaTypes) => door.WithMetadata(new TakesAttribute(typeof(T), mediaTypes));

    /// <summary>A device signs what it sends, and is answered signed.</summary>
    public static RouteHandlerBuilder Signed(this RouteHandlerBuilder door) => door.WithMetadata(new SignedAttribute());

    private static async Task<IResult> Answer<TQuestion, TAnswer>(
        HttpContext http, SignedExchange exchange, int most, Func<TQuestion, Func<TAnswer, string>, ValueTask<Outcome<TAnswer>>> ask, CancellationToken ct)
        where TQuestion : class
    {
        if ((await exchange.Read(http.Request, most, Refusals.BodyTooLong, ct)).Refused(out var refusal, out var question))
        {
            return refusal.ToResult();
        }

        byte[] bytes = [];
        var asked = await ask(
            Json.Read<TQuestion>(question), answer => exchange.Prove(http.Response, bytes = JsonSerializer.SerializeToUtf8Bytes(answer, SiteJson.Options)));
        return asked.ToResult(_ => Results.Bytes(bytes, "application/json"));
    }

    private static async ValueTask<Outcome<TAnswer>> Proven<TAnswer>(ValueTask<Outcome<TAnswer>> asking, Func<TAnswer, string> prove)
    {
        var asked = await asking;
        _ = asked.Succeeded(out var answer, out _) ? prove(answer) : "";
        return asked;
    }
}
