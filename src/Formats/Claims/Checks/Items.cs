namespace Sekisho.Formats.Claims.Checks;

/// <summary>項番 of レセプト共通レコード, the same in every edition.</summary>
internal static class RE
{
    public const int レセプト番号 = 2, レセプト種別 = 3, 診療年月 = 4, 氏名 = 5, 生年月日 = 7, 検索番号 = 19;
}

/// <summary>項番 of 保険者レコード.</summary>
internal static class HO
{
    public const int 保険者番号 = 2, 番号 = 4, 合計点数 = 6;
}

/// <summary>項番 of 公費レコード.</summary>
internal static class KO
{
    public const int 負担者番号 = 2, 合計点数 = 6;
}

/// <summary>項番 of 傷病名レコード.</summary>
internal static class SY
{
    public const int 傷病名コード = 2, 主傷病 = 7;
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
