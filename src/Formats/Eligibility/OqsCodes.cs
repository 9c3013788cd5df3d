using System.Collections.Frozen;
using Sekisho.Formats.Eligibility.Shape;

namespace Sekisho.Formats.Eligibility;

/// <summary>照会区分 OQSCD002.</summary>
public enum ReferenceClassification
{
    /// <summary>1.</summary>
    マイナンバーカード = 1,

    /// <summary>2: by what is printed on the card (券面).</summary>
    被保険者証情報,
}

/// <summary>処理結果区分 OQSCD003.</summary>
public enum SegmentOfResult
{
    /// <summary>1.</summary>
    正常終了 = 1,

    /// <summary>2: come back later.</summary>
    処理中,

    /// <summary>9.</summary>
    異常終了,
}

/// <summary>処理結果状況 OQSCD004.</summary>
public enum ProcessingResultStatus
{
    /// <summary>1.</summary>
    正常 = 1,

    /// <summary>2.</summary>
    エラー,
}

/// <summary>資格有効性 OQSCD006.</summary>
public enum QualificationValidity
{
    /// <summary>1.</summary>
    有効 = 1,

    /// <summary>2.</summary>
    無効,

    /// <summary>3: 無効（新しい資格あり）.</summary>
    無効新しい資格あり,

    /// <summary>4.</summary>
    該当資格なし,

    /// <summary>5.</summary>
    複数該当,

    /// <summary>6: 有効（未登録）, 医療扶助 only.</summary>
    有効未登録,
}

/// <summary>性別 OQSCD007.</summary>
public enum Sex
{
    /// <summary>1.</summary>
    男 = 1,

    /// <summary>2.</summary>
    女,

    /// <summary>3.</summary>
    未設定,
}

/// <summary>資格喪失事由 OQSCD008.</summary>
public enum ReasonOfLoss
{
    /// <summary>01.</summary>
    死亡 = 1,

    /// <summary>02.</summary>
    生活保護受給開始,

    /// <summary>03.</summary>
    医療保険等の資格取得,

    /// <summary>99.</summary>
    その他,
}

/// <summary>本人・家族の別 OQSCD009.</summary>
public enum PersonalFamily
{
    /// <summary>1.</summary>
    本人 = 1,

    /// <summary>2.</summary>
    家族,
}

/// <summary>被保険者証区分 OQSCD010.</summary>
public enum InsuredCardClassification
{
    /// <summary>01.</summary>
    一般 = 1,

    /// <summary>02.</summary>
    退職,

    /// <summary>03.</summary>
    短期一般,

    /// <summary>04.</summary>
    短期退職,

    /// <summary>05.</summary>
    被保険者資格証明書特別療養費支給対象者,

    /// <summary>06.</summary>
    特例退職,

    /// <summary>07.</summary>
    自衛官診療証,

    /// <summary>A1.</summary>
    医療扶助,
}

/// <summary>限度額適用認定証区分 OQSCD011.</summary>
public enum LimitCertificateKind
{
    /// <summary>01.</summary>
    限度額適用認定証 = 1,

    /// <summary>02.</summary>
    限度額適用標準負担額減額認定証,

    /// <summary>03.</summary>
    標準負担額減額認定証,
}

/// <summary>適用区分 OQSCD012.</summary>
public enum LimitClassification
{
    /// <summary>A01.</summary>
    ア = 1,

    /// <summary>A02.</summary>
    イ,

    /// <summary>A03.</summary>
    ウ,

    /// <summary>A04.</summary>
    エ,

    /// <summary>A05.</summary>
    オ,

    /// <summary>A06.</summary>
    オ境,

    /// <summary>B01.</summary>
    現役並みⅢ,

    /// <summary>B02.</summary>
    現役並みⅡ,

    /// <summary>B03.</summary>
    現役並みⅠ,

    /// <summary>B04.</summary>
    一般,

    /// <summary>B05.</summary>
    低所得Ⅱ,

    /// <summary>B06.</summary>
    低所得Ⅰ,

    /// <summary>B07.</summary>
    低所得Ⅰ老福,

    /// <summary>B08.</summary>
    低所得Ⅰ境,

    /// <summary>B09.</summary>
    一般Ⅱ,

    /// <summary>B10.</summary>
    一般Ⅰ,
}

/// <summary>特定疾病区分 OQSCD013.</summary>
public enum SpecificDisease
{
    /// <summary>1.</summary>
    人工透析を必要とする慢性腎不全 = 1,

    /// <summary>2.</summary>
    先天性血液凝固因子障害第VIII因子第IX因子,

    /// <summary>3.</summary>
    血液凝固因子製剤の投与に起因するHIV感染症,
}

/// <summary>限度額適用認定証提供同意 OQSCD001.</summary>
public enum LimitConsent
{
    /// <summary>0.</summary>
    未同意 = 1,

