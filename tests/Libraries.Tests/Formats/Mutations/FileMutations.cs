using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Changes to the file as a whole, its header and its total.</summary>
internal static class FileMutations
{
    public static IEnumerable<Mutation> All =>
    [
        new("S1001", "ZIPにする", m => { m.Raw = b => [.. "PK\u0003\u0004"u8, .. b]; m.ExpectAt(0); }),
        new("S1002", "調剤の識別にする", m => { m.Rows[0].Columns[0] = "YK"; m.ExpectAt(0); }),
        new("S1003", "IRを消す", m => { m.Rows.RemoveAt(0); m.ExpectAt(0); }),
        new("S1004", "IRを2つにする", m => m.Expect(m.Insert(m.Rows[1], m.Rows[0].Copy()))),
        new("S1005", "GOを消す", m => { m.Rows.RemoveAt(m.Rows.Count - 1); m.ExpectAt(0); }),
        new("S1006", "GOを2つにする", m => { m.Rows.Add(m.Expect(m.Rows[^1].Copy())); }),
        new("S1007", "レセプトをすべて消す", m => { m.Remove(r => r.Claim > 0); m.ExpectAt(0); }),
        new("S1008", "最初のREの前にSJを置く", m => m.Expect(m.Insert(m.Rows[1], new Row("SJ").With(2, "01").With(3, "症状")))),
        new("S1009", "1行を1MiBより長くする", m => { var row = m.Insert(m.Any("SI"), new Row([new string('X', (1 << 20) + 300_000)])); m.ExpectAt(m.Rows.IndexOf(row) + 1, row.Claim); }),
        new("S1010", "レセプトを10万行より長くする", TooLong),
        new("S1011", "1Aの後に続ける", m => { m.Raw = b => [.. b, .. "RE,2"u8]; m.ExpectAt(m.Rows.Count + 1); }),
        new("L1011", "IRの予備に値", m => m.Set(m.Rows[0], 6, "01")),
        new("L1102", "請求年月を13月にする", m => m.Set(m.Rows[0], 8, m.Rows[0][8][..4] + "13")),
        new("L1929", "電話番号を16桁にする", m => m.Set(m.Rows[0], 10, "03-0000-00000000")),
        new("S1021", "審査支払機関を省く", m => m.Set(m.Rows[0], 2, "")),
        new("S1022", "医療機関コードを6桁にする", m => m.Set(m.Rows[0], 5, m.Rows[0][5][..6])),
        new("S1023", "都道府県を48にする", m => m.Set(m.Rows[0], 3, "48")),
        new("S1023", "点数表を調剤にする", m => m.Set(m.Rows[0], 4, "4")),
        new("L1574", "総件数を省く", m => m.Set(m.Rows[^1], 2, "")),
        new("L1575", "総合計点数に文字", m => m.Set(m.Rows[^1], 3, "29A")),
        new("S1031", "総件数を1つ多くする", m => m.Set(m.Rows[^1], 2, Row.Text(m.Rows[^1].Number(2) + 1))),
        new("S1031", "公費を1つ消す", m => { m.Rows.Remove(m.Any("KO", k => m.Has(k, "HO"))); m.Expect(m.Rows[^1], 2); }),
        new("S1032", "総合計点数を1点少なくする", m => m.Set(m.Rows[^1], 3, Row.Text(m.Rows[^1].Number(3) - 1))),
        new("S1033", "途中の番号を飛ばす", m => { m.Rows[0][9] = "01"; m.Rows[^1].With(2, "").With(3, ""); m.Set(m.Rows[^1], 4, "03"); }),
        new("L4892", "医療機関名称を省く", m => m.Set(m.Rows[0], 7, "")),
        new("S4801", "1行だけLFで終える", OneLineFeed),
        new("S4802", "空の行を入れる", m => { var row = m.Insert(m.Any("SI"), new Row([""])); m.ExpectAt(m.Rows.IndexOf(row) + 1, row.Claim); }),
        new("S4808", "途中のボリュームに合計", m => { m.Rows[^1][4] = "01"; m.Expect(m.Rows[^1], 2); }),
        new("S4824", "医療機関コードの検証番号を変える", m => m.Set(m.Rows[0], 5, Change.LastDigit(m.Rows[0][5]))),
        new("L1910", "レセプト番号に文字", m => m.Set(m.Any("RE"), 2, "1A")),
        new("L1917", "レセプト番号を1つ飛ばす", Gap),
        new("L1920", "受付不能を1,000か所", Thousand),
    ];

    private static void TooLong(Mutant m)
    {
        var first = m.Any("RE");
        var line = m.Rows.IndexOf(first) + 1;
        m.Rows.InsertRange(line, Enumerable.Range(0, 100_000).Select(_ => new Row([""]) { Claim = first.Claim }));
        m.ExpectAt(line + 100_000, first.Claim);
    }

    private static void OneLineFeed(Mutant m)
    {
        var line = m.Seed.From(1, m.Rows.Count);
        var at = m.Rows.Take(line).Sum(r => r.ToBytes().Length) - 2;
        m.Raw = b => [.. b[..at], .. b[(at + 1)..]];
        m.ExpectAt(line);
    }

    private static void Gap(Mutant m)
    {
        var first = m.Any("RE");
        foreach (var row in m.Rows.FindAll(r => r.Id == "RE" && r.Claim >= first.Claim))
        {
            row.With(2, row.Number(2) + 1);
        }

        m.Expect(first, 2);
    }

    private static void Thousand(Mutant m)
    {
        var disease = m.Any("SY");
        for (var i = 0; i < 1000; i++)
        {
            m.Insert(disease, disease.Copy().With(2, "99"));
        }

        m.ExpectAt(m.Rows.IndexOf(disease));
    }
}

/// <summary>Values that are nearly right.</summary>
internal static class Change
{
    /// <summary>Another check digit.</summary>
    public static string LastDigit(string number) => number[..^1] + (char)('0' + ((number[^1] - '0' + 1) % 10));
}
