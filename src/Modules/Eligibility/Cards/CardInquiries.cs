using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>A card inquiry: whose card was shown where, and what is still waited for. What is answered is looked up when it is asked for.</summary>
internal sealed record CardInquiryRow(
    Guid Id,
    OrganisationId Facility,
    string Institution,
    PersonKey Person,
    CareForm Care,
    PersonProof Method,
    string Statement,
    CardInquiryState State,
    Guid? Kiosk,
    IReadOnlyDictionary<ConsentKind, bool> Asked,
    DateOnly Day,
    DateTimeOffset At,
    DateTimeOffset Waits,
    DateTimeOffset Certified)
{
    /// <summary>True when the card itself signed: 目視 proves that somebody was there, not who.</summary>
    public bool CardSigned => Method is PersonProof.Pin or PersonProof.Face;

    /// <summary>What it is by now: nobody waits for ever.</summary>
    public CardInquiryState StateAt(DateTimeOffset now) => State switch
    {
        CardInquiryState.AwaitsVouching when Waits <= now => CardInquiryState.Lapsed,
        CardInquiryState.AtKiosk when Waits <= now => CardInquiryState.Answered,
        _ => State,
    };
}

/// <summary>Card inquiries, each visible to the facility that made it, for a day. In the current transaction. Scoped.</summary>
internal sealed class CardInquiries(DbSession session, TimeProvider time)
{
    public static readonly TimeSpan ForVouching = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan AtKiosk = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _kept = TimeSpan.FromHours(24);
    private const string Columns = "i.id, i.facility, i.institution, i.person, i.care, i.method, i.statement, i.state, i.kiosk, i.asked, i.day, i.at, i.waits, i.certified";

    private string Table => session.Prefix("eligibility") + "card_inquiry";

    public async ValueTask Add(CardInquiryRow row, CancellationToken ct) => await session.Execute(
        $"""
        INSERT INTO {Table} (id, facility, institution, person, care, method, statement, state, kiosk, asked, day, at, waits, certified)
        VALUES (@id, @facility, @institution, @person, @care, @method, @statement, @state, @kiosk, @asked, @day, @at, @waits, @certified)
        """,
        ct,
        ("id", row.Id),
        ("facility", row.Facility.Value),
        ("institution", row.Institution),
        ("person", row.Person.Value),
        ("care", row.Care),
        ("method", row.Method),
        ("statement", row.Statement),
        ("state", row.State),
        ("kiosk", row.Kiosk),
        ("asked", JsonSerializer.Serialize(row.Asked, Json.Options)),
        ("day", row.Day),
        ("at", row.At),
        ("waits", row.Waits),
        ("certified", row.Certified));

    /// <summary>One of the facility's own, of the last 24 hours.</summary>
    public async ValueTask<CardInquiryRow?> Find(OrganisationId facility, Guid id, CancellationToken ct) => (await session.Query(
        $"SELECT {Columns} FROM {Table} i WHERE i.id = @id AND i.facility = @facility AND i.at > @since",
        Read,
        ct,
        ("id", id),
        ("facility", facility.Value),
        ("since", time.Now() - _kept))).FirstOrDefault();

    /// <summary>Those of the facility that wait in this state, oldest first.</summary>
    public ValueTask<List<CardInquiryRow>> Waiting(OrganisationId facility, CardInquiryState state, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} i WHERE i.state <> 'Answered' AND i.facility = @facility AND i.state = @state AND i.waits > @now ORDER BY i.at",
        Read,
        ct,
        ("facility", facility.Value),
        ("state", state),
        ("now", time.Now()));

    /// <summary>Who is at the kiosk now.</summary>
    public async ValueTask<CardInquiryRow?> At(OrganisationId facility, Guid kiosk, CancellationToken ct) =>
        (await Waiting(facility, CardInquiryState.AtKiosk, ct)).FindLast(i => i.Kiosk == kiosk);

    /// <summary>It goes on; false when somebody was quicker.</summary>
    public async ValueTask<bool> Advance(CardInquiryRow row, CardInquiryState to, DateTimeOffset waits, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET state = @to, waits = @waits WHERE id = @id AND state = @from", ct, ("to", to), ("waits", waits), ("id", row.Id), ("from", row.State)) == 1;

    /// <summary>Whoever was at the kiosk left without choosing.</summary>
    public async ValueTask Leave(OrganisationId facility, Guid kiosk, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET state = 'Answered' WHERE state = 'AtKiosk' AND facility = @facility AND kiosk = @kiosk", ct, ("facility", facility.Value), ("kiosk", kiosk));

    private static CardInquiryRow Read(DbDataReader row) => new(
        row.GetGuid(0),
        new OrganisationId(row.GetGuid(1)),
        row.GetString(2),
        new PersonKey(row.GetGuid(3)),
        Enum.Parse<CareForm>(row.GetString(4)),
        Enum.Parse<PersonProof>(row.GetString(5)),
        row.GetString(6),
        Enum.Parse<CardInquiryState>(row.GetString(7)),
        row.IsDBNull(8) ? null : row.GetGuid(8),
        JsonSerializer.Deserialize<Dictionary<ConsentKind, bool>>(row.GetString(9), Json.Options)!,
        DateOnly.ParseExact(row.GetString(10), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Instants.FromMicroseconds(row.GetInt64(11)),
        Instants.FromMicroseconds(row.GetInt64(12)),
        Instants.FromMicroseconds(row.GetInt64(13)));
}
