namespace Sekisho.Formats.Claims.Checks;

/// <summary>項番 of レセプト共通レコード, the same in every edition.</summary>
internal static class RE
{
    public const int レセプト番号 = 2, レセプト種別 = 3, 診療年月 = 4, 氏名 = 5, 男女区分 = 6, 生年月日 = 7, 給付割合 = 8, 入院年月日 = 9, 病棟区分 = 10,
        負担額区分 = 11, 特記事項 = 12, 病床数 = 13, 割引点数単価 = 15, 検索番号 = 19, 診療科1 = 22, 診療科2 = 27, 診療科3 = 32, カタカナ = 37, 患者の状態 = 38;
}

/// <summary>項番 of 保険者レコード.</summary>
internal static class HO
{
    public const int 保険者番号 = 2, 記号 = 3, 番号 = 4, 診療実日数 = 5, 合計点数 = 6, 食事回数 = 8, 食事金額 = 9, 職務上の事由 = 10, 証明書番号 = 11,
        負担金額 = 12, 減免区分 = 13, 減額割合 = 14, 減額金額 = 15;
}

/// <summary>項番 of 公費レコード.</summary>
internal static class KO
{
    public const int 負担者番号 = 2, 受給者番号 = 3, 任意給付区分 = 4, 診療実日数 = 5, 合計点数 = 6, 負担金額 = 7, 外来一部負担金 = 8, 入院一部負担金 = 9,
        食事回数 = 11, 食事金額 = 12;
}

/// <summary>項番 of 資格確認レコード.</summary>
internal static class SN
{
    public const int 負担者種別 = 2, 確認区分 = 3, 枝番 = 7;
}

/// <summary>項番 of 受診日等レコード; the 31 days follow from <see cref="日"/>.</summary>
internal static class JD
{
    public const int 負担者種別 = 2, 日 = 3;
}

/// <summary>項番 of 窓口負担額レコード.</summary>
internal static class MF
{
    public const int 窓口負担額区分 = 2;
}

/// <summary>項番 of 包括評価対象外理由レコード.</summary>
internal static class GR
{
    public const int 医科点数表算定理由 = 2, DPCコード = 3;
}

/// <summary>項番 of 傷病名レコード.</summary>
internal static class SY
{
    public const int 傷病名コード = 2, 診療開始日 = 3, 転帰区分 = 4, 修飾語コード = 5, 傷病名称 = 6, 主傷病 = 7, 補足コメント = 8;
}

/// <summary>項番 that 診療行為・医薬品・特定器材・コメント have in common.</summary>
internal static class 摘要
{
    public const int 診療識別 = 2, 負担区分 = 3, コード = 4, 数量 = 5, 点数 = 6, 回数 = 7;

    /// <summary>Items of 算定日情報, and of 受診日等: one for each day of the longest month.</summary>
    public const int 日数 = 31;
}

/// <summary>項番 of 診療行為 and 医薬品レコード; three pairs of コメントコード and 文字データ follow from <see cref="コメント"/>, the 31 days from <see cref="日"/>.</summary>
internal static class SI
{
    public const int コメント = 8, 日 = 14;
}

/// <summary>項番 of 特定器材レコード.</summary>
internal static class TO
{
    public const int 単位コード = 8, 単価 = 9, 商品名 = 11, コメント = 12, 日 = 18;
}

/// <summary>項番 of コメントレコード.</summary>
internal static class CO
{
    public const int 文字データ = 5;
}

/// <summary>項番 of 症状詳記レコード.</summary>
internal static class SJ
{
    public const int 症状詳記区分 = 2, 症状詳記データ = 3;
}

/// <summary>項番 of 臓器提供医療機関情報レコード.</summary>
internal static class TI
{
    public const int 臓器提供区分 = 2, 臓器提供医療機関区分 = 3, 都道府県 = 4, 点数表 = 5, 医療機関コード = 6, 医療機関名称 = 8, 医療機関所在地 = 9, 電話番号 = 10;
}

/// <summary>項番 of 臓器提供者レセプト情報レコード.</summary>
internal static class TR
{
    public const int レセプト番号 = 2, 種別 = 3, 診療年月 = 4, 男女区分 = 6, 生年月日 = 7, 入院年月日 = 9, 病棟区分 = 10;
}

/// <summary>項番 of 臓器提供者請求情報レコード.</summary>
internal static class TS
{
    public const int 診療実日数 = 2, 合計点数 = 3, 食事回数 = 4, 食事金額 = 5;
}

/// <summary>項番 of 医療機関情報レコード.</summary>
internal static class IR
{
    public const int 審査支払機関 = 2, 都道府県 = 3, 点数表 = 4, 医療機関コード = 5, 医療機関名称 = 7, 請求年月 = 8, マルチボリューム識別情報 = 9;
}

/// <summary>項番 of 診療報酬請求書レコード.</summary>
internal static class GO
{
    public const int 総件数 = 2, 総合計点数 = 3, マルチボリューム識別情報 = 4;
}
