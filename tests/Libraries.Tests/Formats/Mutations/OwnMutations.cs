using System.Globalization;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Changes that contradict something else in the claim: our own series.</summary>
internal static class OwnMutations
{
    public static IEnumerable<Mutation> All => [.. Persons, .. Payers, .. Stays, .. Confirmations, .. Donors];

    private static IEnumerable<Mutation> Persons =>
    [
        new("S3111", "生年月日を診療より後にする", m => m.Set(m.Any("RE"), 7, "20991231")),
        new("S3112", "高齢受給者を50歳にする", m => Aged(m, m.Any("RE", r => r[3][1] == '1' && r[3][3] is '7' or '8' or '9' or '0'), 50, 7)),
        new("S3113", "本人・家族を72歳にする", m => Aged(m, m.Any("RE", r => r[3][1] == '1' && r[3][3] is '1' or '2' or '5' or '6'), 72, 3)),
        new("S3114", "医保・退職を80歳にする", m => Aged(m, m.Any("RE", r => r[3][1] is '1' or '4'), 80, 7)),
        new("S3115", "後期高齢者を50歳にする", m => Aged(m, m.Any("RE", r => r[3][1] == '3'), 50, 7)) { Office = "2" },
        new("S3116", "家族を2歳にする", m => Aged(m, m.Any("RE", r => r[3][1] is '1' or '4' && r[3][3] is '5' or '6'), 2, 3)),
        new("S4111", "145歳にする", m => Aged(m, m.Any("RE"), 145, 7)),
        new("S4112", "男性を妊婦にする", m => m.Set(m.Any("RE", r => r[6] == "1"), 38, "001")),
        new("S3121", "診療年月を請求年月より後にする", m => m.Set(m.Any("RE"), 4, "202607")),
        new("S3122", "診療開始日を後にする", m => m.Set(m.Any("SY", r => !m.Has(r, "TI")), 3, "20990101")),
        new("S3123", "診療開始日を生まれる前にする", m => m.Set(m.Any("SY", r => !m.Has(r, "TI")), 3, "18990101")),
        new("S4853", "コードのある傷病名に名称", m => m.Set(m.Any("SY", r => r[2] != Codes.Uncoded), 6, "架空病")),
        new("S4854", "未コード化傷病名に修飾語", m => m.Set(m.Any("SY", r => r[2] == Codes.Uncoded), 5, "8002")),
        new("S3147", "後期高齢者でないのに区カ", m => m.Set(m.Any("RE", r => r[3][1] != '3' && r[12].Length == 0), 12, "41")),
        new("S4129", "所得区分を2つにする", m => m.Set(m.Any("RE"), 12, "2627")),
        new("S4848", "特記事項を重ねる", m => m.Set(m.Any("RE"), 12, "1010")),
        new("S4132", "診療科名のない部位", m => { var re = m.Any("RE", r => r[22].Length == 0); re[23] = "005"; m.Expect(re, 22); }),
        new("S4011", "請求年月を半年前にする", m => m.Set(m.Rows[0], 8, "202512")),
    ];

