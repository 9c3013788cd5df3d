using System.Text.Json;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Tables;

/// <summary>The record tables against counts and byte totals typed in by hand from the printed specification, not from the tables.</summary>
public sealed class TranscriptionTests
{
    // 記録条件仕様（医科用）令和4年4月版: columns, Σ最大バイト, 必須, 予備
    private static readonly Dictionary<string, (int Columns, int Bytes, int Required, int Reserved)> Reiwa4 = new()
    {
        ["IR"] = (10, 78, 8, 1),
        ["RE"] = (38, 384, 7, 4),
        ["HO"] = (15, 134, 5, 1),
        ["KO"] = (12, 63, 4, 1),
        ["SN"] = (9, 99, 3, 5),
        ["JD"] = (33, 34, 2, 0),
        ["MF"] = (33, 283, 2, 31),
        ["GR"] = (3, 18, 2, 0),
        ["SY"] = (8, 180, 4, 0),
        ["SI"] = (44, 452, 4, 0),
        ["IY"] = (44, 455, 4, 0),
        ["TO"] = (48, 807, 4, 1),
        ["CO"] = (5, 90, 3, 0),
        ["SJ"] = (3, 2404, 2, 0),
        ["TI"] = (10, 151, 3, 1),
        ["TR"] = (18, 127, 6, 7),
        ["TS"] = (5, 22, 3, 0),
        ["GO"] = (4, 20, 2, 0),
    };

    // What the older editions had instead.
    private static readonly Dictionary<string, Dictionary<string, (int Columns, int Bytes, int Required, int Reserved)>> Older = new()
    {
        ["医科/2020-04"] = [],
        ["医科/2018-04"] = new()
        {
            ["IR"] = (10, 77, 8, 1),
            ["RE"] = (38, 381, 7, 3),
            ["HO"] = (15, 138, 5, 1),
            ["SY"] = (8, 179, 4, 0),
            ["TO"] = (48, 807, 4, 0),
            ["TR"] = (18, 124, 6, 7),
            ["KH"] = (2, 102, 1, 0),
        },
        ["医科/2012-04"] = new()
        {
            ["IR"] = (10, 77, 8, 1),
            ["RE"] = (36, 241, 7, 3),
            ["HO"] = (15, 138, 5, 1),
            ["SY"] = (8, 179, 4, 0),
            ["TO"] = (48, 807, 4, 0),
            ["TR"] = (18, 124, 6, 7),
            ["KH"] = (2, 102, 1, 0),
        },
        ["医科/2021-09"] = [],
    };

    private static readonly string[] SinceQualificationCheck = ["SN", "JD", "MF"];

    public static TheoryData<string> Names => [.. Editions.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Records_CountedByHand_AreTheTables(string name)
    {
        var edition = Editions.All.Single(e => e.Name == name);
        var expected = Reiwa4.Where(r => name == "医科/2021-09" || !SinceQualificationCheck.Contains(r.Key)).ToDictionary();
        foreach (var (id, counts) in Older[name])
        {
            expected[id] = counts;
        }

        var actual = edition.Records.ToDictionary(
            r => r.Id,
            r => (r.Items.Length, r.Items.Sum(i => i.MaxBytes), r.Items.Count(i => i.Necessity == Necessity.必須), r.Items.Count(i => i.Necessity == Necessity.予備)));
        Assert.Equal(expected.OrderBy(r => r.Key), actual.OrderBy(r => r.Key));
        Assert.All(edition.Records, r => Assert.Equal(Enumerable.Range(1, r.Items.Length), r.Items.Select(i => i.Item)));
    }

    [Fact]
    public void NewestEdition_AgainstTheTranscribedFacts_IsTheSameFieldByField()
    {
        using var facts = JsonDocument.Parse(File.ReadAllText(SourceTree.Shared("data", "receipt", "specs", "records.json")));
        var records = facts.RootElement.GetProperty("ika").GetProperty("records");
        var edition = Editions.All[^1];
        Assert.Equal(records.EnumerateObject().Select(r => r.Name).Order(), edition.Records.Select(r => r.Id).Order());
        foreach (var record in records.EnumerateObject())
        {
            var shape = edition.Record(record.Name)!;
            Assert.Equal(record.Value.GetProperty("title").GetString(), shape.Name);
            Assert.Equal(record.Value.GetProperty("columns").GetInt32(), shape.Items.Length);
            foreach (var field in record.Value.GetProperty("fields").EnumerateArray())
            {
                Compare(field, shape);
            }
        }
    }

    private static void Compare(JsonElement field, RecordShape shape)
    {
        var first = field.GetProperty("pos").GetInt32();
        var name = field.GetProperty("name").GetString()!;
        name = name.StartsWith("予備（旧", StringComparison.Ordinal) ? "予備" : name;
        for (var n = 1; n <= field.GetProperty("span").GetInt32(); n++)
        {
            var item = shape.Items[first + n - 2];
            var expected = name switch
            {
                "予備1〜予備31（31項目）" => $"予備{n}",
                "1日の情報〜31日の情報（31項目）" => $"{n}日の情報",
                _ => name,
            };
            Assert.Equal(expected, item.Name);
            Assert.Equal(field.GetProperty("mode").GetString()!.Replace("/", "又は", StringComparison.Ordinal), item.Mode.ToString());
            Assert.Equal(field.GetProperty("maxBytes").GetInt32(), item.MaxBytes);
            Assert.Equal(field.GetProperty("fixed").GetBoolean(), item.Fixed);
            Assert.Equal("必須条件任意予備".Substring("MCOX".IndexOf(field.GetProperty("req").GetString()!, StringComparison.Ordinal) * 2, 2), item.Necessity.ToString());
        }
    }

    // Name of ours → name of the facts where it differs.
    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["レセプト種別"] = "レセプト種別 医科(1xxx)",
        ["一部負担金等区分"] = "一部負担金・食事療養費・生活療養費標準負担額区分",
        ["診療識別"] = "診療識別（医科）",
        ["年号区分"] = "年号区分（旧GYYMM・コメント日付用）",
    };

