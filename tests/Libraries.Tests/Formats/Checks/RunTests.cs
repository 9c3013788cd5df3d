using System.Text;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Checks;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>What a run promises whatever the bytes are.</summary>
public sealed class RunTests
{
    [Theory]
    [InlineData("PK\u0003\u0004rest", "ZIP")]
    [InlineData("", "空")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("こんにちは、レセプト", "UTF-8")]
    [InlineData("IR,1,13,1,9900013,,関所診療所,202407,00,\r\nRE,1,1112,202406,関所　太郎,1\r\n", "UTF-8")]
    [InlineData("\uFEFFIR,1\r\n", "UTF-8")]
    [InlineData("hello world", "レコードが見つかりません")]
    public void Run_NotAClaimFile_HasNoKindAndSaysWhy(string file, string reason)
    {
        var run = Collected.Run(Encoding.UTF8.GetBytes(file));

        var finding = Assert.Single(run.Findings);
        Assert.Equal(("", true, "S1001"), (run.Report.Kind, run.Report.Rejected, finding.Rule.Number));
        Assert.Contains(reason, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UK,1", "歯科")]
    [InlineData("YK,1", "調剤")]
    [InlineData("HM,1", "訪問看護")]
    [InlineData("HI,1", "返戻")]
    public void Run_OtherKind_IsNamed(string file, string kind)
    {
        var run = Collected.Run(Encoding.ASCII.GetBytes(file + "\r\n"));

        Assert.Equal("", run.Report.Kind);
        Assert.Contains(kind, Assert.Single(run.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnyBytes_NeverThrows()
    {
        var random = new Random(20240607);
        var file = new Draft("1132").Another(2, "1212").ToBytes();
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])file.Clone();
            for (var i = random.Next(1, 12); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var run = Collected.Run(bytes.AsSpan(0, random.Next(bytes.Length + 1)).ToArray());

            Assert.Equal(run.Report.Counts.Values.Sum(), run.Findings.Count);
            Assert.Equal(run.Claims.Count, run.Report.Claims);
        }
    }

    [Fact]
    public void Run_GarbageAfterAHeader_NeverThrows()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var bytes = new byte[random.Next(4096)];
            random.NextBytes(bytes);
            Collected.Run([.. "IR,1\r\nRE,1,1112\r\n"u8, .. bytes]);
        }
    }

    [Fact]
    public void Run_MoreFindingsThanTheCap_AreCountedInFull()
    {
        var draft = new Draft().After("SY", [.. Enumerable.Range(0, 1500).Select(_ => Draft.Record("SY", (2, "99"), (3, "20240603"), (4, "1")))]);

        var run = Collected.Run(draft.ToBytes());

        Assert.Equal(1000, run.Findings.Count(f => f.Rule.Number == "L2257"));
        Assert.Equal(1500, run.Report.Counts["L2257"]);
        Assert.Equal(1, run.Report.Counts["L1920"]);
        Assert.Equal(Severity.L2, Assert.Single(run.Claims).Worst);
    }

    [Fact]
    public void Run_PersonalValues_AreMasked()
    {
        var draft = new Draft("1122").Set("RE", 5, "関所 太郎").Set("RE", 7, "19801301").Set("KO", 3, "1234567").Set("HO", 2, "06132014");

        var values = Collected.Run(draft.ToBytes()).Findings.ToDictionary(f => f.Rule.Number, f => f.Value);

        Assert.Equal(("＊＊ ＊＊", "********", "*******", "06132014"), (values["S2001"], values["L2133"], values["S4823"], values["S4821"]));
    }

    [Fact]
    public void Run_EraDates_AreConvertedForTheChecks()
    {
        var run = Collected.Run(new Draft("1114").Set("RE", 4, "50604").Set("RE", 7, "4300401").Set("SY", 3, "20240403").ToBytes());

        // 平成30年4月1日生 is no longer 未就学者 in 令和6年4月.
        Assert.Equal(["L4800\t2\t1\tRE\t4", "L3129\t2\t1\tRE\t7", "L4800\t2\t1\tRE\t7"], run.Lines);
    }

    [Fact]
    public void Run_FileOfTheEraEdition_HasNothingToConvert()
    {
        var draft = new Draft().Set("IR", 8, "43103").Set("RE", 4, "43102").Set("RE", 7, "3550501").Set("SY", 3, "4310203");

        var run = Collected.Run(draft.ToBytes(), 201903);

        Assert.Empty(run.Lines);
        Assert.Equal(["医科/2018-04"], run.Report.Editions);
    }

    [Fact]
    public void Run_ClaimOlderThanTheList_SaysWhatDidNotRun()
    {
        var run = Collected.Run(new Draft().Set("RE", 4, "201203").ToBytes());

        Assert.Equal(OfficeChecks.医科.Select(c => c.Rule.Number).Order(StringComparer.Ordinal), run.Report.NotRun.Keys);
    }

    [Fact]
    public void Run_LaterVolume_SaysThatTotalsWereNotCompared()
    {
        var run = Collected.Run(new Draft().Set("RE", 2, "120").Set("IR", 9, "01").Set("GO", 2, "240").ToBytes());

        Assert.Empty(run.Findings);
        Assert.Equal(["S1031", "S1032"], run.Report.NotRun.Keys);
    }

    [Fact]
    public void Run_ClaimBeforeAndAfterAFault_AreBothKept()
    {
        var run = Collected.Run(new Draft().Another(2).Set("RE", 4, "999999").ToBytes());

        Assert.Equal([Severity.L2, null], run.Claims.Select(c => c.Worst));
        Assert.Equal(["1", "2"], run.Claims.Select(c => c.Number));
    }

    [Fact]
    public void Run_PublicPayersOnly_TakesPointsOfTheFirst()
    {
        var claim = Assert.Single(Collected.Run(new Draft("1222").ToBytes()).Claims);

        Assert.Equal(("", 2, 291L), (claim.Insurer, claim.Payers, claim.Points));
        Assert.Equal(["54136015", "51136018"], claim.PublicPayers);
    }

    [Theory]
    [InlineData("06132013", "06132013")]
    [InlineData("  138057", "138057")]
    [InlineData("00138057", "138057")]
    public void Run_InsurerNumber_IsIndexedWithoutPadding(string recorded, string insurer) =>
        Assert.Equal(insurer, Assert.Single(Collected.Run(new Draft().Set("HO", 2, recorded).ToBytes()).Claims).Insurer);

    [Fact]
    public void Run_WithoutFindings_AllocatesPerClaimOnly()
    {
        var points = 291 + (20_000 * 73);
        var draft = new Draft().Set("HO", 6, $"{points}").Set("GO", 3, $"{points}").After("SI", [.. Enumerable.Range(0, 20_000).Select(_ => Draft.Record("SI", (2, "12"), (3, "1"), (4, "112007410"), (6, "73"), (7, "1"), (16, "1")))]);
        var file = draft.ToBytes();
        Assert.Empty(Collected.Run(file).Findings);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Collected.Run(file);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // 20,000 records with 900,000 columns: buffers that grow with the claim, and nothing per field.
        Assert.InRange(allocated, 0, file.Length * 16L);
    }

    [Fact]
    public void RuleListHash_IsStableAndNamesTheLists()
    {
        Assert.Equal(64, RuleList.Hash.Length);
        Assert.Equal(RuleList.Hash, Collected.Run(new Draft().ToBytes()).Report.RuleListHash);
    }
}
