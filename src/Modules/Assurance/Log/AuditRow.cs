using System.Data.Common;
using System.Text.RegularExpressions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>An event as it is stored.</summary>
internal sealed partial record AuditRow(
    Guid Id,
    DateTimeOffset At,
    string Kind,
    Guid? Organisation,
    Guid? Person,
    Guid? Device,
    Guid? Session,
    string Governance,
    string Business,
    string Subject,
    string Result,
    string Reason,
    string? Whose,
    byte[]? Sealed,
    string SealedSha256,
    string Correlation,
    byte[]? Salt,
    byte[] Leaf,
    int Format,
    bool Expired)
{
    public const string Columns =
        "a.id, a.at, a.kind, a.organisation, a.person, a.device, a.session, a.governance, a.business, a.subject, a.result, a.reason, a.whose, a.sealed, "
        + "a.sealed_sha256, a.correlation, a.salt, a.leaf, a.format, a.expired";

    public static AuditRow Read(DbDataReader r) => new(
        r.GetGuid(0),
        Instants.FromMicroseconds(r.GetInt64(1)),
        r.GetString(2),
        Known(r, 3),
        Known(r, 4),
        Known(r, 5),
        Known(r, 6),
        r.GetString(7),
        r.GetString(8),
        r.GetString(9),
        r.GetString(10),
        r.GetString(11),
        r.IsDBNull(12) ? null : r.GetString(12),
        Bytes(r, 13),
        r.GetString(14),
        r.GetString(15),
        Bytes(r, 16),
        (byte[])r.GetValue(17),
        r.GetInt32(18),
        !r.IsDBNull(19));

    /// <summary>The record the leaf commits to; null when its details are gone or it is of the earlier form.</summary>
    public AuditRecord? Record() => Format != 2 || Expired || Salt is null ? null : new AuditRecord
    {
        Id = Id,
        At = At,
        Kind = Kind,
        Organisation = Text(Organisation),
        Person = Text(Person),
        Device = Text(Device),
        Session = Text(Session),
        Governance = Words(Governance),
        Business = Words(Business),
        Subject = Subject,
        Result = Result,
        Reason = Reason,
        Whose = Whose ?? "",
        Sealed = SealedSha256,
        Correlation = Correlation,
        Salt = Salt,
    };

    /// <summary>The claims an event names, as 受付番号/何件目: by its path, or as a judgement lists them.</summary>
    public IEnumerable<string> Claims()
    {
        if (ClaimPath().Match(Subject) is { Success: true } path)
        {
            yield return $"{path.Groups[1].Value}/{path.Groups[2].Value}";
        }

        if (Kind == nameof(Contracts.AuditKind.FindingJudged))
        {
            foreach (var ordinal in Result[(Result.LastIndexOf(' ') + 1)..].Split(','))
            {
                yield return $"{Subject}/{ordinal}";
            }
        }
    }

    internal static IReadOnlyList<string> Words(string roles) => roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(Guid? id) => id?.ToString("D") ?? "";

    private static Guid? Known(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetGuid(column);

    private static byte[]? Bytes(DbDataReader r, int column) => r.IsDBNull(column) ? null : (byte[])r.GetValue(column);

    [GeneratedRegex(@"/receptions/([^/]+)/claims/(\d+)")]
    private static partial Regex ClaimPath();
}
