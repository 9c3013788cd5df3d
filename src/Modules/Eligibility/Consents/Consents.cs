using System.Data.Common;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Eligibility.Settings;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Consents;

/// <summary>A consent as it was given, and how it ended if it did.</summary>
/// <param name="Id">Which.</param>
/// <param name="Person">Whose; may be another key confirmed to be the asked person's.</param>
/// <param name="Facility">To whom.</param>
/// <param name="Kind">To what.</param>
/// <param name="Care">For which 診療区分.</param>
/// <param name="At">同意日時.</param>
/// <param name="Until">閲覧有効期限; null: 継続.</param>
/// <param name="Proof">How the person was known to be there.</param>
/// <param name="Source">The card inquiry or emergency it came with.</param>
/// <param name="Ended">Withdrawn; null while it was not.</param>
/// <param name="Why">By whom.</param>
internal sealed record Consent(
    Guid Id,
    PersonKey Person,
    OrganisationId Facility,
    ConsentKind Kind,
    CareForm Care,
    DateTimeOffset At,
    DateTimeOffset? Until,
    PersonProof Proof,
    Guid Source,
    DateTimeOffset? Ended = null,
    ConsentEnd? Why = null)
{
    /// <summary>Neither withdrawn nor past its time.</summary>
    public bool Holds(DateTimeOffset at) => Ended is null && At <= at && (Until is not { } until || at < until);
}

/// <summary>A kind as it stands between a person and a facility for a 診療区分.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Used">The facility views it (医療機関環境設定情報).</param>
/// <param name="Standing">同意区分, whether or not it is used.</param>
/// <param name="Consent">What that rests on.</param>
internal sealed record KindStanding(ConsentKind Kind, bool Used, ConsentStanding Standing, Consent? Consent)
{
    /// <summary>Agreed to (or opened in an emergency), not withdrawn, in its time.</summary>
    public bool Held => Standing is ConsentStanding.Given or ConsentStanding.Unobtainable;

    /// <summary>May be seen there now.</summary>
    public bool Shown => Used && Held;

    /// <summary>Why none of these may be seen; null when one may. That the facility uses none of them, or not what the person agreed to, comes before <paramref name="without"/>.</summary>
    public static Refusal? Fault(IReadOnlyCollection<KindStanding> asked, Refusal without)
    {
        var none = asked.All(k => !k.Used);
        List<ConsentKind> unused = [.. asked.Where(k => !k.Used && (none || k.Held)).Select(k => k.Kind)];
        return asked.Any(k => k.Shown) ? null : unused.Count > 0 ? Refusals.NotUsed(unused) : without;
    }
}

/// <summary>
/// The consents people gave to facilities. A facility is only ever told of its own. What a person agreed to under one key holds for every key confirmed to be
/// theirs, as long as that stays confirmed. What may be seen there now is decided here and nowhere else: the facility uses the kind, and a consent holds. In the
/// current transaction; nothing here commits. Scoped.
/// </summary>
internal sealed class Consents(DbSession session, FacilitySettings settings, TimeProvider time)
{
    private const string Columns = "c.id, c.person, c.facility, c.kind, c.care, c.at, c.until, c.proof, c.source, c.ended, c.why";

    private string Table => session.Prefix("eligibility") + "consent";

    /// <summary>Every kind as it stands now, in their order.</summary>
    public async ValueTask<IReadOnlyList<KindStanding>> At(PersonKey person, OrganisationId facility, CareForm care, CancellationToken ct)
    {
        var now = time.Now();
        var setting = await settings.Of(facility, ct);
        var own = await Of(person, facility, ct);
        return
        [
            .. Enum.GetValues<ConsentKind>().Select(kind =>
            {
                var (standing, consent) = StandingOf(own, kind, care, now);
                return new KindStanding(kind, setting.Uses(kind), standing, consent);
            }),
        ];
    }

    /// <summary>The consents that let the facility see something now, for whatever 診療区分.</summary>
    public async ValueTask<IReadOnlyList<Consent>> InForce(PersonKey person, OrganisationId facility, CancellationToken ct)
    {
        var now = time.Now();
        var setting = await settings.Of(facility, ct);
        return [.. (await Of(person, facility, ct)).Where(c => c.Holds(now) && setting.Uses(c.Kind))];
    }

