using System.Globalization;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Changes that the published list finds, and what only the masters can tell.</summary>
internal static class PublishedMutations
{
    public static IEnumerable<Mutation> All => [.. Published, .. Codes, .. Uses];

    private static IEnumerable<Mutation> Published =>
    [
        new("L2100", "診療年月を10年前にする", m => m.Set(m.Any("RE", r => !m.Has(r, "JD") && !m.Has(r, "SN") && !m.Has(r, "MF") && !m.Has(r, "TI") && r[12].Length == 0), 4, "201605")),
        new("L2140", "いない公費の受診日等", m => m.Set(m.Any("JD", r => r[2] == "1" && !m.Has(r, "KO")), 2, "3")),
        new("L3006", "高齢受給者の所得区分を省く", m => m.Set(m.Any("RE", r => r[3] is "1117" or "1118" or "1119" or "1110"), 12, "")),
        new("L3080", "政府管掌健康保険の番号", m => m.Set(m.Any("HO", r => r[2].StartsWith("01", StringComparison.Ordinal)), 2, Numbers.WithCheck("0113123"))) { Office = "1" },
        new("L3087", "保険者番号の法別を05にする", m => m.Set(m.Any("HO"), 2, Numbers.WithCheck("0513123"))),
        new("L3089", "第一公費の都道府県を48にする", m => m.Set(m.Any("KO", r => m.In(r, "KO") == r), 2, Numbers.WithCheck("5448123"))),
        new("S3206", "第二公費の都道府県を48にする", m => m.Set(m.Any("KO", r => m.Before(r).Id == "KO"), 2, Numbers.WithCheck("5448123"))),
        new("L3140", "社保本人を12歳にする", m => { var re = m.Any("RE", r => r[3][1] == '1' && r[3][3] is '1' or '2'); m.Set(re, 7, string.Create(CultureInfo.InvariantCulture, $"{(re.Number(4) / 100) - 12}0801")); }) { Office = "1" },
        new("L3380", "合計点数をマイナスにする", m => { var ho = m.Any("HO"); m.Set(ho, 6, "-" + ho[6]); m.Total(); }),
        new("L3531", "食事を94回にする", m => m.Set(m.Any("HO", r => r[8].Length > 0), 8, "94")),
        new("L4252", "入院外に包括評価対象外理由", m => { var sy = m.Any("SY", r => OwnMutations.Outpatient(m.RE(r)) && m.Before(r).Id != "SY" && !m.Has(r, "TI")); m.Expect(m.Insert(sy, new Row("GR").With(2, "05")), 2); }),
        new("L4510", "第一公費の負担額を点数の10倍にする", m => { var ko = m.Any("KO", r => m.In(r, "KO") == r); m.Set(ko, 7, Row.Text(ko.Number(6) * 10)); }),
        new("L4516", "一部負担金を点数の10倍にする", m => { var ho = m.Any("HO"); m.Set(ho, 12, Row.Text(ho.Number(6) * 10)); }),
        new("L4801", "社保に給付割合", m => m.Set(m.Any("RE", r => m.Has(r, "HO")), 8, "70")) { Office = "1" },
    ];

    private static IEnumerable<Mutation> Codes =>
    [
        new("S3204", "未コード化傷病名の名称を省く", m => m.Set(m.Any("SY", r => r[2] == Generators.Codes.Uncoded), 6, "")),
        new("S3205", "診療行為に医薬品のコード", m => m.Set(m.Any("SI"), 4, "620098801")),
        new("S4210", "未コード化特定器材", m => m.Set(m.Any("TO"), 4, "777770000")),
        With("L3204", "傷病名コードをマスターにない8888888にする", m => m.Set(m.Any("SY"), 2, "8888888")),
        With("L3303", "診療行為コードをマスターにない199999999にする", m => m.Set(m.Any("SI", r => !m.Has(r, "TI")), 4, "199999999")),
        With("S3201", "廃止された傷病名", m => m.Set(m.Any("SY"), 2, MasterFiles.EndedDisease)),
        With("S3202", "使用期間を過ぎた診療行為", m => m.Set(m.Any("SI", r => !m.Has(r, "TI")), 4, MasterFiles.EndedService)),
        With("S3203", "マスターにない修飾語", m => m.Set(m.Any("SY", r => r[5].Length > 0), 5, "9999")),
        With("S4201", "単独で使えない傷病名", m => m.Set(m.Any("SY", r => r[5].Length == 0 && r[2] != Generators.Codes.Uncoded), 2, MasterFiles.DependentDisease)),
        With("L4222", "保険で請求できない傷病名だけにする", m =>
        {
            var sy = m.Any("SY", r => m.ClaimOf(r).Count(o => o.Id == "SY") == 1);
            m.Set(sy, 2, MasterFiles.UninsuredDisease);
        }),
        With("S4207", "経過措置を過ぎた医薬品", m => m.Set(m.Any("IY", r => !m.Has(r, "TI")), 4, MasterFiles.TransitionalDrug)),
        With("S4208", "年月日のコメントに半端な数字", m => { var co = m.Any("CO", r => r[4] == "850100001"); m.Set(co, 5, "５０７"); }),
        With("S4861", "年月日のコメントの後に文字", m => { var co = m.Any("CO", r => r[4] == "850100001"); m.Set(co, 5, co[5] + "頃"); }),
    ];

