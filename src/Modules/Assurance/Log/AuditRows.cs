using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>
/// Compares every audit row with its leaf in the ledger: a row of today is built into its record again, which the leaf commits to; a row of the earlier form is
/// compared column by column; of a row whose details were deleted when their time was over, nothing else may be left.
/// </summary>
internal sealed class AuditRows : ILedgerRows
{
    /// <summary>Columns that the leaf states under the same name.</summary>
    private static readonly string[] _columns = ["id", "at", "kind", "organisation", "person", "device", "subject", "result", "correlation"];

    /// <summary>What the record is built from, beside the columns above.</summary>
    private static readonly string[] _more = ["session", "governance", "business", "reason", "whose", "sealed_sha256", "salt", "sealed", "format", "due", "expired"];

    /// <summary>Microseconds of the year 9000: later times are damage.</summary>
    private const long Latest = 221_845_392_000_000_000;

    public string Kind => "audit";

    public async ValueTask<IReadOnlyList<string>> Compare(DbSession session, IReadOnlyList<LedgerRow> entries, CancellationToken ct)
    {
        var faults = new List<string>();
        foreach (var some in entries.Chunk(200))
        {
            var wanted = some.Where(e => Guid.TryParseExact(e.Id, "D", out _)).Select(e => $"'{e.Id}'").ToList();
            var rows = wanted.Count == 0 ? [] : await session.Query(
                $"SELECT {string.Join(", ", _columns)}, leaf, {string.Join(", ", _more)} FROM {session.Prefix("platform")}audit WHERE id IN ({string.Join(", ", wanted)})", Row, ct);
            var byId = rows.ToDictionary(r => r.Values[0]);
            faults.AddRange(some.Select(e => Fault(e, byId.GetValueOrDefault(e.Id))).OfType<string>());
        }

        return faults;
    }

    public async ValueTask<long> Count(DbSession session, CancellationToken ct) =>
        Convert.ToInt64(await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix("platform")}audit", ct), CultureInfo.InvariantCulture);

    private static string? Fault(LedgerRow entry, AuditRow? row)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"監査 {entry.Id} (台帳の位置 {entry.Position})");
        if (row is null)
        {
            return $"{place}: 台帳にある事象の記録がありません。";
        }

        if (!row.Leaf.AsSpan().SequenceEqual(entry.Leaf))
        {
            return $"{place}: 記録の葉 (leaf) が、台帳の葉と一致しません。";
        }

        return (row.Format switch { "1" => Other(row), "2" => Differs(row), _ => "format" }) is { } column ? $"{place}: 記録の {column} が、台帳の葉と一致しません。" : null;
    }

    /// <summary>What of a row of today's form says something else than its leaf.</summary>
    private static string? Differs(AuditRow row)
    {
        if (row["expired"].Length > 0)
        {
            string[] gone = ["organisation", "person", "device", "subject", "result", "correlation", .. _more[..6], "due"];
            return gone.FirstOrDefault(c => row[c].Length > 0) ?? (row.Salt.Length + row.Sealed.Length > 0 ? "salt" : null);
        }

        if (!Guid.TryParseExact(row["id"], "D", out var id) || !long.TryParse(row["at"], CultureInfo.InvariantCulture, out var at) || at is < 0 or > Latest)
        {
            return "id";
        }

        var record = new AuditRecord
        {
            Id = id,
            At = Instants.FromMicroseconds(at),
            Kind = row["kind"],
            Organisation = row["organisation"],
            Person = row["person"],
            Device = row["device"],
            Session = row["session"],
            Governance = row["governance"].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Business = row["business"].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Subject = row["subject"],
            Result = row["result"],
            Reason = row["reason"],
            Whose = row["whose"],
            Sealed = row["sealed_sha256"],
            Correlation = row["correlation"],
            Salt = row.Salt,
        };
        var due = AuditKinds.Retentions.Select(r => Instants.ToMicroseconds(record.At.AddYears(r.Years)).ToString(CultureInfo.InvariantCulture));
        return !record.Leaf().AsSpan().SequenceEqual(row.Leaf) ? "内容"
            : row["sealed_sha256"] != (row.Sealed.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(row.Sealed))) ? "sealed"
            : due.Contains(row["due"]) ? null : "due";
    }

    /// <summary>The first column that says something else than the leaf.</summary>
    private static string? Other(AuditRow row)
    {
        try
        {
            using var leaf = JsonDocument.Parse(row.Leaf);
            return _columns.Where((column, i) => Stated(leaf.RootElement.GetProperty(column)) != row.Values[i]).FirstOrDefault();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "leaf の形";
        }
    }

    private static string Stated(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static AuditRow Row(DbDataReader reader)
    {
        var last = _columns.Length;
        return new AuditRow(
            [.. _columns.Select((_, i) => Text(reader.GetValue(i)))],
            [.. _more.Select((name, i) => name is "salt" or "sealed" ? "" : Text(reader.GetValue(last + 1 + i)))],
            reader.GetValue(last) as byte[] ?? [],
            reader.GetValue(last + 1 + Array.IndexOf(_more, "salt")) as byte[] ?? [],
            reader.GetValue(last + 1 + Array.IndexOf(_more, "sealed")) as byte[] ?? []);
    }

    private static string Text(object value) => value switch
    {
        DBNull => "",
        Guid id => id.ToString("D"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private sealed record AuditRow(string[] Values, string[] More, byte[] Leaf, byte[] Salt, byte[] Sealed)
    {
        public string Format => this["format"];

        public string this[string name] => Array.IndexOf(_columns, name) is >= 0 and var i ? Values[i] : More[Array.IndexOf(_more, name)];
    }
}
