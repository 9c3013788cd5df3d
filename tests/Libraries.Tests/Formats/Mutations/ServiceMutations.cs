using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Changes within 摘要: units, points, times and days.</summary>
internal static class ServiceMutations
{
    private const int Days = 13;

    public static IEnumerable<Mutation> All =>
    [
        new("S2101", "最初の診療識別を省く", m => m.Set(m.Any("SI", r => m.Before(r).Id == "SY" && !m.Has(r, "TI")), 2, "")),
        new("S2102", "算定単位の点数を省く", m => m.Set(m.Any("SI", r => r[6].Length > 0), 6, "")),
        new("S2103", "算定単位の1つの回数を多くする", m => { var row = m.Any("IY", r => Counted(m, r).Count > 1 && !m.Has(r, "TI")); m.Set(row, 7, Row.Text(row.Number(7) + 1)); }),
        new("S2104", "算定単位の1つの負担区分を変える", m =>
        {
            var row = m.Any("IY", r => Counted(m, r).Count > 1 && Counted(m, r)[0] != r && m.Has(r, "HO") && m.Has(r, "KO") && m.UnitOf(r)[0] != r);
            m.Set(row, 3, row[3] == "1" ? "2" : "1");
        }),
        new("S2105", "いない公費の負担にする", m =>
        {
            var row = m.Any("SI", r => m.Has(r, "HO") && !m.Has(r, "KO"));
            foreach (var other in m.UnitOf(row))
            {
                other[3] = "2";
            }

            m.Expect(m.UnitOf(row)[0], 3);
        }),
        new("S2108", "最初の症状詳記区分を省く", m => m.Set(m.Any("SJ", r => m.Before(r).Id != "SJ"), 2, "")),
        new("S3103", "算定日の回数を多くする", m =>
        {
            var row = Single(m);
            var day = DayOf(row);
            row[day] = Row.Text(row.Number(day) + 1);
            m.Expect(row, 7);
        }),
        new("S3104", "算定単位の1つの算定日を移す", m =>
        {
            var row = m.Any("IY", r => Counted(m, r).Count > 1 && Counted(m, r)[0] != r && !m.Has(r, "TI") && r[Days + 28].Length == 0 && DaysOf(r) == 1);
            (row[Days + 28], row[DayOf(row)]) = (row[DayOf(row)], "");
            m.Expect(row, Days + 28);
        }),
        new("S3105", "6月31日に算定する", m =>
        {
            var row = m.Any("SI", r => Counted(m, r).Count == 1 && DaysOf(r) == 1 && !m.Has(r, "TI") && OwnMutations.DaysOf(m.RE(r)) < 31);
            (row[Days + 31], row[DayOf(row)]) = (row[DayOf(row)], "");
            m.Expect(row, Days + 31);
        }),
        new("S4101", "回数を0にする", m => m.Set(Single(m), 7, "0")),
        new("S4151", "コメントコードのない文字データ", m => { var row = m.Any("SI", r => r[8].Length == 0); row[9] = "文字"; m.Expect(row, 8); }),
        new("S4841", "診療識別を前に戻す", m => m.Set(m.Any("SI", r => string.CompareOrdinal(r[2], "21") > 0 && m.Before(r).Id is "SI" or "IY" or "TO" && !m.Has(r, "TI")), 2, "11")),
        new("S4841", "先頭の識別を途中に置く", m => m.Set(m.Any("SI", r => string.CompareOrdinal(r[2], "21") > 0 && m.Before(r).Id is "SI" or "IY" or "TO" && !m.Has(r, "TI")), 2, "01")),
    ];

    private static List<Row> Counted(Mutant m, Row row) => m.UnitOf(row).FindAll(r => r.Id != "CO");

    private static Row Single(Mutant m) => m.Any("SI", r => Counted(m, r).Count == 1 && !m.Has(r, "TI"));

    private static int DaysOf(Row row) => Enumerable.Range(Days + 1, 31).Count(d => row[d].Length > 0);

    private static int DayOf(Row row) => Enumerable.Range(Days + 1, 31).First(d => row[d].Length > 0);
}
