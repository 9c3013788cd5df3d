using System.Globalization;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>What became of a patient that was kept.</summary>
internal enum Kept
{
    Created,
    Changed,
    Same,
}

/// <summary>患者の控え: sealed, found by hashes that are the facility's own. Scoped.</summary>
internal sealed class Patients(DbSession session, RegistryKeys keys, TimeProvider time)
{
    public const int LongestChart = 50;

    private string Table => session.Prefix("eligibility") + "desk_patient";

    public static CardKeys Card(DeskPatient patient) => new()
    {
        Insurer = patient.Insurer,
        Symbol = patient.Symbol,
        Number = patient.Number,
        Branch = patient.Branch,
        Birth = patient.Birth,
    };

    /// <summary>The same in the form that is searched for; a 枝番 or a birth date that only one side has is another card.</summary>
    public static bool IsCardOf(DeskPatient patient, CardKeys card) =>
        Family(patient) == Family(patient with { Insurer = card.Insurer, Symbol = card.Symbol, Number = card.Number })
        && SearchKey.Branch(patient.Branch) == SearchKey.Branch(card.Branch)
        && patient.Birth == card.Birth;

    public static DataSubject Subject(DeskPatient patient) => Inquiry.Disclosure.Subject(Card(patient)) with { Name = patient.Name };

    /// <summary>The patient of a 患者番号; also one that is erased, as null.</summary>
    public async ValueTask<(Guid Id, DeskPatient? Patient)?> ByChart(OrganisationId facility, string chart, CancellationToken ct) =>
        (await Find(facility, "chart", k => Chart(facility, chart, k), ct)) is [var found, ..] ? found : null;

    /// <summary>A patient of the facility that is not erased.</summary>
    public async ValueTask<DeskPatient?> Find(OrganisationId facility, Guid id, CancellationToken ct) =>
        (await session.Query($"SELECT id, sealed FROM {Table} WHERE id = @id AND facility = @facility", r => (r.GetGuid(0), Sealed(r)), ct, ("id", id), ("facility", facility.Value)))
        is [var (_, bytes)] ? Open(facility, id, bytes) : null;

    /// <summary>Who a coverage may be about, each with why; strongest first.</summary>
    public async ValueTask<IReadOnlyList<CardCandidate>> Alike(OrganisationId facility, Coverage coverage, string reference, CancellationToken ct)
    {
        var like = Differences.AllOf(coverage, reference);
        var found = new List<(Guid Id, DeskPatient Patient, string Reason)>();
        await Add("chart", k => reference.Length > 0 ? Chart(facility, reference, k) : null, "照会番号が患者番号と同じ");
        await Add("member", k => Member(facility, like, k), "保険者番号・記号・番号・枝番が同じ");
        await Add("card", k => CardHash(facility, like, k), "保険者番号・記号・番号・生年月日が同じ");
        await Add("alike", k => AlikeHash(facility, like, k), "生年月日とカナが同じ");
        return [.. found.GroupBy(f => f.Id).Select(g => new CardCandidate(g.Key, g.First().Patient, [.. g.Select(f => f.Reason)]))];

        async ValueTask Add(string column, Func<int, byte[]?> hash, string reason)
        {
            foreach (var (id, patient) in await Find(facility, column, hash, ct))
            {
                if (patient is not null)
                {
                    found.Add((id, patient, reason));
                }
            }
        }
    }

