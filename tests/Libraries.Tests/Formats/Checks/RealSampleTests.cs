namespace Sekisho.Libraries.Tests.Formats.Checks;

public sealed class RealSampleTests
{
    [Fact]
    public void RealSample_Checked_FindsExactlyWhatItsLinesJustify()
    {
        var file = File.ReadAllBytes(Tree.Shared("data/receipt/samples/receiptisan_MIT/RECEIPTC_GAIRAI_SAMPLE.UKE"));
        var run = Collected.Run(file, 202111);
        foreach (var f in run.Findings) Console.WriteLine($"{f.Message} [{f.Rule.Number} {f.Value}]");
        Assert.Equal(75, run.Report.Claims);
        Assert.Equal(140, run.Report.Payers);
        Assert.Equal(86392, run.Report.Points);
    }
}
