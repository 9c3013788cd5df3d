using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Identity.SignIn.Sessions;

/// <summary>What a person has proved in a session.</summary>
internal enum Proved
{
    Password,
    PasswordAndCode,
    PasswordAndPasskey,
    Passkey,
    Recovery,
}

/// <summary>One session. The browser's cookie holds a random value and nothing else; here stands its digest.</summary>
internal sealed record SessionRow(
    Guid Id,
    string Digest,
    Guid Person,
    Guid? Organisation,
    Guid? Device,
    string Address,
    Proved Proved,
    SignInStage Stage,
    string? Enrolling,
    DateTimeOffset Created,
    DateTimeOffset LastUsed,
    DateTimeOffset? Ended,
    string Why)
{
    private const string Columns = "id, digest, person, organisation, device, address, proved, stage, enrolling, created, last_used, ended, why";

    public static string NewValue() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string DigestOf(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public bool IsSamePlace(Place place) => Device == place.Device?.Device.Value && (Device is not null || Address == place.Address);

    /// <summary>When it ends unless it is used.</summary>
    public DateTimeOffset EndsAt(SignInOptions options)
    {
        var (idle, longest) = Stage == SignInStage.Complete ? (LastUsed + options.Idle, Created + options.Longest) : (Created + options.Unfinished, Created + options.Unfinished);
        return idle < longest ? idle : longest;
    }

    public bool IsLive(DateTimeOffset now, SignInOptions options) => Ended is null && now < EndsAt(options);

    public static async ValueTask<SessionRow?> ByDigest(Store.Unit unit, string digest, CancellationToken ct) =>
        (await Select(unit, "digest = @value", ct, ("value", digest))).SingleOrDefault();

    public static async ValueTask<SessionRow?> ById(Store.Unit unit, Guid id, CancellationToken ct) =>
        (await Select(unit, "id = @value", ct, ("value", id))).SingleOrDefault();

    public static ValueTask<List<SessionRow>> Open(Store.Unit unit, Guid person, CancellationToken ct) =>
        Select(unit, "person = @person AND ended IS NULL ORDER BY created DESC", ct, ("person", person));

    public static ValueTask<List<SessionRow>> Latest(Store.Unit unit, Guid person, int count, CancellationToken ct) =>
        Select(unit, $"person = @person AND stage = 'Complete' ORDER BY CASE WHEN ended IS NULL THEN 0 ELSE 1 END, last_used DESC LIMIT {count}", ct, ("person", person));

    public ValueTask<int> Insert(Store.Unit unit, CancellationToken ct) => unit.Session.Execute(
        $"""
        INSERT INTO {unit.Session.Prefix("identity")}session ({Columns})
        VALUES (@id, @digest, @person, @organisation, @device, @address, @proved, @stage, @enrolling, @created, @last_used, @ended, @why)
        """,
        ct,
        [
            ("id", Id), ("digest", Digest), ("person", Person), ("organisation", Organisation), ("device", Device), ("address", Address), ("proved", Proved),
            ("stage", Stage), ("enrolling", Enrolling), ("created", Created), ("last_used", LastUsed), ("ended", Ended), ("why", Why),
        ]);

    public ValueTask<int> Update(Store.Unit unit, CancellationToken ct) => unit.Session.Execute(
        $"""
        UPDATE {unit.Session.Prefix("identity")}session
        SET digest = @digest, organisation = @organisation, proved = @proved, stage = @stage, enrolling = @enrolling, created = @created, last_used = @last_used
        WHERE id = @id AND ended IS NULL
        """,
        ct,
        [
            ("digest", Digest), ("organisation", Organisation), ("proved", Proved), ("stage", Stage), ("enrolling", Enrolling), ("created", Created),
            ("last_used", LastUsed), ("id", Id),
        ]);

    public static ValueTask<int> Touch(Store.Unit unit, Guid id, DateTimeOffset now, CancellationToken ct) => unit.Session.Execute(
        $"UPDATE {unit.Session.Prefix("identity")}session SET last_used = @now WHERE id = @id AND ended IS NULL", ct, ("now", now), ("id", id));

    /// <summary>Ends it; 0 when it had ended already.</summary>
    public static ValueTask<int> End(Store.Unit unit, Guid id, DateTimeOffset now, string why, CancellationToken ct) => unit.Session.Execute(
        $"UPDATE {unit.Session.Prefix("identity")}session SET ended = @now, why = @why, enrolling = NULL WHERE id = @id AND ended IS NULL",
        ct,
        ("now", now),
        ("why", why),
        ("id", id));

    /// <summary>Deletes what was over before: ended, or not used since (a session lives for hours, so nobody can be in it).</summary>
    public static async Task Forget(Store store, DateTimeOffset before, CancellationToken ct)
    {
        const string Over = "last_used < @before AND (ended IS NULL OR ended < @before)";
        await using (var looking = await store.Read(ct))
        {
            if (await looking.Session.Scalar($"SELECT 1 FROM {looking.Session.Prefix("identity")}session WHERE {Over} LIMIT 1", ct, ("before", before)) is null)
            {
                return;
            }
        }

        await using var unit = await store.Write(ct);
        await unit.Session.Execute($"DELETE FROM {unit.Session.Prefix("identity")}session WHERE {Over}", ct, ("before", before));
        await unit.Commit(ct);
    }

    public SessionSummary Summary(string name, Guid? current) => new(
        Id, new PersonId(Person), name, Address, Device is { } device ? new DeviceId(device) : null, Word(Proved), Created, LastUsed, Ended, Why, Id == current);

    private static string Word(Proved proved) => proved switch
    {
        Proved.Password => "パスワード",
        Proved.PasswordAndCode => "パスワードとワンタイムパスワード",
        Proved.PasswordAndPasskey => "パスワードとパスキー",
        Proved.Passkey => "パスキー",
        Proved.Recovery => "回復の手続き",
        _ => "",
    };

    private static ValueTask<List<SessionRow>> Select(Store.Unit unit, string where, CancellationToken ct, params (string Name, object? Value)[] values) =>
        unit.Session.Query($"SELECT {Columns} FROM {unit.Session.Prefix("identity")}session WHERE {where}", Read, ct, values);

    private static SessionRow Read(DbDataReader r) => new(
        r.GetGuid(0),
        r.GetString(1),
        r.GetGuid(2),
        r.IsDBNull(3) ? null : r.GetGuid(3),
        r.IsDBNull(4) ? null : r.GetGuid(4),
        r.GetString(5),
        Enum.Parse<Proved>(r.GetString(6)),
        Enum.Parse<SignInStage>(r.GetString(7)),
        r.IsDBNull(8) ? null : r.GetString(8),
        Instants.FromMicroseconds(r.GetInt64(9)),
        Instants.FromMicroseconds(r.GetInt64(10)),
        r.IsDBNull(11) ? null : Instants.FromMicroseconds(r.GetInt64(11)),
        r.GetString(12));
}
