using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Formats;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>Decides what an asker may see: their own organisation's events, or all for the site's auditor; protected persons only with a reason and the second permission.</summary>
internal sealed class AuditViews(ISubjectHashes hashes, TimeProvider time)
{
    private const int DefaultDays = 7;

    public Outcome<AuditView> Of(Actor by, AuditQuery query)
    {
        if (!by.May(Permission.ReadAudit) && !by.May(Permission.ReadSiteAudit))
        {
            return Refusals.NotAuditor;
        }

        var until = query.Until ?? time.GetUtcNow().DayInJapan();
        var from = query.From ?? until.AddDays(1 - DefaultDays);
        if (from > until || from.Year < 1971 || until.Year > 9990)
        {
            return Refusals.BadPeriod;
        }

        if (query.IncludeProtected && Allowed(by, query).Refused(out var refusal, out _))
        {
            return refusal;
        }

        IReadOnlyList<string>? wanted = null;
        if (query.Whose is { } whose && (wanted = hashes.All(whose)).Count == 0)
        {
            return Refusals.NobodyNamed;
        }

        var site = by.May(Permission.ReadSiteAudit);
        // Another organisation than one's own is not refused but empty: it is not told whether it exists.
        var nothing = !site && query.Organisation is { } other && other != by.Organisation.Value;
        return new AuditView(query, from, until, nothing ? new OrganisationId(Guid.Empty) : site ? null : by.Organisation, wanted);
    }

    /// <summary>The conditions for the record: what was asked, never a value of a person, never a text somebody typed.</summary>
    public static string Words(AuditView view)
    {
        var query = view.Query;
        var words = new List<string> { $"period={view.From:yyyy-MM-dd}..{view.Until:yyyy-MM-dd}", $"scope={(view.Only is { } only ? only.ToString() : "site")}" };
        words.AddRange(
        [
            .. Word("organisation", query.Organisation), .. Word("person", query.Person), .. Word("device", query.Device), .. Word("kind", query.Kind),
            .. Word("result", Given(query.Result)), .. Word("subject", Given(query.Subject)), .. Word("whose", query.Whose is null ? null : "given"),
            .. Word("after", query.After),
        ]);
        return string.Join(' ', words);
    }

    private static Outcome<bool> Allowed(Actor by, AuditQuery query) =>
        !by.May(Permission.ReadSiteAudit) || !by.May(Permission.OpenSealed) ? Refusals.NotForProtected : Audit.IsReason(query.Reason) ? true : Refusals.ReasonMissing;

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : "given";

    private static string[] Word(string name, object? value) => value is null ? [] : [$"{name}={value}"];
}
