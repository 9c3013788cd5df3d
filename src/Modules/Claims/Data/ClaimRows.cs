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
    public const string Columns =
        "c.ordinal, c.number, c.line, c.lines, c.start, c.length, c.kind, c.treatment_month, c.insurer, c.public_payers, c.payers, c.points, c.worst, c.state, c.findings";

    public const string FindingColumns = "rule, line, claim, record, item, name, value, message";

    private string Prefix => session.Prefix("claims");

    public ValueTask<List<ClaimRow>> Claims(string reception, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Prefix}claim c WHERE c.reception = @reception ORDER BY c.ordinal", Claim, ct, ("reception", reception));

    public async ValueTask<ClaimRow?> Claim(string reception, int ordinal, CancellationToken ct) => (await session.Query(
        $"SELECT {Columns} FROM {Prefix}claim c WHERE c.reception = @reception AND c.ordinal = @ordinal",
        Claim,
        ct,
        ("reception", reception),
        ("ordinal", ordinal))).FirstOrDefault();

    /// <summary>A part of the claims, in order.</summary>
    public ValueTask<List<ClaimRow>> Claims(string reception, int skip, int take, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Prefix}claim c WHERE c.reception = @reception ORDER BY c.ordinal LIMIT @take OFFSET @skip",
        Claim,
        ct,
        ("reception", reception),
        ("take", take),
        ("skip", skip));

    /// <summary>The claims from one ordinal to another.</summary>
    public ValueTask<List<ClaimRow>> Between(string reception, int first, int last, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Prefix}claim c WHERE c.reception = @reception AND c.ordinal BETWEEN @first AND @last ORDER BY c.ordinal",
        Claim,
        ct,
        ("reception", reception),
        ("first", first),
        ("last", last));

    /// <summary>The rules that fired, as they read then.</summary>
    public async ValueTask<IReadOnlyList<FiredRule>> Rules(string reception, CancellationToken ct) => await session.Query(
        $"SELECT number, severity, title, clause, remedy, times FROM {Prefix}rule WHERE reception = @reception ORDER BY number",
        r => new FiredRule(new Rule(r.GetString(0), Enum.Parse<Severity>(r.GetString(1)), r.GetString(2), r.GetString(3), r.GetString(4)), r.GetInt32(5)),
        ct,
        ("reception", reception));

    /// <summary>Findings in file order; of one claim when <paramref name="ordinal"/> is given.</summary>
    public async ValueTask<IReadOnlyList<Finding>> Findings(string reception, int? ordinal, CancellationToken ct)
    {
        var rules = (await Rules(reception, ct)).ToDictionary(r => r.Rule.Number, r => r.Rule);
        return await session.Query(
            $"SELECT {FindingColumns} FROM {Prefix}finding WHERE reception = @reception {(ordinal is null ? "" : "AND claim = @claim")} ORDER BY sequence",
            r => Finding(r, rules),
            ct,
            [("reception", reception), .. ordinal is { } one ? new (string, object?)[] { ("claim", one) } : []]);
    }

    /// <summary>Reads <see cref="FindingColumns"/>.</summary>
    public static Finding Finding(DbDataReader r, IReadOnlyDictionary<string, Rule> rules) => new(
        rules[r.GetString(0)], new Place(r.GetInt32(1), r.GetInt32(2), r.GetString(3), r.GetInt32(4), r.GetString(5)), r.GetString(6), r.GetString(7));

    public static IReadOnlyDictionary<string, string> NotRun(ReceptionRow reception) =>
        reception.NotRun.Length == 0 ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(reception.NotRun, SiteJson.Options) ?? [];

    private static ClaimRow Claim(DbDataReader r) => Claim(r, 0);

    /// <summary>Reads <see cref="Columns"/> from a position on.</summary>
    public static ClaimRow Claim(DbDataReader r, int at)
    {
        var publicPayers = r.GetString(at + 9);
        var entry = new ClaimEntry(
            r.GetInt32(at),
            r.GetString(at + 1),
            r.GetInt32(at + 2),
            r.GetInt32(at + 3),
            r.GetInt64(at + 4),
            r.GetInt32(at + 5),
            r.GetString(at + 6),
            r.GetString(at + 7),
            r.GetString(at + 8),
            publicPayers.Length == 0 ? [] : publicPayers.Split(' '),
            r.GetInt32(at + 10),
            r.GetInt64(at + 11),
            r.IsDBNull(at + 12) ? null : Enum.Parse<Severity>(r.GetString(at + 12)));
        return new ClaimRow(entry, Enum.Parse<ClaimState>(r.GetString(at + 13)), r.GetInt32(at + 14));
    }
}
