using Microsoft.EntityFrameworkCore;
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
    /// <summary>The institution with this 10-digit code, or null.</summary>
    public ValueTask<RegisteredInstitution?> Find(string code, CancellationToken ct) => session.InReading(
        async () =>
        {
            await using var context = new RegistryContext(session);
            await context.Enlist(ct);
            if (await context.Institutions.AsNoTracking().FirstOrDefaultAsync(i => i.Code == code, ct) is not { } row)
            {
                return null;
            }

            var notifications = await context.Notifications.AsNoTracking().Where(n => n.Institution == code).OrderBy(n => n.FromMonth).ToListAsync(ct);
            var agents = await context.Agents.AsNoTracking().Where(a => a.Institution == code).OrderBy(a => a.FromMonth).ToListAsync(ct);
            return new RegisteredInstitution(
                row.Code,
                row.Name,
                row.Address,
                new OrganisationId(row.Organisation),
                [.. notifications.Select(n => new Notification(n.Payer, Span(n.FromMonth, n.UntilMonth)))],
                [.. agents.Select(a => new Agency(new OrganisationId(a.Organisation), Span(a.FromMonth, a.UntilMonth)))]);
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
