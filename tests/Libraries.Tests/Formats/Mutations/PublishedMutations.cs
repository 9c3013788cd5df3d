using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Changes found by published numbers, and by numbers of our own about codes, that need no masters. Those that need masters have sample pairs.</summary>
internal static class PublishedMutations
{
    public static IEnumerable<Mutation> All =>
    [
        new("L2100", "6年前の診療にする", m => m.Set(m.Any("RE", r => r[19].Length == 0), 4, "202004")),
        new("L3006", "高齢受給者の特記事項を省く", m => m.Set(m.Any("RE", r => r[3] is ['1', '1', '1', '7' or '8' or '9' or '0']), 12, "")),
        new("L3080", "政府管掌の番号にする", m => m.Set(m.Any("HO"), 2, "01130111")),
        new("L3087", "法別番号を99にする", m => m.Set(m.Any("HO"), 2, "99132013")),
        new("L3089", "第一公費を健保組合の番号にする", m => m.Set(m.Any("KO", r => m.Before(r).Id != "KO"), 2, "06132013")),
        new("L3140", "本人を10歳にする", m => { var re = m.Any("RE", r => r[3] is ['1', '1', _, '1' or '2'] && m.In(r, "HO") is { } ho && ho[2] is ['0', >= '1' and <= '6', ..]); m.Set(re, 7, Row.Text(Year(re) - 10) + "0101"); }),
        new("L3380", "合計点数をマイナスにする", m => m.Set(m.Any("HO"), 6, "-1")),
        new("L3531", "食事を94回にする", m => m.Set(m.Any("HO", r => Inpatient(m.RE(r))), 8, "94")),
        new("L4252", "入院外にGRを置く", m => { var sy = m.Any("SY", r => !Inpatient(m.RE(r)) && r == m.In(r, "SY")); m.Expect(m.Insert(sy, new Row("GR").With(2, "05")), 2); }),
        new("L4510", "第一公費の負担額を全額にする", m => { var ko = m.Any("KO", r => m.Before(r).Id != "KO" && r.Number(6) > 0); m.Set(ko, 7, Row.Text(ko.Number(6) * 10)); }),
        new("L4516", "一部負担金を全額にする", m => { var ho = m.Any("HO", r => r.Number(6) > 0); m.Set(ho, 12, Row.Text(ho.Number(6) * 10)); }),
        new("L4801", "社保に給付割合を記録する", m => m.Set(m.Any("RE", r => m.In(r, "HO") is { } ho && ho[2] is ['0', >= '1' and <= '6', ..]), 8, "70")),
        new("S3204", "未コード化の傷病名称を省く", m => m.Set(m.Any("SY", r => r[2] == "0000999"), 6, "")),
        new("S3205", "診療行為コードの先頭を2にする", m => { var si = m.Any("SI"); m.Set(si, 4, "2" + si[4][1..]); }),
        new("S3206", "第二公費を健保組合の番号にする", m => m.Set(m.Any("KO", r => m.Before(r).Id == "KO"), 2, "06132013")),
        new("S4208", "年月日のコメントを3桁にする", m => m.Set(m.Any("CO").With(4, "850100001"), 5, "１２３")),
        new("S4151", "コメントコードを省く", m => m.Set(m.Any("SI", r => r[8].Length == 0 && r[9].Length == 0), 9, "右")),
        new("S4210", "未コード化特定器材にする", m => m.Set(m.Any("TO"), 4, "777770000")),
        new("S4853", "コードのある傷病名に名称を付ける", m => m.Set(m.Any("SY", r => r[2] != "0000999"), 6, "架空病")),
        new("S4861", "年月日のコメントの後に文字を続ける", m => m.Set(m.Any("CO").With(4, "850100001"), 5, "５０６０６０３／日")),
    ];

    private static bool Inpatient(Row re) => (re[3][3] - '0') % 2 == 1;

    private static int Year(Row re) => int.Parse(re[4][..4], System.Globalization.CultureInfo.InvariantCulture);
}
