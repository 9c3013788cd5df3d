using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Identity.SignIn.Sessions;

/// <summary>Sessions as requests meet them: found by the cookie, kept alive by use, ended when their time or their person's standing is over.</summary>
internal sealed class SessionDoor(Store store, SignInOptions options, IHttpContextAccessor accessor, TimeProvider time)
{
    /// <summary>Requests a page makes by itself; they keep nothing alive.</summary>
    public const string Automatic = "Sekisho-Automatic";

    private static readonly TimeSpan _touch = TimeSpan.FromSeconds(30);

    /// <summary>The session of the current request, also one whose sign-in is not finished.</summary>
    public SessionRow? Current => accessor.HttpContext?.Features.Get<SessionRow>();

    public HttpContext? Http => accessor.HttpContext;

    public DateTimeOffset Now => time.Now();

    /// <summary>The live session of a cookie, used now unless the page asked by itself.</summary>
    public async ValueTask<SessionRow?> Find(string value, bool automatic, CancellationToken ct)
    {
        var now = time.Now();
        SessionRow? session;
        await using (var unit = await store.Read(ct))
        {
            session = await SessionRow.ByDigest(unit, SessionRow.DigestOf(value), ct);
        }

        if (session is null || session.Ended is not null)
        {
            return null;
        }

        if (!session.IsLive(now, options))
        {
            await End(session, session.Created + options.Longest <= now ? "最長の時間が過ぎた" : "操作がなかった", null, ct);
            return null;
        }

        return automatic || now - session.LastUsed < _touch ? session : await Touch(session, now, ct);
    }

    /// <summary>Ends it, recorded.</summary>
    public async ValueTask End(SessionRow session, string why, Actor? by, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        if (await SessionRow.End(unit, session.Id, time.Now(), why, ct) > 0)
        {
            await unit.Record(by, AuditKind.SessionEnded, $"{session.Person:D}", $"session {session.Id:D}: {why}", ct);
            await unit.Commit(ct);
        }
    }

    /// <summary>Ends every open session of a person but one.</summary>
    public async ValueTask EndAll(Store.Unit unit, Guid person, Guid? but, string why, CancellationToken ct)
    {
        foreach (var session in await SessionRow.Open(unit, person, ct))
        {
            if (session.Id != but && await SessionRow.End(unit, session.Id, time.Now(), why, ct) > 0)
            {
                await unit.Record(AuditKind.SessionEnded, $"{person:D}", $"session {session.Id:D}: {why}", ct);
            }
        }
    }

    private async ValueTask<SessionRow> Touch(SessionRow session, DateTimeOffset now, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        await SessionRow.Touch(unit, session.Id, now, ct);
        await unit.Commit(ct);
        return session with { LastUsed = now };
    }
}
