using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>How far a card has come that nobody registered.</summary>
internal enum NewcomerStep
{
    /// <summary>The person types whose it is.</summary>
    Types,

    /// <summary>The card is to sign.</summary>
    Signs,

    /// <summary>Nobody went on.</summary>
    Over,
}

/// <summary>A card that nobody registered, at a kiosk.</summary>
internal sealed record Newcomer(
    Guid Id, OrganisationId Facility, string Institution, Guid Kiosk, byte[] Card, CareForm Care, DateOnly Day, DateTimeOffset At, DateTimeOffset Waits, DateTimeOffset Certified,
    NewcomerStep Step, int Failures, byte[]? Details)
{
    public const int MostTries = 3;

    public NewcomerStep StepAt(DateTimeOffset now) => Waits <= now ? NewcomerStep.Over : Step;
}

/// <summary>Cards that nobody registered. What is typed is sealed, lies here while the card signs, and is deleted whatever comes of it. In the current transaction. Scoped.</summary>
internal sealed class Newcomers(DbSession session, RegistryKeys keys, TimeProvider time)
{
    public static readonly TimeSpan ForTyping = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan ForSigning = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _kept = TimeSpan.FromHours(24);
    private const string Columns = "id, facility, institution, kiosk, card, care, day, at, waits, certified, step, failures, details";

    private string Table => session.Prefix("eligibility") + "card_newcomer";

    /// <summary>Somebody is there with it.</summary>
    public async ValueTask<Newcomer> Add(
        Guid id, OrganisationId facility, string institution, Guid kiosk, CardCertificate card, CareForm care, DateOnly day, CancellationToken ct)
    {
        var now = time.Now();
        var row = new Newcomer(
            id, facility, institution, kiosk, keys.Serial(card.Issuer, card.Serial), care, day, now, now + ForTyping, card.Until, NewcomerStep.Types, 0, null);
        await session.Execute(
            $"""
            INSERT INTO {Table} ({Columns})
            VALUES (@id, @facility, @institution, @kiosk, @card, @care, @day, @at, @waits, @certified, @step, 0, NULL)
            """,
            ct,
            ("id", row.Id),
            ("facility", facility.Value),
            ("institution", institution),
            ("kiosk", kiosk),
            ("card", row.Card),
            ("care", care),
            ("day", day),
            ("at", now),
            ("waits", row.Waits),
            ("certified", row.Certified),
            ("step", row.Step));
        return row;
    }

    /// <summary>One of the facility's own, of the last 24 hours.</summary>
    public async ValueTask<Newcomer?> Find(OrganisationId facility, Guid id, CancellationToken ct) => (await session.Query(
        $"SELECT {Columns} FROM {Table} WHERE id = @id AND facility = @facility AND at > @since",
        Read,
        ct,
        ("id", id),
        ("facility", facility.Value),
        ("since", time.Now() - _kept))).FirstOrDefault();

    /// <summary>Who is at the kiosk and not over.</summary>
    public async ValueTask<Newcomer?> At(OrganisationId facility, Guid kiosk, CancellationToken ct) => (await session.Query(
        $"SELECT {Columns} FROM {Table} WHERE facility = @facility AND kiosk = @kiosk AND step <> 'Over' AND waits > @now ORDER BY at DESC LIMIT 1",
        Read,
        ct,
        ("facility", facility.Value),
        ("kiosk", kiosk),
        ("now", time.Now()))).FirstOrDefault();

    /// <summary>What was typed waits for the card; false when somebody was quicker.</summary>
    public ValueTask<bool> Sign(Newcomer row, KioskDetails details, CancellationToken ct) =>
        Go(row, NewcomerStep.Signs, row.Failures, time.Now() + ForSigning, keys.Seal(JsonSerializer.SerializeToUtf8Bytes(details, Json.Options), row.Id), ct);

    /// <summary>It did not fit: once more, or never.</summary>
    public ValueTask<bool> Failed(Newcomer row, bool mayTryAgain, CancellationToken ct) =>
        Go(row, mayTryAgain && row.Failures + 1 < Newcomer.MostTries ? NewcomerStep.Types : NewcomerStep.Over, row.Failures + 1, time.Now() + ForTyping, null, ct);

    /// <summary>Nobody goes on.</summary>
    public ValueTask<bool> End(Newcomer row, CancellationToken ct) => Go(row, NewcomerStep.Over, row.Failures, row.Waits, null, ct);

    /// <summary>Whoever was at the kiosk left.</summary>
    public async ValueTask Leave(OrganisationId facility, Guid kiosk, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET step = 'Over', details = NULL WHERE facility = @facility AND kiosk = @kiosk AND step <> 'Over'", ct, ("facility", facility.Value), ("kiosk", kiosk));

    public async ValueTask Remove(Newcomer row, CancellationToken ct) => await session.Execute($"DELETE FROM {Table} WHERE id = @id", ct, ("id", row.Id));

    /// <summary>What was typed; a fault when the row has none.</summary>
    public KioskDetails Open(Newcomer row) =>
        JsonSerializer.Deserialize<KioskDetails>(keys.Open(row.Details ?? throw new InvalidOperationException("Nothing was typed"), row.Id), Json.Options)!;

    /// <summary>True when it is that card.</summary>
    public bool IsOf(Newcomer row, CardCertificate card) =>
        Enumerable.Range(0, keys.Count).Any(k => keys.Serial(card.Issuer, card.Serial, k).AsSpan().SequenceEqual(row.Card));

    /// <summary>Deletes what lies here longer than it may, in a transaction of its own; false when there was nothing, which most minutes there is not.</summary>
    public async ValueTask<bool> Sweep(CancellationToken ct)
    {
        var (now, since) = (time.Now(), time.Now() - _kept);
        if (!await session.InReading(
            async () => await session.Scalar($"SELECT 1 FROM {Table} WHERE (waits <= @now AND details IS NOT NULL) OR at <= @since LIMIT 1", ct, ("now", now), ("since", since)) is not null, ct))
        {
            return false;
        }

        await session.Write(ct);
        await session.Execute($"UPDATE {Table} SET step = 'Over', details = NULL WHERE waits <= @now AND details IS NOT NULL", ct, ("now", now));
        await session.Execute($"DELETE FROM {Table} WHERE at <= @since", ct, ("since", since));
        await session.Commit(ct);
        return true;
    }

    private async ValueTask<bool> Go(Newcomer row, NewcomerStep to, int failures, DateTimeOffset waits, byte[]? details, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET step = @to, failures = @failures, waits = @waits, details = @details WHERE id = @id AND step = @from",
        ct,
        ("to", to),
        ("failures", failures),
        ("waits", waits),
        ("details", details),
        ("id", row.Id),
        ("from", row.Step)) == 1;

    private static Newcomer Read(DbDataReader row) => new(
        row.GetGuid(0),
        new OrganisationId(row.GetGuid(1)),
        row.GetString(2),
        row.GetGuid(3),
        (byte[])row.GetValue(4),
        Enum.Parse<CareForm>(row.GetString(5)),
        DateOnly.ParseExact(row.GetString(6), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Instants.FromMicroseconds(row.GetInt64(7)),
        Instants.FromMicroseconds(row.GetInt64(8)),
        Instants.FromMicroseconds(row.GetInt64(9)),
        Enum.Parse<NewcomerStep>(row.GetString(10)),
        row.GetInt32(11),
        row.IsDBNull(12) ? null : (byte[])row.GetValue(12));
}
