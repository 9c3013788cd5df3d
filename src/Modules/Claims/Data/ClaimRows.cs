using System.Data.Common;
using System.Text.Json;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Claims;

/// <summary>Reads what the check stored. Scoped; runs in the caller's transaction.</summary>
internal sealed class ClaimRows(DbSession session)
{
    private const string Columns =
        "c.ordinal, c.number, c.line, c.lines, c.start, c.length, c.kind, c.treatment_month, c.insurer, c.public_payers, c.payers, c.points, c.worst, c.state, c.findings";

    private string Prefix => session.Prefix("claims");

    public ValueTask<List<ClaimRow>> Claims(string reception, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Prefix}claim c WHERE c.reception = @reception ORDER BY c.ordinal", Claim, ct, ("reception", reception));

    public async ValueTask<ClaimRow?> Claim(string reception, int ordinal, CancellationToken ct) => (await session.Query(
        $"SELECT {Columns} FROM {Prefix}claim c WHERE c.reception = @reception AND c.ordinal = @ordinal",
        Claim,
        ct,
        ("reception", reception),
        ("ordinal", ordinal))).FirstOrDefault();

    /// <summary>Findings in file order; of one claim when <paramref name="ordinal"/> is given.</summary>
    public async ValueTask<IReadOnlyList<Finding>> Findings(string reception, int? ordinal, CancellationToken ct)
    {
        var rules = (await session.Query(
            $"SELECT number, severity, title, clause, remedy FROM {Prefix}rule WHERE reception = @reception",
            r => new Rule(r.GetString(0), Enum.Parse<Severity>(r.GetString(1)), r.GetString(2), r.GetString(3), r.GetString(4)),
            ct,
            ("reception", reception))).ToDictionary(r => r.Number);
        return await session.Query(
            $"SELECT rule, line, claim, record, item, name, value, message FROM {Prefix}finding WHERE reception = @reception {(ordinal is null ? "" : "AND claim = @claim")} ORDER BY sequence",
            r => new Finding(
                rules[r.GetString(0)], new Place(r.GetInt32(1), r.GetInt32(2), r.GetString(3), r.GetInt32(4), r.GetString(5)), r.GetString(6), r.GetString(7)),
            ct,
            [("reception", reception), .. ordinal is { } one ? new (string, object?)[] { ("claim", one) } : []]);
    }

    public static IReadOnlyDictionary<string, string> NotRun(ReceptionRow reception) =>
        reception.NotRun.Length == 0 ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(reception.NotRun, SiteJson.Options) ?? [];

    private static ClaimRow Claim(DbDataReader r)
    {
        var publicPayers = r.GetString(9);
        var entry = new ClaimEntry(
            r.GetInt32(0),
            r.GetString(1),
            r.GetInt32(2),
            r.GetInt32(3),
            r.GetInt64(4),
            r.GetInt32(5),
            r.GetString(6),
            r.GetString(7),
            r.GetString(8),
            publicPayers.Length == 0 ? [] : publicPayers.Split(' '),
            r.GetInt32(10),
            r.GetInt64(11),
            r.IsDBNull(12) ? null : Enum.Parse<Severity>(r.GetString(12)));
        return new ClaimRow(entry, Enum.Parse<ClaimState>(r.GetString(13)), r.GetInt32(14));
    }
}
