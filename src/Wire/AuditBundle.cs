using System.Globalization;
using System.Text;

namespace Sekisho.Wire;

/// <summary>What stands at a position of an exported range.</summary>
public enum BundledState
{
    /// <summary>The event itself, with its record.</summary>
    Event,

    /// <summary>保護対象: only that something stands here.</summary>
    Protected,

    /// <summary>保存期間の経過により明細なし.</summary>
    Expired,

    /// <summary>Of an earlier form: its leaf only.</summary>
    Earlier,

    /// <summary>監査記録ではない、または期間外.</summary>
    Other,
}

/// <summary>Names and forms of an audit export: the ZIP that the centre makes and that anybody checks offline (docs/protocol/audit-export.md).</summary>
public static class AuditBundle
{
    /// <summary>Type of the manifest.</summary>
    public const string Type = "sekisho/audit-bundle/1";

    /// <summary>What the export is.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The events for people.</summary>
    public const string Events = "events.csv";

    /// <summary>One JSON object per position.</summary>
    public const string Positions = "positions.jsonl";

    /// <summary>Hashes of the batch proof, base64, one per line.</summary>
    public const string Proof = "proof.txt";

    /// <summary>The signed checkpoint.</summary>
    public const string Checkpoint = "checkpoint.p7s";

    /// <summary>The CA's certificate.</summary>
    public const string Authority = "ca.pem";

    /// <summary>SHA-256 of every other file.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>How to check, in Japanese.</summary>
    public const string Readme = "はじめに.txt";

    /// <summary>First line of the CSV.</summary>
    public const string Header = "台帳の位置,記録の識別子,日時,事象,組織,利用者,端末,セッション,規程上の役割,業務上の役割,対象,結果,理由,本人（鍵付きハッシュ）,封印値のSHA-256,相関";

    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    /// <summary>The CSV line of an event, without its end: RFC 4180, and nothing that a spreadsheet takes for a formula.</summary>
    public static string Line(long position, AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string[] cells =
        [
            position.ToString(CultureInfo.InvariantCulture),
            record.Id.ToString("D"),
            record.At.ToOffset(Jst).ToString("yyyy-MM-dd HH:mm:ss.ffffff zzz", CultureInfo.InvariantCulture),
            record.Kind,
            record.Organisation,
            record.Person,
            record.Device,
            record.Session,
            string.Join(' ', record.Governance),
            string.Join(' ', record.Business),
            record.Subject,
            record.Result,
            record.Reason,
            record.Whose,
            record.Sealed,
            record.Correlation,
        ];
        return new StringBuilder().AppendJoin(',', cells.Select(Cell)).ToString();
    }

    private static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