    // Codes of other kinds in the joint lists: 40 歯科, 93 DPC, 点数表 other than 1.
    private static readonly HashSet<string> OfOtherKinds = ["レセプト特記事項 40", "診療識別 93", "点数表 3", "点数表 4", "点数表 5", "点数表 6", "点数表 B"];

    [Fact]
    public void CodeTables_AgainstTheTranscribedFacts_HaveTheSameCodes()
    {
        using var facts = JsonDocument.Parse(File.ReadAllText(SourceTree.Shared("data", "receipt", "codes", "code_tables.json")));
        foreach (var table in Editions.All[^1].Codes)
        {
            var values = facts.RootElement.GetProperty(OtherNames.GetValueOrDefault(table.Name, table.Name)).GetProperty("values").EnumerateObject();
            var expected = values.Where(v => !OfOtherKinds.Contains($"{table.Name} {v.Name}")).ToDictionary(v => v.Name, v => v.Value.GetString()!);
            Assert.Equal(expected.Keys, table.Rows.Select(r => r.Code));
            if (table.Name is not ("医科点数表算定理由" or "負担者種別" or "受診等区分" or "窓口負担額区分" or "確認区分"))
            {
                // The facts add remarks in brackets; the published word comes before them.
                Assert.All(table.Rows, r => Assert.StartsWith(r.Text, expected[r.Code], StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("審査支払機関", 2)]
    [InlineData("都道府県", 47)]
    [InlineData("点数表", 1)]
    [InlineData("年号区分", 5)]
    [InlineData("レセプト種別", 108)]
    [InlineData("男女区分", 2)]
    [InlineData("病棟区分", 3)]
    [InlineData("一部負担金等区分", 4)]
    [InlineData("レセプト特記事項", 40)]
    [InlineData("診療科名", 37)]
    [InlineData("人体の部位等", 33)]
    [InlineData("性別等", 10)]
    [InlineData("医学的処置", 19)]
    [InlineData("特定疾病", 6)]
    [InlineData("職務上の事由", 3)]
    [InlineData("減免区分", 3)]
    [InlineData("医科点数表算定理由", 11)]
    [InlineData("転帰区分", 4)]
    [InlineData("主傷病", 1)]
    [InlineData("診療識別", 27)]
    [InlineData("負担区分", 31)]
    [InlineData("特定器材単位", 61)]
    [InlineData("症状詳記区分", 11)]
    [InlineData("臓器提供区分", 6)]
    [InlineData("臓器提供医療機関区分", 2)]
    [InlineData("臓器提供者レセプト種別", 4)]
    [InlineData("患者の状態", 1)]
    [InlineData("負担者種別", 5)]
    [InlineData("確認区分", 13)]
    [InlineData("受診等区分", 3)]
    [InlineData("窓口負担額区分", 5)]
    public void CodeTable_CountedByHand_HasSoManyCodes(string name, int codes)
    {
        var table = Editions.All[^1].Code(name);
        Assert.Equal(codes, table.Rows.Count);
        Assert.Equal(codes, table.Rows.Select(r => r.Code).Distinct().Count());
        Assert.Single(table.Rows.Select(r => r.Code.Length).Distinct());
        Assert.Contains("別表", table.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void ClaimKinds_GeneratedByTheRule_AreTable5()
    {
        var codes = new List<string>();
        foreach (var (insurance, payers, lasts) in new[] { ('1', 5, "1234567890"), ('2', 4, "12"), ('3', 5, "7890"), ('4', 5, "123456") })
        {
            for (var payer = 1; payer <= payers; payer++)
            {
                codes.AddRange(lasts.Select(last => $"1{insurance}{payer}{last}"));
            }
        }

        var table = Editions.All[^1].Code("レセプト種別");
        Assert.Equal(108, codes.Count);
        Assert.Equal(codes.Order(), table.Rows.Select(r => r.Code).Order());
        Assert.All(table.Rows, r => Assert.Equal("13579".Contains(r.Code[3], StringComparison.Ordinal), r.Text.EndsWith("・入院", StringComparison.Ordinal)));
    }

    [Fact]
    public void BurdenCodes_SubsetsOfFivePayers_AreAllDifferent()
    {
        var texts = Editions.All[^1].Code("負担区分").Rows.Select(r => r.Text.Replace("+", "", StringComparison.Ordinal)).ToList();
        Assert.Equal(31, texts.Distinct().Count());
        var month = YearMonth.Of(new DateOnly(2021, 10, 1));
        Assert.All(texts, t => Assert.NotEmpty(t));
        Assert.True(Editions.All[^1].Code("負担区分").Contains("Z"u8, month));
    }
}
