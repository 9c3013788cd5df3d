using System.Globalization;
using Sekisho.Formats.Claims.Writing;

namespace Sekisho.Bench.Load;

/// <summary>The claim that loads are made of. The person is fictional.</summary>
internal static class SmallClaim
{
    /// <summary>One faultless claim of 741 points.</summary>
    public static void Write(ClaimFileWriter writer, int number, string insurer = "06132013")
    {
        writer.Record("RE", ("レセプト番号", Text(number)), ("レセプト種別", "1112"), ("診療年月", "202605"), ("氏名", "関所　太郎"), ("男女区分", "1"), ("生年月日", "19700401"), ("カルテ番号等", Text(number)), ("カタカナ（氏名）", "セキショタロウ"));
        writer.Record("HO", ("保険者番号", insurer), ("被保険者証（手帳）等の記号", "１２３"), ("被保険者証（手帳）等の番号", "４５６"), ("診療実日数", "2"), ("合計点数", "741"));
        writer.Record("SY", ("傷病名コード", "8833421"), ("診療開始日", "20250410"), ("転帰区分", "1"), ("主傷病", "01"));
        writer.Record("SY", ("傷病名コード", "2500013"), ("診療開始日", "20250410"), ("転帰区分", "1"));
        Service(writer, "12", "112007410", 75);
        Service(writer, "", "112011010", 52);
        Service(writer, "13", "113001810", 225);
        for (var drug = 0; drug < 6; drug++)
        {
            writer.Record("IY", ("診療識別", drug == 0 ? "21" : ""), ("負担区分", "1"), ("医薬品コード", "620098801"), ("使用量", "3"), ("点数", drug == 5 ? "281" : ""), ("回数", "1"), ("10日の情報", "1"));
        }

        Service(writer, "60", "160008010", 108);
        writer.Record("CO", ("診療識別", "99"), ("負担区分", "1"), ("コメントコード", "810000001"), ("文字データ", "経過良好、次回は一か月後に再診の予定"));
    }

    private static void Service(ClaimFileWriter writer, string section, string code, int points) =>
        writer.Record("SI", ("診療識別", section), ("負担区分", "1"), ("診療行為コード", code), ("点数", Text(points)), ("回数", "1"), ("10日の情報", "1"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
