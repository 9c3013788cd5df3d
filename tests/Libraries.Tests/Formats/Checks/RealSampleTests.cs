namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>
/// The one public file of a real receipt computer (75 claims of October 2021). Each finding stands with the fact of the line that justifies it.
/// Names longer than 20 characters and claims without a disease are as the file has them: they were made to try out points, not to be paid.
/// </summary>
public sealed class RealSampleTests
{
    private static readonly (string Number, int Line, int Claim, string Record, int Item)[] Expected =
    [
        ("S4824", 1, 0, "IR", 5), // 12＋1＋0000000 の検証番号が合わない
        ("L4892", 1, 0, "IR", 7), // 医療機関名称が省略されている
        ("S4822", 4, 1, "KO", 2), // 末尾の検証番号が合わない
        ("S2002", 7, 1, "SY", 6), // 216バイト > 40バイト
        ("L4222", 56, 4, "RE", 0), // 次のREまでにSYがない
        ("L4222", 62, 5, "RE", 0), // 次のREまでにSYがない
        ("L4222", 67, 6, "RE", 0), // 次のREまでにSYがない
        ("L4222", 71, 7, "RE", 0), // 次のREまでにSYがない
        ("L4222", 80, 8, "RE", 0), // 次のREまでにSYがない
        ("L4222", 90, 9, "RE", 0), // 次のREまでにSYがない
        ("L4222", 101, 10, "RE", 0), // 次のREまでにSYがない
        ("S2002", 101, 10, "RE", 5), // 44バイト > 40バイト
        ("L4222", 109, 11, "RE", 0), // 次のREまでにSYがない
        ("S2002", 109, 11, "RE", 5), // 44バイト > 40バイト
        ("L4222", 115, 12, "RE", 0), // 次のREまでにSYがない
        ("L4222", 121, 13, "RE", 0), // 次のREまでにSYがない
        ("S4001", 123, 13, "KO", 3), // 6桁
        ("L4222", 126, 14, "RE", 0), // 次のREまでにSYがない
        ("L4222", 132, 15, "RE", 0), // 次のREまでにSYがない
        ("L4222", 144, 16, "RE", 0), // 次のREまでにSYがない
        ("L4222", 150, 17, "RE", 0), // 次のREまでにSYがない
        ("L4222", 158, 18, "RE", 0), // 次のREまでにSYがない
        ("L4222", 169, 19, "RE", 0), // 次のREまでにSYがない
        ("L4222", 176, 20, "RE", 0), // 次のREまでにSYがない
        ("L4222", 183, 21, "RE", 0), // 次のREまでにSYがない
        ("L4222", 194, 22, "RE", 0), // 次のREまでにSYがない
        ("L4222", 207, 23, "RE", 0), // 次のREまでにSYがない
        ("L4222", 221, 24, "RE", 0), // 次のREまでにSYがない
        ("L4222", 243, 25, "RE", 0), // 次のREまでにSYがない
        ("L4222", 250, 26, "RE", 0), // 次のREまでにSYがない
        ("L4222", 258, 27, "RE", 0), // 次のREまでにSYがない
        ("L4222", 270, 28, "RE", 0), // 次のREまでにSYがない
        ("L4222", 278, 29, "RE", 0), // 次のREまでにSYがない
        ("L4222", 285, 30, "RE", 0), // 次のREまでにSYがない
        ("L4222", 292, 31, "RE", 0), // 次のREまでにSYがない
        ("L4222", 299, 32, "RE", 0), // 次のREまでにSYがない
        ("L4222", 305, 33, "RE", 0), // 次のREまでにSYがない
        ("L4222", 311, 34, "RE", 0), // 次のREまでにSYがない
        ("L4222", 319, 35, "RE", 0), // 次のREまでにSYがない
        ("L4222", 325, 36, "RE", 0), // 次のREまでにSYがない
        ("L4222", 331, 37, "RE", 0), // 次のREまでにSYがない
        ("S2002", 337, 38, "RE", 5), // 44バイト > 40バイト
        ("S2002", 344, 39, "RE", 5), // 44バイト > 40バイト
        ("L4222", 351, 40, "RE", 0), // 次のREまでにSYがない
        ("S2002", 351, 40, "RE", 5), // 44バイト > 40バイト
        ("L4222", 361, 41, "RE", 0), // 次のREまでにSYがない
        ("L4222", 366, 42, "RE", 0), // 次のREまでにSYがない
        ("L4222", 371, 43, "RE", 0), // 次のREまでにSYがない
        ("L4222", 378, 44, "RE", 0), // 次のREまでにSYがない
        ("L4222", 386, 45, "RE", 0), // 次のREまでにSYがない
        ("L4222", 391, 46, "RE", 0), // 次のREまでにSYがない
        ("S2002", 391, 46, "RE", 5), // 44バイト > 40バイト
        ("L4222", 401, 47, "RE", 0), // 次のREまでにSYがない
        ("S2002", 401, 47, "RE", 5), // 44バイト > 40バイト
        ("L4222", 410, 48, "RE", 0), // 次のREまでにSYがない
        ("S2002", 410, 48, "RE", 5), // 44バイト > 40バイト
        ("L4222", 417, 49, "RE", 0), // 次のREまでにSYがない
        ("S2002", 417, 49, "RE", 5), // 44バイト > 40バイト
        ("L4222", 426, 50, "RE", 0), // 次のREまでにSYがない
        ("S2002", 426, 50, "RE", 5), // 44バイト > 40バイト
        ("L4222", 430, 51, "RE", 0), // 次のREまでにSYがない
        ("L4222", 439, 52, "RE", 0), // 次のREまでにSYがない
        ("S4001", 441, 52, "KO", 3), // 6桁
        ("L4222", 449, 53, "RE", 0), // 次のREまでにSYがない
        ("S2002", 449, 53, "RE", 5), // 44バイト > 40バイト
        ("L4222", 459, 54, "RE", 0), // 次のREまでにSYがない
        ("S2002", 459, 54, "RE", 5), // 42バイト > 40バイト
        ("L4222", 466, 55, "RE", 0), // 次のREまでにSYがない
        ("L4222", 471, 56, "RE", 0), // 次のREまでにSYがない
        ("S2002", 471, 56, "RE", 5), // 44バイト > 40バイト
        ("L4222", 489, 57, "RE", 0), // 次のREまでにSYがない
        ("S2002", 489, 57, "RE", 5), // 44バイト > 40バイト
        ("L4222", 501, 58, "RE", 0), // 次のREまでにSYがない
        ("L4222", 507, 59, "RE", 0), // 次のREまでにSYがない
        ("S2002", 507, 59, "RE", 5), // 44バイト > 40バイト
        ("L4222", 513, 60, "RE", 0), // 次のREまでにSYがない
        ("S2002", 513, 60, "RE", 5), // 44バイト > 40バイト
        ("L4222", 521, 61, "RE", 0), // 次のREまでにSYがない
        ("S2002", 521, 61, "RE", 5), // 44バイト > 40バイト
        ("L4222", 528, 62, "RE", 0), // 次のREまでにSYがない
        ("S2002", 528, 62, "RE", 5), // 44バイト > 40バイト
        ("L4222", 535, 63, "RE", 0), // 次のREまでにSYがない
        ("S2002", 535, 63, "RE", 5), // 44バイト > 40バイト
        ("L4222", 544, 64, "RE", 0), // 次のREまでにSYがない
        ("S2002", 544, 64, "RE", 5), // 44バイト > 40バイト
        ("L4222", 554, 65, "RE", 0), // 次のREまでにSYがない
        ("L4222", 563, 66, "RE", 0), // 次のREまでにSYがない
        ("S3111", 563, 66, "RE", 7), // 2021年10月の診療で、生年月日が2021年11月11日
        ("L4222", 573, 67, "RE", 0), // 次のREまでにSYがない
        ("S2002", 573, 67, "RE", 5), // 44バイト > 40バイト
        ("L4222", 579, 68, "RE", 0), // 次のREまでにSYがない
        ("S2002", 579, 68, "RE", 5), // 44バイト > 40バイト
        ("L4222", 585, 69, "RE", 0), // 次のREまでにSYがない
        ("S2002", 585, 69, "RE", 5), // 44バイト > 40バイト
        ("L4222", 591, 70, "RE", 0), // 次のREまでにSYがない
        ("S2002", 591, 70, "RE", 5), // 44バイト > 40バイト
        ("L4222", 597, 71, "RE", 0), // 次のREまでにSYがない
        ("L4222", 609, 72, "RE", 0), // 次のREまでにSYがない
        ("S2002", 609, 72, "RE", 5), // 44バイト > 40バイト
        ("L4222", 616, 73, "RE", 0), // 次のREまでにSYがない
        ("S2002", 616, 73, "RE", 5), // 44バイト > 40バイト
        ("L4222", 623, 74, "RE", 0), // 次のREまでにSYがない
        ("S2002", 623, 74, "RE", 5), // 44バイト > 40バイト
        ("L4222", 630, 75, "RE", 0), // 次のREまでにSYがない
        ("S2002", 630, 75, "RE", 5), // 44バイト > 40バイト
    ];

