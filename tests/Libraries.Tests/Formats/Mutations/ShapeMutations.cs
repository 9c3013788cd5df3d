using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Changes to single values and to the order of records.</summary>
internal static class ShapeMutations
{
    public static IEnumerable<Mutation> All =>
    [
        new("L2541", "男女区分を省く", m => m.Set(m.Any("RE"), 6, "")),
        new("L2541", "負担者番号を省く", m => m.Set(m.Any("KO"), 2, "")),
        new("L2102", "診療科名を表にない32にする", m => m.Set(m.Any("RE", r => r[22].Length > 0), 22, "32")),
        new("L2140", "負担者種別を表にない6にする", m => m.Set(m.Any("SN"), 2, "6")),
        new("L2187", "公費負担者番号を7桁にする", m => { var ko = m.Any("KO"); m.Set(ko, 2, ko[2][..7]); }),
        new("L2361", "医薬品コードを8桁にする", m => { var drug = m.Any("IY"); m.Set(drug, 4, drug[4][..8]); }),
        new("S2001", "氏名に半角と全角を混ぜる", m => m.Set(m.Any("RE"), 5, "架空 太郎")),
        new("S2001", "点数に文字", m => m.Set(m.Any("IY", r => r[6].Length > 0), 6, "12A")),
        new("S2001", "コメントに半角", m => m.Set(m.Any("CO", r => r[4] == Codes.FreeText), 5, "ABC")),
        new("S2002", "氏名を42バイトにする", m => m.Set(m.Any("RE"), 5, "架空　" + new string('太', 18))),
        new("S2003", "診療行為コードを8桁にする", m => { var row = m.Any("SI"); m.Set(row, 4, row[4][..8]); }),
        new("S2004", "転帰区分を表にない5にする", m => m.Set(m.Any("SY"), 4, "5")),
        new("S2005", "診療開始日を2月30日にする", m => m.Set(m.Any("SY"), 3, "20240230")),
        new("S2006", "傷病名称に引用符・制御文字・欠けた文字", m => m.Set(m.Any("SY", r => r[6].Length > 0), 6, m.Seed.Of("架\"空", "架\u0001空", "架空\u0080"))),
        new("S2007", "最後の項目の後に値", m => { var row = m.Any(m.Seed.Of("SY", "SI", "HO", "CO")); m.Set(row, row.Columns.Count + 1, "1"); m.Unexpect(); m.Expect(row); }),
        new("S4001", "受給者番号の先頭の桁を落とす", m => { var ko = m.Any("KO", r => r[3].Length == 7); m.Set(ko, 3, ko[3][1..]); }),
        new("L4834", "カタカナを半角にする", m => m.Set(m.Any("RE", r => r[37].Length > 0), 37, "ｶｸｳ")),
        new("S4803", "氏名に機種依存文字", m => m.Set(m.Any("RE"), 5, "髙見　花子")),
        new("S4804", "予備に値", m => m.Set(m.Any("HO"), 7, "1")),
        new("S4805", "最後のカンマを落とす", m => { var row = m.Any("SY", r => r[8].Length == 0); row.Columns.RemoveAt(7); m.Expect(row); }),
        new("S4806", "診療実日数の前に0", m => { var ho = m.Any("HO", r => r[5].Length == 1); m.Set(ho, 5, "0" + ho[5]); }),
        new("S4806", "使用量の後に0", m => { var drug = m.Any("IY", r => r[5].Contains('.')); m.Set(drug, 5, drug[5] + "0"); }),
        new("S4807", "氏名の後に空白", m => { var re = m.Any("RE", r => r[5].Contains('　')); m.Set(re, 5, re[5] + "　"); }),
        new("S4821", "保険者番号の検証番号を変える", m => { var ho = m.Any("HO"); m.Set(ho, 2, Change.LastDigit(ho[2])); }),
        new("S4822", "公費負担者番号の検証番号を変える", m => { var ko = m.Any("KO"); m.Set(ko, 2, Change.LastDigit(ko[2])); }),
        new("S4823", "受給者番号の検証番号を変える", m => { var ko = m.Any("KO", r => r[3].Length == 7); m.Set(ko, 3, Change.LastDigit(ko[3])); }),
        new("S2011", "傷病名を摘要の後に移す", Late),
        new("S2011", "KOをHOの前に移す", m => { var ho = m.Any("HO", r => m.Has(r, "KO") && m.Rows.Count(k => k.Claim == r.Claim && k.Id == "KO") == 1); m.Rows.Remove(ho); m.Insert(m.After(m.In(ho, "KO")!), ho); m.Expect(ho); }),
        new("S2012", "HOを2つにする", m => { var ho = m.Any("HO"); m.Insert(m.After(ho), ho.Copy()).Claim = ho.Claim; m.Expect(m.After(ho)); m.Total(); }),
        new("S2013", "知らないレコード", m => m.Expect(m.Insert(m.Any("SY"), new Row(["ZZ", "1"])))),
        new("S2014", "診療行為・医薬品・特定器材を消す", m => { var re = Plain(m); m.Remove(r => r.Claim == re.Claim && (r.Id is "SI" or "IY" or "TO")); m.Expect(re); }),
        new("S2015", "診療識別のない99レコード", Ninety),
        new("L4222", "傷病名を消す", m => { var re = Plain(m); m.Remove(r => r.Claim == re.Claim && r.Id == "SY"); m.Expect(re); }),
        new("L4835", "令和3年8月のレセプトにSN", m =>
        {
            var ho = m.Any("HO", r => string.CompareOrdinal(m.RE(r)[4], "202109") < 0 && !m.Has(r, "KO"));
            m.Expect(m.Insert(m.After(ho), new Row("SN").With(2, "1").With(3, "01")));
        })
        {
            Reception = new(2021, 10, 1),
        },
    ];

    /// <summary>A claim without a donor.</summary>
    private static Row Plain(Mutant m) => m.Any("RE", r => !m.Has(r, "TI"));

    private static void Late(Mutant m)
    {
        var disease = m.Any("SY", r => m.After(r) is { Id: "SI", Claim: > 0 } && !m.Has(r, "TI") && m.Before(r).Id == "SY");
        var service = m.After(disease);
        m.Rows.Remove(disease);
        m.Rows.Insert(m.Rows.IndexOf(service) + 1, disease);
        m.Expect(disease);
    }

    // In the middle of a unit, so that its last record still carries the points.
    private static void Ninety(Mutant m)
    {
        var first = m.Any("SI", r => r[2].Length > 0 && r[6].Length == 0);
        var next = m.After(first);
        for (var i = 0; i < 99; i++)
        {
            m.Insert(next, first.Copy().With(2, ""));
        }

        m.Expect(m.Before(next));
    }
}