    /// <summary>1.</summary>
    同意,
}

/// <summary>同意区分 OQSCD016.</summary>
public enum ConsentState
{
    /// <summary>0.</summary>
    同意なし = 1,

    /// <summary>1.</summary>
    同意あり,

    /// <summary>2.</summary>
    同意有効期限切れ,

    /// <summary>3.</summary>
    同意取得困難,
}

/// <summary>処方箋発行形態 OQSCD017.</summary>
public enum PrescriptionIssue
{
    /// <summary>1.</summary>
    電子処方箋 = 1,

    /// <summary>2.</summary>
    紙の処方箋,
}

/// <summary>券別 OQSCD018.</summary>
public enum TicketType
{
    /// <summary>01.</summary>
    医療券 = 1,

    /// <summary>02.</summary>
    調剤券,
}

/// <summary>診療別 OQSCD019.</summary>
public enum TicketTreatment
{
    /// <summary>01.</summary>
    入院 = 1,

    /// <summary>02.</summary>
    入院外,

    /// <summary>03.</summary>
    歯科,

    /// <summary>04.</summary>
    調剤,

    /// <summary>05.</summary>
    訪問看護,
}

/// <summary>診療区分 OQSCD028.</summary>
public enum MedicalTreatmentKind
{
    /// <summary>1.</summary>
    外来 = 1,

    /// <summary>2.</summary>
    訪問診療等,

    /// <summary>3.</summary>
    オンライン診療等,

    /// <summary>4.</summary>
    救急時,
}

/// <summary>閲覧同意情報種別 OQSCD036.</summary>
public enum ConsentKind
{
    /// <summary>TSR.</summary>
    特定疾病療養受療証 = 1,

    /// <summary>TKK.</summary>
    特定健診,

    /// <summary>YZK.</summary>
    薬剤,

    /// <summary>SRJ.</summary>
    診療アレルギー検査,

    /// <summary>SHJ.</summary>
    手術傷病名感染症,
}

/// <summary>業務コード: between a code and the member of its enum. The member is the published 内容 without its punctuation.</summary>
public static class OqsCodes
{
    /// <summary>Which list an enum is.</summary>
    internal static readonly FrozenDictionary<Type, string> Lists = new Dictionary<Type, string>
    {
        [typeof(LimitConsent)] = "OQSCD001",
        [typeof(ReferenceClassification)] = "OQSCD002",
        [typeof(SegmentOfResult)] = "OQSCD003",
        [typeof(ProcessingResultStatus)] = "OQSCD004",
        [typeof(QualificationValidity)] = "OQSCD006",
        [typeof(Sex)] = "OQSCD007",
        [typeof(ReasonOfLoss)] = "OQSCD008",
        [typeof(PersonalFamily)] = "OQSCD009",
        [typeof(InsuredCardClassification)] = "OQSCD010",
        [typeof(LimitCertificateKind)] = "OQSCD011",
        [typeof(LimitClassification)] = "OQSCD012",
        [typeof(SpecificDisease)] = "OQSCD013",
        [typeof(ConsentState)] = "OQSCD016",
        [typeof(PrescriptionIssue)] = "OQSCD017",
        [typeof(TicketType)] = "OQSCD018",
        [typeof(TicketTreatment)] = "OQSCD019",
        [typeof(MedicalTreatmentKind)] = "OQSCD028",
        [typeof(ConsentKind)] = "OQSCD036",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<(Type, string), object> ByCode = Members().ToFrozenDictionary(m => (m.Member.GetType(), m.Code), m => m.Member);

    private static readonly FrozenDictionary<object, string> ByMember = Members().ToFrozenDictionary(m => m.Member, m => m.Code);

    /// <summary>The code of a member, e.g. 03.</summary>
    public static string Code(Enum member) => ByMember[member];

    /// <summary>The member of a code; null when the list has no such code.</summary>
    public static T? Find<T>(string code)
        where T : struct, Enum => (T?)Find(typeof(T), code);

    /// <summary>内容 of a code of any list (OQSCD001–044); empty when there is no such code.</summary>
    public static string Text(string list, string code) => OqsShapes.Codes.TryGetValue(list, out var codes) ? codes.Text(code) : "";

    /// <summary>内容 of a member as published.</summary>
    public static string Text(Enum member) => Text(Lists[member.GetType()], Code(member));

    internal static object? Find(Type type, string code) => ByCode.GetValueOrDefault((type, code));

    private static IEnumerable<(object Member, string Code)> Members() =>
        from list in Lists
        from row in OqsShapes.Codes[list.Value].Rows
        select (Enum.Parse(list.Key, string.Concat(row.Text.Where(c => char.IsLetterOrDigit(c) || char.IsNumber(c)))), row.Code);
}
