using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Changes that the office's list finds.</summary>
internal static class OfficeMutations
{
    public static IEnumerable<Mutation> All =>
    [
        new("L2900", "公費を1つ消す", m => { var ko = m.Any("KO", r => m.Has(r, "HO")); m.Rows.Remove(ko); m.Expect(m.RE(ko), 3); m.Total(); }),
        new("L2951", "診療年月を0月にする", m => { var re = m.Any("RE"); m.Set(re, 4, re[4][..4] + "00"); }),
        new("L2133", "生年月日を4月31日にする", m => { var re = m.Any("RE"); m.Set(re, 7, re[7][..4] + "0431"); }),
        new("L2162", "被保険者証の番号を省く", m => m.Set(m.Any("HO"), 4, "")),
        new("L2167", "保険者番号に文字", m => { var ho = m.Any("HO"); m.Set(ho, 2, ho[2][..7] + "X"); }),
        new("L2257", "傷病名コードを6桁にする", m => { var sy = m.Any("SY"); m.Set(sy, 2, sy[2][..6]); }),
        new("L3001", "氏名を空白だけにする", m => m.Set(m.Any("RE"), 5, "　　")),
        new("L3129", "未就学者を8歳にする", m => { var re = m.Any("RE", r => r[3][3] is '3' or '4'); m.Set(re, 7, Row.Text(int.Parse(re[4][..4], System.Globalization.CultureInfo.InvariantCulture) - 8) + "0110"); }),
        new("L3220", "主傷病を02にする", m => m.Set(m.Any("SY", r => r[7] == "01"), 7, "02")),
        new("L4800", "生年月日を和暦にする", m => { var re = m.Any("RE", r => string.CompareOrdinal(r[7], "19890201") > 0 && string.CompareOrdinal(r[7], "20190401") < 0); m.Set(re, 7, Era(re[7])); }),
        new("S2105", "負担区分を全員にする", m => m.Set(m.Any("SI", r => m.ClaimOf(r).Count(x => x.Id is "HO" or "KO") < 5), 3, "9")),
        new("S3101", "保険者の合計点数を1点増やす", m => { var ho = m.Any("HO"); m.Set(ho, 6, Next(ho[6])); m.Total(); }),
        new("S3103", "1行の算定単位の回数を増やす", m => { var si = m.Any("SI", r => r[2].Length > 0 && r[6].Length > 0 && r[7].Length > 0 && !m.Has(r, "TI")); m.Set(si, 7, Next(si[7])); }),
        new("S3106", "診療実日数を32日にする", m => m.Set(m.Any("HO"), 5, "32")),
    ];

    private static string Next(string number) => Row.Text(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) + 1);

    private static string Era(string day) => "4" + Row.Text(int.Parse(day[..4], System.Globalization.CultureInfo.InvariantCulture) - 1988).PadLeft(2, '0') + day[4..];
}
