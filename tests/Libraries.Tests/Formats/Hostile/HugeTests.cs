using System.Text;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Hostile;

/// <summary>
/// Files nobody would believe. What is asserted is what the check itself allocates on its thread, which is the same on every machine, and that it
/// comes to an end; nothing is asserted about time. None of these files exists on disk or in memory.
/// </summary>
public sealed class HugeTests
{
    private const long Megabyte = 1 << 20;

    private static readonly byte[] Header = Sjis("IR,1,13,1,9900013,,架空診療所,202606,00,\r\n");
    private static readonly byte[] Claim = Bytes(ClaimFile.Make(FileOrder.Of(2, 1)).Rows.Where(r => r.Claim == 1));
    private static readonly byte[] Total = Sjis("GO,1,1,99\r\n\u001A");
    private static readonly byte[] Empty = "\r\n"u8.ToArray();

    [Fact]
    public void Check_TwoGigabytesInOneLine_FindsTheClaimBehindThem()
    {
        // 64 MiB of a claim are kept until it is known to be too long; the buffer grows to them by doubling.
        const long Long = 2_300_000_000;
        var before = Header.Length + Claim.Length + Long + 2;

        var run = Measured.Run(384 * Megabyte, (Header, 1), (Claim, 1), (Filled('X', 100_000), Long / 100_000), (Empty, 1), (Claim, 1), (Total, 1));

        Assert.Equal([Header.Length, before], run.Claims.Select(c => c.Offset));
        Assert.Equal([1, 1], [run.Report.Counts["S1009"], run.Report.Counts["S1010"]]);
        Assert.Equal(Claim.Length, run.Claims[1].Length);
    }

    [Fact]
    public void Check_TwoGigabytesBetweenClaims_AreNotRemembered()
    {
        var run = Measured.Run(16 * Megabyte, (Header, 1), (Filled(',', 100_000), 21_500), (Empty, 1), (Claim, 1), (Total, 1));

        Assert.Equal(1, run.Report.Counts["S1009"]);
        Assert.Equal(Header.Length + 2_150_000_002L, Assert.Single(run.Claims).Offset);
    }

    [Fact]
    public void Check_TenMillionEmptyLines_CountsThem()
    {
        var run = Measured.Run(16 * Megabyte, (Header, 1), (Empty, 10_000_000), (Claim, 1), (Total, 1));

        Assert.Equal(10_000_000, run.Report.Counts["S4802"]);
        Assert.Equal(10_000_002, Assert.Single(run.Claims).Line);
    }

    [Fact]
    public void Check_TenMillionEmptyLinesInAClaim_StopsRememberingThem()
    {
        var run = Measured.Run(16 * Megabyte, (Header, 1), (Claim, 1), (Empty, 10_000_000), (Claim, 1), (Total, 1));

        Assert.Equal((10_000_000, 1), (run.Report.Counts["S4802"], run.Report.Counts["S1010"]));
        Assert.Equal(2, run.Claims.Count);
    }

    [Theory]
    [InlineData("IR", ',')]
    [InlineData("RE", ',')]
    [InlineData("SI", ',')]
    [InlineData("GO", ',')]
    [InlineData("CO", 'A')]
    [InlineData("RE", '\0')]
    [InlineData("RE", '"')]
    public void Check_LineOfFiveMillionBytes_IsPassedOver(string id, char filling)
    {
        var line = Bytes($"{id},").Concat(Filled(filling, 5_000_000)).Concat(Empty).ToArray();

        var run = Measured.Run(64 * Megabyte, (Header, 1), (Claim, 1), (line, 1), (Claim, 1), (Total, 1));

        Assert.Equal(1, run.Report.Counts["S1009"]);
        Assert.Equal(2, run.Claims.Count);
    }

    [Theory]
    [InlineData("RE")]
    [InlineData("HO")]
    [InlineData("SI")]
    [InlineData("GO")]
    public void Check_LineJustShortEnough_IsReadAsOne(string id)
    {
        var line = Bytes($"{id},").Concat(Filled(',', 1_000_000)).Concat(Empty).ToArray();

        var run = Measured.Run(64 * Megabyte, (Header, 1), (Claim, 1), (line, 1), (Claim, 1), (Total, 1));

        Assert.False(run.Report.Counts.ContainsKey("S1009"));
        Assert.True(run.Report.Counts["S4805"] >= 1);
    }