    [Fact]
    public void RealSample_Checked_FindsExactlyWhatItsLinesJustify()
    {
        var run = Collected.Run(File.OpenRead(SourceTree.Shared("data/receipt/samples/receiptisan_MIT/RECEIPTC_GAIRAI_SAMPLE.UKE")), 202111);

        Assert.Equal(Expected, run.Findings.Select(f => (f.Rule.Number, f.Place.Line, f.Place.Claim, f.Place.Record, f.Place.Item)));
        Assert.Equal(Expected.CountBy(e => e.Number).ToDictionary(), run.Report.Counts.ToDictionary());
        Assert.False(run.Report.Rejected);
    }

    [Fact]
    public void RealSample_Checked_CountsWhatItsTotalSays()
    {
        var path = SourceTree.Shared("data/receipt/samples/receiptisan_MIT/RECEIPTC_GAIRAI_SAMPLE.UKE");
        var run = Collected.Run(File.OpenRead(path), 202111);

        Assert.Equal(("医科", 75, 140, 86392L), (run.Report.Kind, run.Report.Claims, run.Report.Payers, run.Report.Points));
        Assert.Equal(["医科/2021-09"], run.Report.Editions);
        Assert.Empty(run.Report.NotRun);
        Assert.Equal("0000000", Assert.Single(run.Headers).Institution);
        Assert.Equal(75, run.Claims.Count);
        Assert.All(run.Claims, c => Assert.Equal("202110", c.TreatmentMonth));
    }

    [Fact]
    public void RealSample_ClaimSlices_LieSeamlesslyBetweenHeaderAndTotal()
    {
        var path = SourceTree.Shared("data/receipt/samples/receiptisan_MIT/RECEIPTC_GAIRAI_SAMPLE.UKE");
        var file = File.ReadAllBytes(path);
        var run = Collected.Run(file, 202111);

        var (next, line) = (run.Claims[0].Offset, run.Claims[0].Line);
        foreach (var claim in run.Claims)
        {
            Assert.Equal((next, line), (claim.Offset, claim.Line));
            Assert.True(file.AsSpan((int)claim.Offset).StartsWith("RE,"u8));
            (next, line) = (next + claim.Length, line + claim.Lines);
        }

        Assert.True(file.AsSpan((int)next).StartsWith("GO,"u8));
    }
}