    private static IEnumerable<Mutation> Uses =>
    [
        With("L3639", "病床数のない外来診療料", m => { var si = Service(m); si[4] = MasterFiles.HospitalVisit; m.Expect(m.RE(si), 13); }),
        With("L4805", "要らない病床数", m => m.Set(m.Any("RE"), 13, "20")),
        With("L4421", "入院外に入院だけの診療行為", m => m.Set(m.Any("SI", r => OwnMutations.Outpatient(m.RE(r))), 4, MasterFiles.InpatientOnly)),
        With("S4202", "入院に入院外だけの診療行為", m => m.Set(m.Any("SI", r => !OwnMutations.Outpatient(m.RE(r)) && !m.Has(r, "TI")), 4, MasterFiles.OutpatientOnly)),
        With("S4203", "後期高齢者だけの診療行為", m => m.Set(m.Any("SI", r => m.RE(r)[3][1] is '1' or '4' && !m.Has(r, "TI")), 4, MasterFiles.ElderlyOnly)),
        With("S4204", "病院と診療所の診療行為", m => { var first = m.Any("SI", r => m.ClaimOf(r).Count(o => o.Id == "SI") > 1 && !m.Has(r, "TI")); first[4] = MasterFiles.ClinicOnly; m.ClaimOf(first).Last(o => o.Id == "SI" && o != first)[4] = MasterFiles.HospitalOnly; m.Expect(first, 4); }),
        With("S4205", "大人に乳幼児だけの診療行為", m => m.Set(m.Any("SI", r => m.RE(r)[3][3] is not ('3' or '4') && !m.Has(r, "TI")), 4, MasterFiles.InfantOnly)),
        With("S4206", "1日1回の診療行為を多くする", TooOften),
        With("S4209", "数量データのない診療行為", Unmeasured),
        With("L4451", "初診料なのに前からの傷病名", m => { var si = m.Any("SI", r => r[4] == Generators.Codes.First); foreach (var sy in m.ClaimOf(si).Where(r => r.Id == "SY")) { sy[3] = "20260101"; } m.Expect(si, 4); }),
        With("L4454", "入院料を実日数より多くする", m => { var si = m.Any("SI", r => r[4] == Generators.Codes.Stay && !m.Has(r, "TI") && m.Has(r, "HO")); m.Set(si, 7, "99"); }),
        With("L4636", "再診料を実日数より多くする", m => { var si = m.Any("SI", r => r[4] == Generators.Codes.Again && m.Has(r, "HO") && !m.ClaimOf(r).Exists(o => o.Id == "SI" && o != r && (o[4] == Generators.Codes.Again || o[4] == Generators.Codes.First))); m.Set(si, 7, "99"); }),
        With("L4676", "全身麻酔のない長時間麻酔管理加算", m => { var si = Service(m); m.Set(si, 4, MasterFiles.LongAnaesthesia); }),
        With("L7113", "1日に上限回数より多くする", m => { var si = Service(m); si[4] = MasterFiles.LimitedToTwo; var day = Enumerable.Range(14, 31).First(d => si[d].Length > 0); si[day] = "3"; m.Expect(si, 4); }),
        With("L4648", "外来管理加算の日に算定できない検査", m =>
        {
            var si = m.Any("SI", r => r[4] == Generators.Codes.Management);
            var same = m.ClaimOf(si).Find(r => r.Id == "SI" && r[4] == Generators.Codes.Again && r[3] == si[3]) ?? throw new UnsuitableException();
            same[4] = MasterFiles.LoadTest;
            m.Expect(si, 4);
        })
        with
        { Reception = new(2020, 3, 1) },
    ];

    private static Mutation With(string number, string change, Action<Mutant> apply) => new(number, change, apply) { Masters = true };

    private static Row Service(Mutant m) => m.Any("SI", r => OwnMutations.Outpatient(m.RE(r)) && r[2] is "80" or "60" or "13");

    private static void TooOften(Mutant m)
    {
        var si = m.Any("SI", r => m.Has(r, "HO") && !m.Has(r, "TI") && (Bearers.Mask(r[3]) & 1) != 0);
        si[4] = MasterFiles.OncePerDay;
        si[7] = "99";
        m.Expect(si, 7);
    }

    private static void Unmeasured(Mutant m)
    {
        var si = m.Any("SI", r => r[5].Length == 0 && !m.Has(r, "TI"));
        si[4] = MasterFiles.Measured;
        m.Expect(si, 5);
    }
}