    /// <summary>Keeps what is on file of a 患者番号, new or in place of what was.</summary>
    public async ValueTask<(Guid Id, Kept Kept)> Keep(OrganisationId facility, DeskPatient patient, CancellationToken ct)
    {
        var known = await ByChart(facility, patient.Chart, ct);
        if (known is { Patient: { } before } same && before == patient)
        {
            return (same.Id, Kept.Same);
        }

        var at = time.Now();
        var id = known?.Id ?? Guid.CreateVersion7(at);
        await session.Execute(
            $"""
            INSERT INTO {Table} (id, facility, chart, card, member, alike, changed, sealed) VALUES (@id, @facility, @chart, @card, @member, @alike, @at, @sealed)
            ON CONFLICT (id) DO UPDATE SET
                chart = excluded.chart, card = excluded.card, member = excluded.member, alike = excluded.alike, changed = excluded.changed, sealed = excluded.sealed
            """,
            ct,
            ("id", id),
            ("facility", facility.Value),
            ("chart", Chart(facility, patient.Chart, 0)),
            ("card", CardHash(facility, patient, 0)),
            ("member", Member(facility, patient, 0)),
            ("alike", AlikeHash(facility, patient, 0)),
            ("at", at),
            ("sealed", keys.Seal(JsonSerializer.SerializeToUtf8Bytes(patient, Json.Options), id, facility.Value)));
        return (id, known?.Patient is null ? Kept.Created : Kept.Changed);
    }

    /// <summary>Forgets everything but the id, to which the answers belong.</summary>
    public ValueTask<int> Erase(Guid id, CancellationToken ct) => session.Execute(
        $"UPDATE {Table} SET card = NULL, member = NULL, alike = NULL, sealed = NULL, changed = @at WHERE id = @id", ct, ("id", id), ("at", time.Now()));

    public async ValueTask<int> Count(OrganisationId facility, CancellationToken ct) =>
        Convert.ToInt32(await session.Scalar($"SELECT COUNT(*) FROM {Table} WHERE facility = @facility AND sealed IS NOT NULL", ct, ("facility", facility.Value)), CultureInfo.InvariantCulture);

    public DeskPatient? Open(OrganisationId facility, Guid id, byte[]? bytes) => bytes is null ? null : Json.Read<DeskPatient>(keys.Open(bytes, id, facility.Value));

    private async ValueTask<List<(Guid Id, DeskPatient? Patient)>> Find(OrganisationId facility, string column, Func<int, byte[]?> hash, CancellationToken ct)
    {
        var hashes = Enumerable.Range(0, keys.Count).Select(hash).ToList();
        if (hashes.Contains(null))
        {
            return [];
        }

        var rows = await session.Query(
            $"SELECT id, sealed FROM {Table} WHERE facility = @facility AND {column} IN ({string.Join(", ", hashes.Select((_, i) => $"@k{i}"))})",
            r => (r.GetGuid(0), Sealed(r)),
            ct,
            [("facility", facility.Value), .. hashes.Select((h, i) => ($"k{i}", (object?)h))]);
        return [.. rows.Select(r => (r.Item1, Open(facility, r.Item1, r.Item2)))];
    }

    private static byte[]? Sealed(System.Data.Common.DbDataReader row) => row.IsDBNull(1) ? null : (byte[])row.GetValue(1);

    private byte[] Chart(OrganisationId facility, string chart, int key) => keys.OfFacility(facility, "chart", TextFold.Code(chart), key);

    private byte[]? CardHash(OrganisationId facility, DeskPatient p, int key) =>
        Family(p) is { } family && p.Birth != default ? keys.OfFacility(facility, "card", string.Create(CultureInfo.InvariantCulture, $"{family}\n{p.Birth:yyyyMMdd}"), key) : null;

    private byte[]? Member(OrganisationId facility, DeskPatient p, int key) =>
        Family(p) is { } family && SearchKey.Branch(p.Branch) is { Length: > 0 } branch ? keys.OfFacility(facility, "member", $"{family}\n{branch}", key) : null;

    private byte[]? AlikeHash(OrganisationId facility, DeskPatient p, int key) =>
        p.Birth != default && TextFold.Kana(p.Kana) is { Length: > 0 } kana
            ? keys.OfFacility(facility, "alike", string.Create(CultureInfo.InvariantCulture, $"{p.Birth:yyyyMMdd}\n{kana}"), key)
            : null;

    private static string? Family(DeskPatient p) => SearchKey.Insurer(p.Insurer) is { Length: > 0 } insurer && SearchKey.Number(p.Number) is { Length: > 0 } number
        ? $"{insurer}\n{(SearchKey.HasSymbol(insurer) ? SearchKey.Symbol(p.Symbol) : "")}\n{number}"
        : null;
}
