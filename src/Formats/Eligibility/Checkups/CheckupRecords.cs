using System.Collections.Immutable;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Data type of a result as the XML says it.</summary>
public enum CheckupType
{
    /// <summary>No type, or one we do not know.</summary>
    None,

    /// <summary>Number with a unit.</summary>
    PQ,

    /// <summary>Code without an order.</summary>
    CD,

    /// <summary>Code with an order.</summary>
    CO,

    /// <summary>Text.</summary>
    ST,
}

/// <summary>Whether there is a result.</summary>
public enum CheckupState
{
    /// <summary>A value is recorded.</summary>
    Measured,

    /// <summary>測定不可能 (value with a nullFlavor).</summary>
    Impossible,

    /// <summary>未実施 (negationInd).</summary>
    NotDone,
}

/// <summary>受診者 as the file names them. Strings are as recorded: the checks say what is wrong with them.</summary>
/// <param name="InsurerNumber">保険者番号.</param>
/// <param name="Symbol">記号; empty when there is none.</param>
/// <param name="Number">番号.</param>
/// <param name="Branch">枝番; empty when not recorded.</param>
/// <param name="Name">氏名.</param>
/// <param name="Gender">性別: 1 男, 2 女.</param>
/// <param name="BirthDate">生年月日; null when it is not a date.</param>
/// <param name="PostalCode">郵便番号.</param>
/// <param name="Address">住所.</param>
public sealed record CheckupPerson(string InsurerNumber, string Symbol, string Number, string Branch, string Name, string Gender, DateOnly? BirthDate, string PostalCode, string Address)
{
    /// <summary>Who it is, for comparing files: numbers, birth, sex, name; whether letters are wide and where spaces are makes no difference.</summary>
    internal string Key => Plain(string.Join('\t', InsurerNumber.TrimStart('0'), Symbol, Number, Branch, Name, Gender, BirthDate));

    private static string Plain(string text) =>
        string.Concat(text.Where(c => c is not (' ' or '　')).Select(c => c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c));
}

/// <summary>健診実施機関 or the author of the document.</summary>
/// <param name="Code">機関番号 (10 digits); empty when not recorded.</param>
/// <param name="Name">名称.</param>
/// <param name="Telephone">tel:….</param>
/// <param name="PostalCode">郵便番号.</param>
/// <param name="Address">所在地.</param>
public sealed record CheckupInstitution(string Code, string Name, string Telephone, string PostalCode, string Address);

/// <summary>受診券.</summary>
/// <param name="Kind">種別: 1 受診券.</param>
/// <param name="Number">整理番号 (11 digits).</param>
/// <param name="Until">有効期限.</param>
/// <param name="InsurerNumber">発行した保険者.</param>
public sealed record CheckupTicket(string Kind, string Number, DateOnly? Until, string InsurerNumber);

/// <summary>One result (observation).</summary>
/// <param name="Code">項目コード: JLAC10, 17 characters.</param>
/// <param name="Name">表示名 as recorded.</param>
/// <param name="Type">データ型.</param>
/// <param name="Value">The number, code or text as recorded.</param>
public sealed record CheckupResult(string Code, string Name, CheckupType Type, string Value)
{
    /// <summary>UCUM unit of a PQ.</summary>
    public string Unit { get; init; } = "";

    /// <summary>結果コード OID of a CD or CO.</summary>
    public string CodeSystem { get; init; } = "";

    /// <summary>Whether there is a value.</summary>
    public CheckupState State { get; init; }

    /// <summary>判定: N, H, L; empty when not judged.</summary>
    public string Interpretation { get; init; } = "";

    /// <summary>検査方法コード.</summary>
    public string Method { get; init; } = "";

    /// <summary>基準範囲の下限 as recorded.</summary>
    public string Low { get; init; } = "";

    /// <summary>基準範囲の上限 as recorded.</summary>
    public string High { get; init; } = "";

    /// <summary>Section: 01010 検査・問診, 01990 追加項目.</summary>
    public string Section { get; init; } = "01010";

    /// <summary>一連検査: results with the same number above 0 were recorded as one series; 0 stands alone.</summary>
    public int Series { get; init; }

    /// <summary>COMP or RSON inside a series; empty alone.</summary>
    public string Relation { get; init; } = "";

    /// <summary>判定した医師 (author of this result).</summary>
    public string Doctor { get; init; } = "";

    /// <summary>1-based line in the file it was read from; 0 otherwise.</summary>
    public int Line { get; init; }
}

/// <summary>One person's 健診結果 (CDA document).</summary>
public sealed record CheckupDocument
{
    /// <summary>報告区分: 10 特定健診.</summary>
    public string ReportKind { get; init; } = "10";

    /// <summary>作成日.</summary>
    public DateOnly? Written { get; init; }

