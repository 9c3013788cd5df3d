using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Tables;

public sealed class EditionTests
{
    [Theory]
    [InlineData("201204", "201205", "医科/2012-04")]
    [InlineData("200001", "200002", "医科/2012-04")]
    [InlineData("201803", "201804", "医科/2012-04")]
    [InlineData("201804", "201805", "医科/2018-04")]
    [InlineData("201803", "201805", "医科/2018-04")]
    [InlineData("202003", "202004", "医科/2018-04")]
    [InlineData("202004", "202005", "医科/2020-04")]
    [InlineData("201712", "202005", "医科/2020-04")]
    [InlineData("202108", "202109", "医科/2020-04")]
    [InlineData("202108", "202312", "医科/2020-04")]
    [InlineData("202109", "202110", "医科/2021-09")]
    [InlineData("202110", "202111", "医科/2021-09")]
    [InlineData("203001", "203002", "医科/2021-09")]
    public void Select_TreatmentAndReception_GivesTheEdition(string treatment, string reception, string expected) =>
        Assert.Equal(expected, Editions.Select(Month(treatment), Month(reception)).Name);

    [Fact]
    public void All_Loaded_AreFourOldestFirst() =>
        Assert.Equal(["医科/2012-04", "医科/2018-04", "医科/2020-04", "医科/2021-09"], Editions.All.Select(e => e.Name));

    [Fact]
    public void Digest_Loaded_IsSha256AndChangesWithAnyTable()
    {
        var files = TableFiles.Embedded();
        Assert.Equal(Editions.Digest, TableFiles.Digest(files));
        files["editions.tsv"] += "#\n";
        Assert.NotEqual(Editions.Digest, TableFiles.Digest(files));
        Assert.Equal(64, Editions.Digest.Length);
    }

    [Theory]
    [InlineData("医科/2021-09/SN.tsv", "固定", "半固定")]
    [InlineData("医科/2021-09/SN.tsv", "必須", "要")]
    [InlineData("医科/2021-09/SN.tsv", "英数又は漢字", "なんでも")]
    [InlineData("医科/2021-09/SN.tsv", "確認区分\tコード", "確認の区分\tコード")]
    [InlineData("医科/2021-09/SN.tsv", "番号", "数値")]
    [InlineData("医科/2021-09/SN.tsv", "\n3\t", "\n4\t")]
    [InlineData("医科/2021-09/SN.tsv", "\t38\t", "\t三八\t")]
    [InlineData("医科/2021-09/SN.tsv", "\t38\t", "\t3\t8\t")]
    [InlineData("医科/2020-04/RE.tsv", "診療年月\t数字\t6", "診療年月\t数字\t7")]
    [InlineData("医科/2021-09/レコード.tsv", "GO", "G1")]
    [InlineData("医科/2021-09/レコード.tsv", "GO", "ZZ")]
    [InlineData("editions.tsv", "202109", "2021-09")]
    [InlineData("別表/レセプト特記事項.tsv", "202210", "R4.10")]
    public void Load_UnknownWord_StopsAndNamesTheFile(string path, string word, string wrong)
    {
        var files = TableFiles.Embedded();
        Assert.Contains(word, files[path], StringComparison.Ordinal);
        files[path] = files[path].Replace(word, wrong, StringComparison.Ordinal);
        var fault = Assert.Throws<InvalidDataException>(() => EditionLoader.Load(files));
        Assert.Contains("表 ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_UnknownOrStrangeId_IsNull()
    {
        var edition = Editions.All[^1];
        Assert.Equal("RE", edition.Record("RE"u8)!.Id);
        Assert.Equal("RE", edition.Record("RE")!.Id);
        Assert.Null(edition.Record("ZZ"u8));
        Assert.Null(edition.Record("re"u8));
        Assert.Null(edition.Record(""u8));
        Assert.Null(edition.Record("REX"u8));
        Assert.Null(edition.Record([0xFF, 0x00]));
        Assert.Null(edition.Record("あい"));
        Assert.Null(Editions.All[1].Record("SN"));
    }

    [Theory]
    [InlineData("41", "202209", false)]
    [InlineData("41", "202210", true)]
    [InlineData("17", "201807", true)]
    [InlineData("17", "201808", false)]
    [InlineData("26", "201501", true)]
    [InlineData("40", "202210", false)]
    public void Code_DatedRow_IsInForceOnlyThen(string code, string month, bool expected)
    {
        var table = Editions.All[^1].Code("レセプト特記事項");
        Assert.Equal(expected, table.Contains(System.Text.Encoding.ASCII.GetBytes(code), Month(month)));
        Assert.Equal(expected, table.TryText(code, Month(month), out var text));
        Assert.Equal(expected, text.Length > 0);
    }

    [Fact]
    public void Code_StrangeBytes_AreNotFound()
    {
        var table = Editions.All[^1].Code("転帰区分");
        var month = Month("202110");
        Assert.True(table.Contains("1"u8, month));
        Assert.False(table.Contains(""u8, month));
        Assert.False(table.Contains("01"u8, month));
        Assert.False(table.Contains([0, (byte)'1'], month));
        Assert.False(table.Contains("11111111111111"u8, month));
        Assert.False(table.TryText("１", month, out _));
        Assert.False(table.TryText(new string('1', 100), month, out _));
    }

    [Fact]
    public void Contains_Called_AllocatesNothing()
    {
        var edition = Editions.All[^1];
        var table = edition.Code("負担区分");
        var month = Month("202110");
        _ = table.Contains("1"u8, month) && edition.Record("SI"u8) is not null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _ = table.Contains("1"u8, month) && edition.Record("SI"u8) is not null;
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static YearMonth Month(string text) => YearMonth.TryParse(text, out var month) ? month : throw new ArgumentException(text);
}
