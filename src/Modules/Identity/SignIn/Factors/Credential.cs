using System.Globalization;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Identity.SignIn.Factors;

/// <summary>What is kept of a person's password and one-time codes. <paramref name="Own"/> is false while the password is one that somebody else set.</summary>
internal sealed record Credential(
    Guid Person, DateTimeOffset? Changed, bool Own, string? Totp, DateTimeOffset? TotpSince, long TotpStep, string Notice, int Passkeys)
{
    public bool HasTotp => TotpSince is not null;

    public bool HasSecond => HasTotp || Passkeys > 0;

    public static async ValueTask<Credential> Of(Store.Unit unit, Guid person, CancellationToken ct)
    {
        var identity = unit.Session.Prefix("identity");
        var passkeys = Convert.ToInt32(
            await unit.Session.Scalar($"SELECT COUNT(*) FROM {identity}passkey WHERE person = @person", ct, ("person", person)), CultureInfo.InvariantCulture);
        var rows = await unit.Session.Query(
            $"SELECT changed, own, totp, totp_since, totp_step, notice FROM {identity}credential WHERE person = @person",
            r => new Credential(
                person,
                Instants.FromMicroseconds(r.GetInt64(0)),
                r.GetInt64(1) != 0,
                r.IsDBNull(2) ? null : r.GetString(2),
                r.IsDBNull(3) ? null : Instants.FromMicroseconds(r.GetInt64(3)),
                r.GetInt64(4),
                r.GetString(5),
                passkeys),
            ct,
            ("person", person));
        return rows.SingleOrDefault() ?? new Credential(person, null, false, null, null, 0, "", passkeys);
    }

    public ValueTask<int> Save(Store.Unit unit, CancellationToken ct) => unit.Session.Execute(
        $"""
        INSERT INTO {unit.Session.Prefix("identity")}credential (person, changed, own, totp, totp_since, totp_step, notice)
        VALUES (@person, @changed, @own, @totp, @totp_since, @totp_step, @notice)
        ON CONFLICT (person) DO UPDATE SET changed = excluded.changed, own = excluded.own, totp = excluded.totp, totp_since = excluded.totp_since,
            totp_step = excluded.totp_step, notice = excluded.notice
        """,
        ct,
        [
            ("person", Person), ("changed", Changed ?? DateTimeOffset.UnixEpoch), ("own", Own ? 1L : 0L), ("totp", Totp), ("totp_since", TotpSince),
            ("totp_step", TotpStep), ("notice", Notice),
        ]);

    /// <summary>Adds to what the person is told at the next sign-in.</summary>
    public Credential Tell(string text) => this with { Notice = Notice.Length == 0 ? text : Notice + "\n" + text };
}