    /// <summary>受診者.</summary>
    public required CheckupPerson Person { get; init; }

    /// <summary>作成機関.</summary>
    public required CheckupInstitution Author { get; init; }

    /// <summary>健診実施機関.</summary>
    public required CheckupInstitution Performer { get; init; }

    /// <summary>受診券; null when there is none.</summary>
    public CheckupTicket? Ticket { get; init; }

    /// <summary>プログラム種別: 010 特定健診.</summary>
    public string Program { get; init; } = "010";

    /// <summary>健診実施日.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Results in the order of the file.</summary>
    public ImmutableArray<CheckupResult> Results { get; init; } = [];
}

/// <summary>A price for one 詳細 or 追加 item of a settlement.</summary>
/// <param name="Code">詳細な健診項目コード (1–4) or JLAC10 of a 追加健診 item; empty when not recorded.</param>
/// <param name="Yen">単価.</param>
public sealed record CheckupPrice(string Code, int Yen);

/// <summary>窓口負担 of the ticket.</summary>
/// <param name="Code">1 負担なし, 2 定額, 3 定率, 4 保険者の上限額; empty when the part is not recorded.</param>
/// <param name="Value">Six digits of yen or rate; empty when there is none.</param>
public sealed record CheckupCharge(string Code, string Value);

/// <summary>One person's 決済情報.</summary>
public sealed record CheckupClaim
{
    /// <summary>実施区分: 1 特定健診.</summary>
    public string Service { get; init; } = "1";

    /// <summary>健診機関番号.</summary>
    public string Institution { get; init; } = "";

    /// <summary>受診者.</summary>
    public required CheckupPerson Person { get; init; }

    /// <summary>受診券整理番号.</summary>
    public string TicketNumber { get; init; } = "";

    /// <summary>受診券の有効期限.</summary>
    public DateOnly? TicketUntil { get; init; }

    /// <summary>窓口負担（基本）.</summary>
    public CheckupCharge Basic { get; init; } = new("", "");

    /// <summary>窓口負担（詳細）.</summary>
    public CheckupCharge Detail { get; init; } = new("", "");

    /// <summary>窓口負担（追加）.</summary>
    public CheckupCharge Other { get; init; } = new("", "");

    /// <summary>請求区分: 1 基本, 2 基本・詳細, 3 基本・追加, 4 基本・詳細・追加, 5 人間ドック.</summary>
    public string ClaimType { get; init; } = "1";

    /// <summary>委託料単価区分: 1 個別, 2 集団.</summary>
    public string Commission { get; init; } = "1";

    /// <summary>単価（基本）; null when not recorded.</summary>
    public int? BasicPrice { get; init; }

    /// <summary>単価（詳細）.</summary>
    public ImmutableArray<CheckupPrice> DetailPrices { get; init; } = [];

    /// <summary>単価（追加）.</summary>
    public ImmutableArray<CheckupPrice> OtherPrices { get; init; } = [];

    /// <summary>窓口負担金額（基本・詳細・追加）; null when not recorded.</summary>
    public (int? Basic, int? Detail, int? Other) Payments { get; init; }

    /// <summary>単価（合計）.</summary>
    public int UnitAmount { get; init; }

    /// <summary>窓口負担金額（合計）.</summary>
    public int PaymentAmount { get; init; }

    /// <summary>他の健診による負担金額; null when not recorded.</summary>
    public int? OtherProgram { get; init; }

    /// <summary>請求金額.</summary>
    public int ClaimAmount { get; init; }
}

/// <summary>ix08_V08.xml: 送付案内.</summary>
/// <param name="Interaction">種別: 1 機関→代行機関, 6 機関→保険者, ….</param>
/// <param name="Created">作成日.</param>
/// <param name="SenderRoot">OID of the kind of sender.</param>
/// <param name="Sender">送付元.</param>
/// <param name="ReceiverRoot">OID of the kind of receiver.</param>
/// <param name="Receiver">送付先; empty when not recorded.</param>
/// <param name="Service">実施区分.</param>
/// <param name="Records">総ファイル数.</param>
public sealed record CheckupIndex(string Interaction, DateOnly? Created, string SenderRoot, string Sender, string ReceiverRoot, string Receiver, string Service, int Records);

/// <summary>su08_V08.xml: 集計.</summary>
/// <param name="Service">実施区分.</param>
/// <param name="Subjects">受診者の総数.</param>
/// <param name="Cost">単価総計.</param>
/// <param name="Payment">窓口負担の総計.</param>
/// <param name="OtherProgram">他の健診による負担の総計; null when not recorded.</param>
/// <param name="Claim">請求金額の総計.</param>
public sealed record CheckupSummary(string Service, int Subjects, int Cost, int Payment, int? OtherProgram, int Claim);
