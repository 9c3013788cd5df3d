using System.Globalization;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Withdrawals;

/// <summary>
/// Whoever was delivered a claim that is withdrawn gets a transmission that says so, the way the delivery itself came. It names the claim as the delivery did, by
/// レセプト管理番号 and 検索番号; nobody's name. Scoped; in the current transaction.
/// </summary>
internal sealed class TellInsurers(DbSession session, IExchange exchange)
{
    private sealed record Gone(
        Guid Delivery, CodeSystem System, string Code, Guid Recipient, int Ordinal, string ManagementNumber, string SearchNumber, string TreatmentMonth, long Points);

    public async ValueTask Run(Actor by, ReceptionRow reception, IReadOnlyCollection<int> ordinals, CancellationToken ct)
    {
        var gone = await Delivered(reception.Number, ct);
        foreach (var delivery in gone.Where(g => ordinals.Contains(g.Ordinal)).GroupBy(g => (g.Delivery, g.System, g.Code, g.Recipient)))
        {
            var about = delivery.Key;
            var which = string.Join(',', delivery.Select(g => g.Ordinal.ToString(CultureInfo.InvariantCulture)));
            using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    Classification = "厳秘",
                    reception.Payer,
                    InsurerKind = about.System == CodeSystem.Insurer ? "保険者番号" : "公費負担者番号",
                    Insurer = about.Code,
                    reception.Month,
                    about.Delivery,
                    reception.Institution,
                    Withdrawn = delivery.Select(g => new { g.ManagementNumber, g.SearchNumber, g.TreatmentMonth, g.Points }),
                },
                SiteJson.Options));
            var posting = new Posting(
                StableId.Of($"withdrawal:{about.Delivery:D}:{reception.Number}:{which}"),
                by.Organisation,
                new OrganisationId(about.Recipient),
                TransmissionKinds.Withdrawal,
                $"{reception.Month}_{about.Code.PadLeft(8, '0')}_withdrawn.json",
                Classification.StrictlyConfidential);
            await exchange.Post(posting, content, ct);
        }
    }

    private ValueTask<List<Gone>> Delivered(string reception, CancellationToken ct) => session.Query(
        $"""
        SELECT d.id, d.system, d.code, d.recipient, c.ordinal, c.management_number, c.search_number, c.treatment_month, c.points
        FROM {session.Prefix("claims")}target t JOIN {session.Prefix("claims")}delivery d ON d.id = t.delivery
        JOIN {session.Prefix("claims")}claim c ON c.reception = t.reception AND c.ordinal = t.ordinal
        WHERE t.reception = @reception AND c.state = 'Withdrawn' ORDER BY d.id, c.ordinal
        """,
        r => new Gone(
            r.GetGuid(0), Enum.Parse<CodeSystem>(r.GetString(1)), r.GetString(2), r.GetGuid(3), r.GetInt32(4), r.GetString(5), r.GetString(6), r.GetString(7), r.GetInt64(8)),
        ct,
        ("reception", reception));
}
