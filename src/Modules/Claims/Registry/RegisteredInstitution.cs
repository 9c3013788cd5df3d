using Sekisho.Contracts;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Registry;

/// <summary>A span of months; open when there is no end.</summary>
internal readonly record struct Months(YearMonth From, YearMonth? Until)
{
    public bool Cover(YearMonth month) => From <= month && (Until is not { } until || month <= until);

    public bool Meet(Months other) => (Until is not { } until || other.From <= until) && (other.Until is not { } otherUntil || From <= otherUntil);
}

/// <summary>From when until when the institution claims from a payer.</summary>
internal sealed record Notification(string Payer, Months Months);

/// <summary>事務代行者 notified for the institution.</summary>
internal sealed record Agency(OrganisationId Organisation, Months Months);

/// <summary>An institution as notified.</summary>
internal sealed record RegisteredInstitution(
    string Code,
    string Name,
    string Address,
    OrganisationId Organisation,
    IReadOnlyList<Notification> Notifications,
    IReadOnlyList<Agency> Agents);

/// <summary>Reads the registry. Scoped; runs in the transaction that is there, or in one of its own.</summary>
internal sealed class RegistryReader(DbSession session)
{
    private string Prefix => session.Prefix("claims");

    /// <summary>The institution with this 10-digit code, or null.</summary>
    public ValueTask<RegisteredInstitution?> Find(string code, CancellationToken ct) => session.InReading(
        async () =>
        {
            var rows = await session.Query(
                $"SELECT name, address, organisation FROM {Prefix}institution WHERE code = @code",
                r => (Name: r.GetString(0), Address: r.GetString(1), Organisation: r.GetGuid(2)),
                ct,
                ("code", code));
            if (rows.Count == 0)
            {
                return null;
            }

            var notifications = await session.Query(
                $"SELECT payer, from_month, until_month FROM {Prefix}notification WHERE institution = @code ORDER BY from_month",
                r => new Notification(r.GetString(0), Span(r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2))),
                ct,
                ("code", code));
            var agents = await session.Query(
                $"SELECT organisation, from_month, until_month FROM {Prefix}agent WHERE institution = @code ORDER BY from_month",
                r => new Agency(new OrganisationId(r.GetGuid(0)), Span(r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2))),
                ct,
                ("code", code));
            var (name, address, organisation) = rows[0];
            return new RegisteredInstitution(code, name, address, new OrganisationId(organisation), notifications, agents);
        },
        ct);

    /// <summary>The same prefecture and 7 digits under another 点数表: its 10-digit code, or null.</summary>
    public ValueTask<string?> OtherTable(string code, CancellationToken ct) => session.InReading(
        async () => await session.Scalar(
            $"SELECT code FROM {session.Prefix("claims")}institution WHERE code <> @code AND substr(code, 1, 2) = @prefecture AND substr(code, 4) = @digits ORDER BY code",
            ct,
            ("code", code),
            ("prefecture", code[..2]),
            ("digits", code[3..])) as string,
        ct);

    private static Months Span(string from, string? until) => new(Month(from), until is null ? null : Month(until));

    private static YearMonth Month(string text) => YearMonth.TryParse(text, out var month) ? month : throw new FormatException(text);
}