    private static IEnumerable<Mutation> Payers =>
    [
        new("S3101", "合計点数を1点多くする", m => { var ho = m.Any("HO"); m.Set(ho, 6, Row.Text(ho.Number(6) + 1)); m.Total(); }),
        new("S3101", "公費の合計点数を1点少なくする", m => { var ko = m.Any("KO", r => m.Has(r, "HO")); m.Set(ko, 6, Row.Text(ko.Number(6) - 1)); }),
        new("S4102", "診療実日数を0日にする", m => m.Set(m.Any("HO"), 5, "0")),
        new("S4103", "公費の診療実日数を多くする", m => { var ko = m.Any("KO", r => m.Has(r, "HO") && Services(m, r).TrueForAll(s => (Bearers.Mask(s[3]) & 1) != 0)); m.Set(ko, 5, Row.Text(m.In(ko, "HO")!.Number(5) + 1)); }),
        new("S3107", "食事の金額を摘要より多くする", m => { var ho = m.Any("HO", r => r[9].Length > 0); m.Set(ho, 9, Row.Text(ho.Number(9) + 1000)); }),
        new("S4106", "食事の回数と金額を省く", m => { var ho = m.Any("HO", r => r[9].Length > 0); ho[8] = ""; m.Set(ho, 9, ""); }),
        new("S4107", "食事の回数を省く", m => m.Set(m.Any("HO", r => r[9].Length > 0), 8, "")),
        new("S3141", "後期高齢者の保険者番号にする", m => m.Set(m.Any("HO", r => m.RE(r)[3][1] == '1'), 2, "39131156")) { Office = "2" },
        new("S3142", "支払基金のファイルに国保", m => m.Set(m.Any("HO"), 2, "  138057")) { Office = "1" },
        new("S3145", "国保の給付割合を省く", m => m.Set(m.Any("RE", r => r[8].Length > 0), 8, "")) { Office = "2" },
        new("S3146", "給付割合を101にする", m => m.Set(m.Any("RE", r => r[8].Length > 0), 8, "101")) { Office = "2" },
        new("S4125", "高齢受給者7割の給付割合を80にする", m => m.Set(m.Any("RE", r => r[3][1] == '1' && r[3][3] is '9' or '0' && r[8].Length > 0), 8, "80")) { Office = "2" },
        new("S4126", "入院外の若い人に負担額区分", m => m.Set(m.Any("RE", r => Outpatient(r) && r[3][1] is '1' && r[3][3] is '2' or '4' or '6'), 11, "1")),
        new("S4127", "組合健保に職務上の事由", m => m.Set(m.Any("HO", r => r[2].StartsWith("06", StringComparison.Ordinal)), 10, "1")) { Office = "1" },
        new("S4128", "減免区分のない減額割合", m => { var ho = m.Any("HO"); ho[14] = "30"; m.Expect(ho, 13); }),
        new("S4849", "社保に証明書番号", m => m.Set(m.Any("HO"), 11, "123")) { Office = "1" },
        new("S4121", "公費の順序を逆にする", m => { var (first, second) = Pair(m, "KO"); (first[2], second[2]) = (second[2], first[2]); m.Expect(second, 2); }),
        new("S4122", "同じ公費を2つにする", m => { var (first, second) = Pair(m, "KO"); second[3] = first[3]; m.Set(second, 2, first[2]); }),
        new("S4123", "受給者番号を省く", m => m.Set(m.Any("KO", r => r[2][..2] is "54" or "15" or "21" or "10" or "12"), 3, "")),
        new("S4124", "入院に外来一部負担金", m => m.Set(m.Any("KO", r => !Outpatient(m.RE(r))), 8, "500")),
        new("S4850", "社保に任意給付区分", m => m.Set(m.Any("KO", r => m.Has(r, "HO")), 4, "1")) { Office = "1" },
        new("S4851", "医療観察法に受給者番号", m => m.Set(m.Any("KO", r => r[2].StartsWith("30", StringComparison.Ordinal)), 3, "1234566")) { Office = "1" },
    ];

    private static IEnumerable<Mutation> Stays =>
    [
        new("S2106", "入院年月日を省く", m => m.Set(m.Any("RE", r => !Outpatient(r)), 9, "")),
        new("S3124", "入院年月日を後にする", m => m.Set(m.Any("RE", r => !Outpatient(r)), 9, "20990101")),
        new("S3125", "入院年月日を生まれる前にする", m => m.Set(m.Any("RE", r => !Outpatient(r)), 9, "18900101")),
        new("S4104", "入院料の2日目に入院したことにする", m =>
        {
            var re = m.Any("RE", r => !Outpatient(r) && r[9][..6] == r[4] && m.In(r, "HO")?.Number(5) > 1);
            re[9] = Row.Text(re.Number(9) + 1);
            m.Expect(m.Rows.First(r => r.Claim == re.Claim && r[2] == "90"), 13 + (int)(re.Number(9) % 100) - 1);
        }),
        new("S4105", "診療実日数を入院期間より長くする", m =>
        {
            var ho = m.Any("HO", r => !Outpatient(m.RE(r)) && m.RE(r)[9][..6] == m.RE(r)[4] && m.RE(r).Number(9) % 100 > 1);
            m.Set(ho, 5, Row.Text(DaysOf(m.RE(ho)) - (m.RE(ho).Number(9) % 100) + 2));
        }),
        new("S3131", "入院外に食事", m => { var ho = m.Any("HO", r => Outpatient(m.RE(r))); m.Set(ho, 8, "1"); ho[9] = "670"; }),
        new("S3132", "入院外に入院の診療識別", m => m.Set(m.Any("SI", r => Outpatient(m.RE(r)) && r[2] == "80"), 2, "90")),
        new("S3133", "理由08にDPCコードがない", m => { var gr = m.Any("GR"); gr[2] = "08"; m.Expect(gr, 3); }),
        new("S4133", "死亡の理由に死亡がない", m => m.Set(m.Any("GR"), 2, "01")),
        new("S4131", "入院外に入院年月日", m => { var re = m.Any("RE", Outpatient); m.Set(re, 9, re[4] + "01"); }),
        new("S4852", "入院に診療科2", m => { var re = m.Any("RE", r => !Outpatient(r)); re[22] = "01"; m.Set(re, 27, "10"); }),
        new("S4842", "病棟情報に点数", m => m.Set(m.Any("SI", r => r[4] == Codes.Ward), 6, "1")),
    ];

