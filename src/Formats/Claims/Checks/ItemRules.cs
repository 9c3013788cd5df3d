using static Sekisho.Formats.Claims.Checks.ShapeRules;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Which findings of an item an office check makes instead of the shape.</summary>
internal enum Owner
{
    /// <summary>None.</summary>
    Shape,

    /// <summary>That it is missing.</summary>
    OfficeIfMissing,

    /// <summary>That it is wrong.</summary>
    OfficeIfWrong,

    /// <summary>Both.</summary>
    Office,
}

/// <summary>What an item of a record is called when it is missing or wrong.</summary>
internal sealed record ItemRule(string Record, string Item, Rule? Missing, Rule? Wrong, Owner Owner = Owner.Shape);

/// <summary>
/// Items whose faults have a published number of their own; all others take the general ones. An absent item takes the published number only where
/// the published cause says 「記録されていない」; where it says 「…以外で記録された」 absence is 記録必須項目の省略 (L2541).
/// </summary>
internal static class ItemRules
{
    private static readonly ItemRule[] Published =
    [
        //   レコード 項目（後方一致）           省略    誤り
        new("IR", "請求年月",                   L1102, L1102),
        new("IR", "医療機関名称",               L4892, L4892),
        new("IR", "電話番号",                   null,  L1929),
        new("GO", "総件数",                     L1574, L1574),
        new("GO", "総合計点数",                 L1575, L1575),
        new("RE", "レセプト番号",               L1910, L1910),
        new("RE", "診療年月",                   null,  null, Owner.Office),
        new("RE", "生年月日",                   null,  null, Owner.Office),
        new("RE", "カタカナ（氏名）",           null,  L4834),
        new("RE", "氏名",                       null,  null, Owner.OfficeIfMissing),
        new("RE", "診療科名",                   null,  L2102),
        new("HO", "保険者番号",                 L2541, null, Owner.OfficeIfWrong),
        new("HO", "被保険者証（手帳）等の番号", null,  null, Owner.OfficeIfMissing),
        new("KO", "負担者番号",                 L2541, L2187),
        new("SN", "負担者種別",                 null,  null, Owner.OfficeIfWrong),
        new("JD", "負担者種別",                 null,  null, Owner.OfficeIfWrong),
        new("SY", "傷病名コード",               null,  null, Owner.Office),
        new("SY", "主傷病",                     null,  null, Owner.OfficeIfWrong),
        new("IY", "医薬品コード",               L2361, L2361),
    ];

    private static readonly string[] Personal =
        ["氏名", "カタカナ（氏名）", "生年月日", "記号", "番号", "受給者番号", "カルテ番号等", "検索番号", "請求情報", "枝番"];

    private static readonly ItemRule Nothing = new("", "", null, null);

    /// <summary>The entry of the item; one without numbers where there is none.</summary>
    public static ItemRule For(string record, string item) =>
        Array.Find(Published, r => r.Record == record && item.EndsWith(r.Item, StringComparison.Ordinal)) ?? Nothing;

    /// <summary>True when the value identifies a person: findings then show its form only.</summary>
    public static bool IsPersonal(string record, string item) =>
        record is "RE" or "HO" or "SN" or "TR" && !IsOfPayer(item) && Array.Exists(Personal, p => item.Contains(p, StringComparison.Ordinal))
        || (record == "KO" && item == "受給者番号");

    private static bool IsOfPayer(string item) => item is "保険者番号" or "保険者番号等（資格確認）" or "レセプト番号" or "証明書番号";
}
