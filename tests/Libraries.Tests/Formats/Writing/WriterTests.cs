using System.Text;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Writing;
using Sekisho.Libraries.Tests.Formats.Checks;

namespace Sekisho.Libraries.Tests.Formats.Writing;

public sealed class WriterTests
{
    [Fact]
    public void Writer_ClaimByName_PassesTheCheckAndEndsWithEof()
    {
        var output = new MemoryStream();
        var writer = new ClaimFileWriter(output);
        writer.Record("IR", ("審査支払機関", "2"), ("都道府県", "13"), ("点数表", "1"), ("医療機関コード", "9900013"), ("医療機関名称", "関所診療所"), ("請求年月", "202407"), ("マルチボリューム識別情報", "00"));
        writer.Record("RE", ("レセプト番号", "1"), ("レセプト種別", "1112"), ("診療年月", "202406"), ("氏名", "関所　太郎"), ("男女区分", "1"), ("生年月日", "19800501"), ("給付割合", "70"));
        writer.Record("HO", (2, "  138057"), (4, "４５６"), (5, "1"), (6, "291"));
        writer.Record("SY", ("傷病名コード", "0000999"), ("診療開始日", "20240603"), ("転帰区分", "1"), ("傷病名称", "架空病"));
        writer.Record("SI", (2, "11"), (3, "1"), (4, "111000110"), (6, "291"), (7, "1"), (16, "1"));
        writer.Record("GO", ("総件数", "1"), ("総合計点数", "291"), ("マルチボリューム識別情報", "99"));
        writer.Complete();

        var run = Collected.Run(output.ToArray());

        Assert.Empty(run.Lines);
        Assert.True(output.ToArray().AsSpan().EndsWith("GO,1,291,99\r\n\u001A"u8));
        Assert.Equal("138057", Assert.Single(run.Claims).Insurer);
        Assert.Throws<InvalidOperationException>(() => writer.Record("GO"));
    }

    [Theory]
    [InlineData("関所,太郎")]
    [InlineData("\"関所\"")]
    [InlineData("関所\r\n")]
    [InlineData("髙橋")]
    [InlineData("😀")]
    public void Writer_ValueThatCannotBeRecorded_IsRefused(string value) =>
        Assert.Throws<ArgumentException>(() => new ClaimFileWriter(new MemoryStream()).Record("RE", ("氏名", value)));

    [Theory]
    [InlineData("ZZ", 2)]
    [InlineData("GO", 1)]
    [InlineData("GO", 5)]
    public void Writer_NoSuchRecordOrItem_IsRefused(string id, int item) =>
        Assert.Throws<ArgumentException>(() => new ClaimFileWriter(new MemoryStream()).Record(id, (item, "1")));

    [Theory]
    [InlineData("IR,1\r\nGO,1,2,99\r\n\u001A")]
    [InlineData("IR,1\r\nGO,1,2,99\r\n")]
    [InlineData("IR,1,,,\nGO,1\r\n\r\nRE")]
    [InlineData("GO,1\u001Atail\r\nmore\u001A")]
    [InlineData("")]
    public void Copy_AnyFile_IsTheSameBytes(string file) => AssertCopies(Encoding.Latin1.GetBytes(file));

    [Fact]
    public void Copy_LineBeyondTheLimit_IsTheSameBytes() =>
        AssertCopies(Encoding.ASCII.GetBytes("IR\r\n" + new string('x', 3_000_000) + "\r\nGO\r\n\u001A"));

    [Fact]
    public void Copy_RealSample_IsTheSameBytes() =>
        AssertCopies(File.ReadAllBytes(SourceTree.Shared("data/receipt/samples/receiptisan_MIT/RECEIPTC_GAIRAI_SAMPLE.UKE")));

    [Fact]
    public void Copy_EverySample_IsTheSameBytes()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "tests", "Samples", "claims"), "*.uke", SearchOption.AllDirectories))
        {
            AssertCopies(File.ReadAllBytes(file));
        }
    }

    private static void AssertCopies(byte[] file)
    {
        var output = new MemoryStream();
        ClaimFileCopy.Run(new MemoryStream(file), output);
        Assert.True(output.ToArray().AsSpan().SequenceEqual(file));
    }
}