    private static IEnumerable<Mutation> Confirmations =>
    [
        new("S2107", "窓口負担額を2つにする", m => { var mf = m.Any("MF"); m.Expect(m.Insert(mf, mf.Copy()), 2); m.Unexpect(); m.Expect(mf, 2); }),
        new("S4141", "診療実日数を受診日より多くする", m => { var ho = m.Any("HO", r => m.Has(r, "JD") && r.Number(5) < 28); ho[5] = Row.Text(ho.Number(5) + 1); m.Expect(m.In(ho, "JD")!, 2); }),
        new("S4142", "公費の受診日等を消す", m => { var (first, second) = Pair(m, "JD"); m.Rows.Remove(second); m.Expect(first, 2); }),
        new("S4843", "受診日を算定のない日に移す", Moved),
        new("S4844", "受診日等の順序を逆にする", m => { var (first, second) = Pair(m, "JD"); m.Rows.Remove(second); m.Insert(first, second); m.Expect(first, 2); }),
        new("S4845", "確認区分を02にする", m => m.Set(m.Any("SN"), 3, "02")),
        new("S4846", "公費単独に資格確認", m => { var ko = m.Any("KO", r => !m.Has(r, "HO") && m.After(r).Id != "KO"); m.Expect(m.Insert(m.After(ko), new Row("SN").With(2, "2").With(3, "01")), 2); }) { Office = "1" },
        new("S4847", "枝番を1桁にする", m => m.Set(m.Any("SN"), 7, "1")),
    ];

    private static IEnumerable<Mutation> Donors =>
    [
        new("S2111", "他の医療機関の名称を省く", m => m.Set(m.Any("TI", r => r[3] == "2"), 8, "")),
        new("S4855", "同じ医療機関に都道府県", m => m.Set(m.Any("TI", r => r[3] == "1"), 4, "13")),
        new("S2112", "臓器提供者の番号を飛ばす", m => m.Set(m.Any("TR", r => m.ClaimOf(r).Count(t => t.Id == "TR") == 1), 2, "5")),
        new("S2113", "臓器提供者の請求情報を消す", m => { var ts = m.Any("TS"); var tr = m.Before(ts); m.Rows.Remove(ts); m.Expect(tr, 1); }),
        new("S3102", "臓器提供者の合計点数を1点多くする", m => { var ts = m.Any("TS"); m.Set(ts, 3, Row.Text(ts.Number(3) + 1)); }),
        new("S4161", "臓器提供者の診療年月を後にする", m => m.Set(m.Any("TR"), 4, "209901")),
    ];

    public static bool Outpatient(Row re) => (re[3][3] - '0') % 2 == 0;

    public static int DaysOf(Row re) => DateTime.DaysInMonth((int)(re.Number(4) / 100), (int)(re.Number(4) % 100));

    /// <summary>What was done to the patient, without the donor.</summary>
    public static List<Row> Services(Mutant m, Row row) => m.ClaimOf(row).TakeWhile(r => r.Id != "TI").Where(r => r.Id is "SI" or "IY" or "TO").ToList();

    private static void Aged(Mutant m, Row re, int years, int item)
    {
        re[7] = string.Create(CultureInfo.InvariantCulture, $"{(re.Number(4) / 100) - years - 1:D4}1215");
        m.Expect(re, item);
    }

    // A claim that has exactly two of them.
    private static (Row First, Row Second) Pair(Mutant m, string id)
    {
        var first = m.Any(id, r => m.ClaimOf(r).Count(o => o.Id == id) == 2 && m.In(r, id) == r);
        return (first, m.After(first));
    }

    private static void Moved(Mutant m)
    {
        var jd = m.Any("JD", r => r[2] == "1" && r[33 - 3].Length == 0);
        var from = Enumerable.Range(3, 31).First(i => jd[i].Length > 0);
        var to = 33 - 3;
        (jd[to], jd[from]) = (jd[from], "");
        m.Expect(jd, Math.Min(from, to));
    }
}