    /// <summary>Everything the person ever agreed to at the facility, oldest first.</summary>
    public ValueTask<List<Consent>> Of(PersonKey person, OrganisationId facility, CancellationToken ct) => session.Query(
        $"""
        {SamePerson.Query(session)}
        SELECT {Columns} FROM {Table} c WHERE c.person IN (SELECT id FROM same) AND c.facility = @facility ORDER BY c.at, c.id
        """,
        Read,
        ct,
        ("person", person.Value),
        ("facility", facility.Value));

    /// <summary>What was agreed to at the facility within a span of time, oldest first: 同意済資格情報の一括取得.</summary>
    public ValueTask<List<Consent>> Between(OrganisationId facility, CareForm care, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} c WHERE c.facility = @facility AND c.care = @care AND c.at >= @from AND c.at < @until ORDER BY c.at, c.id",
        Read,
        ct,
        ("facility", facility.Value),
        ("care", care),
        ("from", from),
        ("until", until));

    /// <summary>Keeps a consent.</summary>
    public async ValueTask Give(Consent consent, CancellationToken ct) => await session.Execute(
        $"""
        INSERT INTO {Table} (id, person, facility, kind, care, proof, source, at, until)
        VALUES (@id, @person, @facility, @kind, @care, @proof, @source, @at, @until)
        """,
        ct,
        ("id", consent.Id),
        ("person", consent.Person.Value),
        ("facility", consent.Facility.Value),
        ("kind", consent.Kind),
        ("care", consent.Care),
        ("proof", consent.Proof),
        ("source", consent.Source),
        ("at", consent.At),
        ("until", consent.Until));

    /// <summary>
    /// Ends what holds now of these kinds and 診療区分; those that ended. 限度額 that would go on without end (包括同意, 継続) ends with the last of the others, as it is not
    /// asked for by itself: else a visit could be asked about again for ever after the person took everything back.
    /// </summary>
    public async ValueTask<IReadOnlyList<Consent>> Withdraw(
        PersonKey person, OrganisationId facility, IReadOnlyCollection<ConsentKind> kinds, IReadOnlyCollection<CareForm> cares, ConsentEnd why, CancellationToken ct)
    {
        var now = time.Now();
        List<Consent> held = [.. (await Of(person, facility, ct)).Where(c => c.Holds(now) && cares.Contains(c.Care))];
        var left = held.Where(c => c.Kind != ConsentKind.Limits && !kinds.Contains(c.Kind)).Select(c => c.Care).ToHashSet();
        List<Consent> ended = kinds.Count == 0 ? []
            : [.. held.Where(c => kinds.Contains(c.Kind) || (c.Kind == ConsentKind.Limits && c.Until is null && !left.Contains(c.Care)))];
        foreach (var consent in ended)
        {
            await session.Execute($"UPDATE {Table} SET ended = @now, why = @why WHERE id = @id AND ended IS NULL", ct, ("now", now), ("why", why), ("id", consent.Id));
        }

        return ended;
    }

    /// <summary>同意区分 of one kind and 診療区分, and the consent it rests on.</summary>
    public static (ConsentStanding Standing, Consent? Consent) StandingOf(IEnumerable<Consent> consents, ConsentKind kind, CareForm care, DateTimeOffset at)
    {
        List<Consent> own = [.. consents.Where(c => c.Kind == kind && c.Care == care && c.Ended is null)];
        return own.Where(c => c.Holds(at)).MaxBy(c => c.Until ?? DateTimeOffset.MaxValue) is { } held
            ? (care == CareForm.Emergency ? ConsentStanding.Unobtainable : ConsentStanding.Given, held)
            : own.MaxBy(c => c.At) is { } past ? (ConsentStanding.Expired, past) : (ConsentStanding.None, null);
    }

    private static Consent Read(DbDataReader row) => new(
        row.GetGuid(0),
        new PersonKey(row.GetGuid(1)),
        new OrganisationId(row.GetGuid(2)),
        Enum.Parse<ConsentKind>(row.GetString(3)),
        Enum.Parse<CareForm>(row.GetString(4)),
        Instants.FromMicroseconds(row.GetInt64(5)),
        row.IsDBNull(6) ? null : Instants.FromMicroseconds(row.GetInt64(6)),
        Enum.Parse<PersonProof>(row.GetString(7)),
        row.GetGuid(8),
        row.IsDBNull(9) ? null : Instants.FromMicroseconds(row.GetInt64(9)),
        row.IsDBNull(10) ? null : Enum.Parse<ConsentEnd>(row.GetString(10)));
}
