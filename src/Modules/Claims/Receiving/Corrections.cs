using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>A claim that needs correction: it was sent by the end of the sending period, has L2, L3 or L4 findings, and is not claimed.</summary>
internal sealed record Awaited(string Reception, int Ordinal, TransmissionId Transmission, long Start, int Length);

/// <summary>The 11th–12th rule: which claims still await correction. Scoped; runs in the caller's transaction.</summary>
internal sealed class Corrections(DbSession session, ClaimsCalendar calendar)
{
    private string Open => $"""
        FROM {session.Prefix("claims")}claim c JOIN {session.Prefix("claims")}reception r ON r.number = c.reception
        WHERE r.month = @month AND r.state = 'Confirmed' AND r.business_at < @ends
        AND c.state IN ('Rejected', 'Dropped') AND c.worst IN ('L2', 'L3', 'L4')
        AND NOT EXISTS (SELECT 1 FROM {session.Prefix("claims")}claim n JOIN {session.Prefix("claims")}reception s ON s.number = n.reception
            WHERE n.corrects = c.reception AND n.corrects_ordinal = c.ordinal AND n.state = 'Accepted' AND s.state IN ('Checked', 'Confirmed'))
        """;

    /// <summary>True when any claim awaits correction that the organisation sent, holds or is notified agent for.</summary>
    public async Task<bool> Awaited(OrganisationId organisation, YearMonth month, CancellationToken ct) =>
        await session.Scalar(
            $"""
            SELECT 1 {Open} AND (r.sender = @me OR r.owner = @me OR EXISTS (
                SELECT 1 FROM {session.Prefix("claims")}agent a WHERE a.institution = r.institution AND a.organisation = @me
                AND a.from_month <= r.month AND (a.until_month IS NULL OR a.until_month >= r.month))) LIMIT 1
            """,
            ct,
            ("month", month.ToString()),
            ("ends", SendingEnds(month)),
            ("me", organisation.Value)) is not null;

    /// <summary>The claims of a submission that await correction.</summary>
    public ValueTask<List<Awaited>> Awaited(string institution, string payer, YearMonth month, CancellationToken ct) => session.Query(
        $"SELECT c.reception, c.ordinal, r.transmission, c.start, c.length {Open} AND r.institution = @institution AND r.payer = @payer ORDER BY c.reception, c.ordinal",
        r => new Awaited(r.GetString(0), r.GetInt32(1), new TransmissionId(r.GetGuid(2)), r.GetInt64(3), r.GetInt32(4)),
        ct,
        ("month", month.ToString()),
        ("ends", SendingEnds(month)),
        ("institution", institution),
        ("payer", payer));

    private DateTimeOffset SendingEnds(YearMonth month) => new(calendar.LastSendingDay(month).AddDays(1), default, JapanTime.Offset);
}

/// <summary>Reads by what each awaited claim is recognised. Apart from <see cref="Corrections"/> because the exchange itself asks those through the gate. Scoped.</summary>
internal sealed class AwaitedMarks(IExchange exchange)
{
    /// <summary>By which marks each awaited claim is recognised; read from the submitted files, kept nowhere.</summary>
    public async Task<List<(Awaited Claim, IReadOnlySet<string> Marks)>> Of(IReadOnlyList<Awaited> awaited, CancellationToken ct)
    {
        var marks = new List<(Awaited, IReadOnlySet<string>)>(awaited.Count);
        foreach (var file in awaited.GroupBy(a => a.Transmission))
        {
            await using var content = (await exchange.Open(file.Key, ct)).Value;
            foreach (var claim in file)
            {
                marks.Add((claim, ClaimMarks.Of(await Slices.Read(content, claim.Start, claim.Length, ct))));
            }
        }

        return marks;
    }
}

/// <summary>
/// By what a corrected claim is recognised as the one that was wrong. The correction may have changed any one of these, so one in common is enough;
/// 記号・番号 are shared by a family and count only together with 生年月日 or 氏名.
/// </summary>
internal static class ClaimMarks
{
    public static IReadOnlySet<string> Of(ReadOnlySpan<byte> slice)
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        var (name, birth) = ("", "");
        foreach (var line in Encoding.Latin1.GetString(slice).Split('\n'))
        {
            var items = line.TrimEnd('\r').Split(',');
            string Item(int number) => number <= items.Length ? items[number - 1].Trim() : "";
            switch (items[0])
            {
                case "RE":
                    (name, birth) = (Item(5), Item(7));
                    Add(marks, "氏名", name, birth);
                    Add(marks, "カルテ", Item(14), "カルテ");
                    break;
                case "HO":
                    Add(marks, "保険", $"{Item(2)},{Item(3)},{Item(4)}", birth);
                    Add(marks, "保険", $"{Item(2)},{Item(3)},{Item(4)}", name);
                    break;
                case "KO":
                    Add(marks, "公費", $"{Item(2)},{Item(3)}", birth);
                    Add(marks, "公費", $"{Item(2)},{Item(3)}", name);
                    break;
                case "SY":
                    return marks;
                default:
                    break;
            }
        }

        return marks;
    }

    private static void Add(HashSet<string> marks, string kind, string first, string second)
    {
        if (first.Length > 0 && second.Length > 0)
        {
            marks.Add($"{kind}|{first}|{second}");
        }
    }
}

/// <summary>Reads slices of a submitted file.</summary>
internal static class Slices
{
    public static async ValueTask<byte[]> Read(Stream content, long start, int length, CancellationToken ct)
    {
        var slice = new byte[length];
        content.Position = start;
        await content.ReadExactlyAsync(slice, ct);
        return slice;
    }
}
