using System.Text;
using System.Text.Json;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Every column of a 加入者情報ファイル arrives where it belongs; and what single items are refused for.</summary>
public sealed class FileColumnTests
{
    /// <summary>One row with something of its own in every column.</summary>
    private static readonly Dictionary<string, string> _row = new()
    {
        ["登録ID"] = "K-1",
        ["加入者番号"] = "M-9",
        ["区分"] = "登録",
        ["取得届出日"] = "20261010",
        ["不開示該当"] = "",
        ["自己情報提供不可"] = "",
        ["被保険者証区分"] = "03",
        ["保険者番号"] = FirstNumber,
        ["記号"] = "一二",
        ["番号"] = "345",
        ["枝番"] = "07",
        ["本人・家族"] = "2",
        ["世帯主"] = "架空　太郎",
        ["氏名"] = "架空　花子",
        ["氏名（その他）"] = "例示　花子",
        ["氏名カナ"] = "ｶｸｳ ﾊﾅｺ",
        ["氏名カナ（その他）"] = "ﾚｲｼﾞ ﾊﾅｺ",
        ["性別1"] = "2",
        ["性別2"] = "3",
        ["生年月日"] = "1952-03-04",
        ["郵便番号"] = "100-0001",
        ["住所"] = "東京都架空区1-2-3",
        ["資格取得年月日"] = "20200401",
        ["資格喪失年月日"] = "20270301",
        ["資格喪失事由"] = "03",
        ["交付年月日"] = "20200402",
        ["有効開始年月日"] = "20200403",
        ["有効終了年月日"] = "20270228",
        ["一部負担金割合"] = "030",
        ["未就学"] = "1",
        ["保険者名"] = "架空健康保険組合",
        ["高齢受給者証"] = "020/20250802/20250801/20260731|010/20260802/20260801/20270731",
        ["限度額適用認定証"] = "01/A03/20260803/20260804/20270731/20260805",
        ["特定疾病"] = "1/20260806/20260807/20270731/10000",
    };

    private static readonly Coverage _expected = new()
    {
        CardKind = "03",
        Insurer = FirstNumber,
        Symbol = "一二",
        Number = "345",
        Branch = "07",
        Relation = "2",
        Holder = "架空　太郎",
        Name = "架空　花子",
        OtherName = "例示　花子",
        Kana = "ｶｸｳ ﾊﾅｺ",
        OtherKana = "ﾚｲｼﾞ ﾊﾅｺ",
        Sex = "2",
        CardSex = "3",
        Birth = new(1952, 3, 4),
        PostalCode = "100-0001",
        Address = "東京都架空区1-2-3",
        Acquired = new(2020, 4, 1),
        Lost = new(2027, 3, 1),
        LossReason = "03",
        Issued = new(2020, 4, 2),
        CardFrom = new(2020, 4, 3),
        CardUntil = new(2027, 2, 28),
        Ratio = "030",
        Preschool = "1",
        InsurerName = "架空健康保険組合",
        Elderly = [new(new(2025, 8, 2), new(2025, 8, 1), new(2026, 7, 31), "020"), new(new(2026, 8, 2), new(2026, 8, 1), new(2027, 7, 31), "010")],
        Limits = [new("01", "A03", new(2026, 8, 3), new(2026, 8, 4), new(2027, 7, 31), new(2026, 8, 5))],
        Diseases = [new("1", new(2026, 8, 6), new(2026, 8, 7), new(2027, 7, 31), 10_000)],
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EveryColumn_ArrivesWhereItBelongs(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var columns = await world.In<IFileRows<CoverageEntry>, IEnumerable<string>>(f => ValueTask.FromResult(f.Required.Concat(f.Optional)));
        Assert.Equal(columns.Order(StringComparer.Ordinal), _row.Keys.Order(StringComparer.Ordinal));

        var report = await Send(world, "f", _row);
        Assert.Equal((1L, 0L), (report.Created, report.Refused));
        var version = Assert.Single(await HistoryTests.Find(world, new RegisteredQuery { Id = "K-1" }));
        Assert.Equal(("M-9", false), (version.Member, version.Shielded));
        Assert.Equal(JsonSerializer.Serialize(_expected), JsonSerializer.Serialize(version.Coverage));

        // The two marks each protect by themselves; 取消 takes the row back.
        foreach (var mark in new[] { "不開示該当", "自己情報提供不可" })
        {
            await Send(world, mark == "不開示該当" ? "g" : "h", new(_row) { [mark] = "1" });
            var marked = (await HistoryTests.Find(world, new RegisteredQuery { Id = "K-1" })).Single(v => v.KnownUntil is null);
            Assert.Equal((true, ""), (marked.Shielded, marked.Coverage.Address));
        }

        Assert.Equal(1L, (await Send(world, "i", new(_row) { ["区分"] = "取消" })).Withdrawn);
    }

    [Theory]
    [InlineData("保険者番号", "0613", "EL-0205")]
    [InlineData("生年月日", "20300101", "EL-0209")]
    [InlineData("生年月日", "20200402", "EL-0209")]
    [InlineData("資格喪失事由", "", "EL-0210")]
    [InlineData("資格喪失年月日", "", "EL-0210")]
    public async Task Item_ThatCannotBe_IsRefusedAtItsColumn(string column, string value, string code)
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var report = await Send(world, "f", new(_row) { [column] = value });
        var place = column == "資格喪失年月日" ? "資格喪失事由" : column;
        Assert.Equal([$"2 {place} {code}"], report.Problems.Where(p => p.Refused).Select(p => $"{p.Line} {p.Field} {p.Code}"));
    }

    private static async Task<CoverageFileReport> Send(EligibilityWorld world, string file, Dictionary<string, string> row)
    {
        var content = Encoding.UTF8.GetBytes(string.Join(',', row.Keys) + "\r\n" + string.Join(',', row.Values) + "\r\n");
        return (await world.In<ICoverageRegistration, Outcome<CoverageFileReport>>(r => r.TakeFile(world.Insurer, file, CoverageFileForm.Csv, new MemoryStream(content), Ct))).Value;
    }
}