    // Every row is a whole record: what the office asks of a claim is asked of 100,000 rows.
    [Theory]
    [InlineData("SY,8833421,20260501,1,,,,\r\n")]
    [InlineData("SI,60,1,160008010,,10,1,,,,,,,1,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n")]
    [InlineData("SI,,1,160008010,,10,999,,,,,,,999,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n")]
    [InlineData("IY,21,1,620098801,1,9999999,999,,,,,,,999,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n")]
    [InlineData("KO,54136015,1234566,,1,99999999,,,,,,\r\n")]
    [InlineData("HO,06132013,1,1,1,99999999,,,,,,,,,\r\n")]
    [InlineData("JD,1,1,1,1,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n")]
    [InlineData("SN,1,01,,,,00,,\r\n")]
    [InlineData("MF,00,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n")]
    [InlineData("CO,,1,810000001,\r\n")]
    [InlineData("SJ,01,1\r\n")]
    [InlineData("TI,1,1,,,,,,,\r\n")]
    [InlineData("TR,1,1991,202605,,1,19700101,,20260501,,,,,,,,,\r\n")]
    [InlineData("TS,1,99999999,,\r\n")]
    [InlineData("XX\r\n")]
    public void Check_ClaimOfHundredThousandRows_ComesToAnEnd(string row)
    {
        var rows = 99_000;

        var run = Measured.Run(256 * Megabyte, (Header, 1), (Claim, 1), (Bytes(row), rows), (Claim, 1), (Total, 1));

        Assert.Equal(2, run.Claims.Count);
        Assert.Equal(rows, run.Claims[0].Lines - run.Claims[1].Lines);
        Assert.False(run.Report.Counts.ContainsKey("S1010"));
    }

    [Fact]
    public void Check_ClaimLongerThanMemoryShallHold_IsCut()
    {
        var row = Bytes("SJ,01,").Concat(Filled('A', 1_000_000)).Concat(Empty).ToArray();

        var run = Measured.Run(512 * Megabyte, (Header, 1), (Claim, 1), (row, 500), (Claim, 1), (Total, 1));

        Assert.Equal(1, run.Report.Counts["S1010"]);
        Assert.InRange(run.Claims[0].Length, 64 * Megabyte, 66 * Megabyte);
    }

    [Fact]
    public void Check_MillionClaimsOfOneRow_AllocatesPerClaimOnly()
    {
        const int Claims = 300_000;

        var run = Measured.Run(4096L * Claims, (Header, 1), (Bytes("RE\r\n"), Claims), (Total, 1));

        Assert.Equal(Claims, run.Claims.Count);
        Assert.All(run.Report.Counts, c => Assert.InRange(c.Value, 1, Claims * 20));
        Assert.Equal(1, run.Report.Counts["L1920"]);
    }

    private static byte[] Bytes(IEnumerable<Row> rows) => [.. rows.SelectMany(r => r.ToBytes())];

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Sjis(string text) => CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(text);

    private static byte[] Filled(char filling, int length) => [.. Enumerable.Repeat((byte)filling, length)];

    /// <summary>Runs and fails when the check's own thread allocated more than it may.</summary>
    private sealed class Measured : IClaimFileSink
    {
        private readonly List<ClaimEntry> _claims = [];
        private int _findings;

        public List<ClaimEntry> Claims => _claims;

        public CheckReport Report { get; private set; } = null!;

        public static Measured Run(long most, params (byte[] Block, long Times)[] parts)
        {
            var run = new Measured();
            Assert.True(YearMonth.TryCreate(2026, 6, out var month));
            using var content = new Repeated(parts);
            var before = GC.GetAllocatedBytesForCurrentThread();
            run.Report = ClaimFileCheck.Run(content, new CheckContext(month), run);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, most);
            Assert.Equal(content.Length, content.Position);
            Assert.True(run._findings <= run.Report.Counts.Count * 1000);
            return run;
        }

        public void Header(ClaimFileHeader header)
        {
        }

        public void Finding(Finding finding) => _findings++;

        public void Claim(ClaimEntry claim) => _claims.Add(claim);
    }
}
