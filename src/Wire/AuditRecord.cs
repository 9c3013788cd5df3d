using System.Security.Cryptography;

namespace Sekisho.Wire;

/// <summary>
/// One audit event as it is proven: its canonical bytes are what the ledger's leaf commits to. The ledger itself holds only <see cref="Leaf"/> (id and digest), so
/// that details can be deleted when their time is over and the log still verifies; <see cref="Salt"/> keeps a digest from being guessed afterwards.
/// </summary>
public sealed record AuditRecord
{
    private const string Type = "sekisho/audit-record/2";
    private const string LeafType = "sekisho/audit-leaf/2";
    private const int MaxRoles = 64;
    private const int SaltLength = 16;

    /// <summary>The event.</summary>
    public required Guid Id { get; init; }

    /// <summary>When: real time, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>監査事象, by name.</summary>
    public required string Kind { get; init; }

    /// <summary>On whose behalf; empty when nobody is known.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>Who signed in; empty for a machine.</summary>
    public string Person { get; init; } = "";

    /// <summary>Through which device.</summary>
    public string Device { get; init; } = "";

    /// <summary>In which session.</summary>
    public string Session { get; init; } = "";

    /// <summary>規程上の役割 in force, by name.</summary>
    public IReadOnlyList<string> Governance { get; init; } = [];

    /// <summary>業務上の役割 in force, by name.</summary>
    public IReadOnlyList<string> Business { get; init; } = [];

    /// <summary>What was touched: identifiers only.</summary>
    public required string Subject { get; init; }

    /// <summary>What came of it.</summary>
    public required string Result { get; init; }

    /// <summary>Why, where a reason is asked for.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Keyed hash of the person the data is about, hex; empty when it is about nobody in particular.</summary>
    public string Whose { get; init; } = "";

    /// <summary>SHA-256 of the sealed value, hex: the value can be deleted without breaking the log.</summary>
    public string Sealed { get; init; } = "";

    /// <summary>Joins the events of one request.</summary>
    public required string Correlation { get; init; }

    /// <summary>16 random bytes.</summary>
    public required ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>The canonical bytes.</summary>
    public byte[] ToBytes() => new CanonicalWriter(Type)
        .Add("id", Id)
        .AddMicroseconds("at", At)
        .Add("kind", Kind)
        .Add("organisation", Organisation)
        .Add("person", Person)
        .Add("device", Device)
        .Add("session", Session)
        .Add("governance", Governance)
        .Add("business", Business)
        .Add("subject", Subject)
        .Add("result", Result)
        .Add("reason", Reason)
        .Add("whose", Whose)
        .Add("sealed", Sealed)
        .Add("correlation", Correlation)
        .Add("salt", Salt.Span)
        .End();

    /// <summary>What the ledger holds of it.</summary>
    public byte[] Leaf() => LeafOf(Id, ToBytes());

    /// <summary>The leaf of a record's canonical bytes.</summary>
    public static byte[] LeafOf(Guid id, ReadOnlySpan<byte> record) =>
        new CanonicalWriter(LeafType).Add("id", id).Add("record", Convert.ToHexStringLower(SHA256.HashData(record))).End();

    /// <summary>Reads canonical bytes; WI-0701.</summary>
    public static Outcome<AuditRecord> Parse(ReadOnlySpan<byte> json) => json.Length > CanonicalJson.MaxBytes
        ? AuditRefusals.RecordMalformed
        : CanonicalJson.Parse(json, Type, Read, r => r.Salt.Length == SaltLength ? null : AuditRefusals.RecordMalformed, r => r.ToBytes(), AuditRefusals.RecordMalformed);

    /// <summary>A salt for a new record.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    private static AuditRecord? Read(ref CanonicalReader reader) => new()
    {
        Id = reader.Guid("id"),
        At = reader.Instant("at", CanonicalReader.Microseconds),
        Kind = reader.Text("kind"),
        Organisation = reader.Text("organisation"),
        Person = reader.Text("person"),
        Device = reader.Text("device"),
        Session = reader.Text("session"),
        Governance = reader.Texts("governance", MaxRoles),
        Business = reader.Texts("business", MaxRoles),
        Subject = reader.Text("subject"),
        Result = reader.Text("result"),
        Reason = reader.Text("reason"),
        Whose = reader.Text("whose"),
        Sealed = reader.Text("sealed"),
        Correlation = reader.Text("correlation"),
        Salt = reader.Bytes("salt"),
    };
}

/// <summary>Refusals of audit evidence.</summary>
internal static class AuditRefusals
{
    public static readonly Refusal RecordMalformed = new("WI-0701", RefusalKind.Invalid,
        "監査記録が定められた形式(項目・順序・空白なしのJSON)ではありません。", "書き出しをもう一度取得してください。同じであれば、書き出しの後で変更されています。");
}
