using System.Security.Cryptography;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Generators;
using Sekisho.Libraries.Tests.Formats.Checks;

namespace Sekisho.Libraries.Tests.Formats.Generated;

/// <summary>What the generator promises: the same bytes for ever, no finding, and a claim where it says there is one.</summary>
public sealed class GeneratedFileTests
{
    private static readonly DateOnly[] Receptions = [new(2019, 3, 1), new(2019, 7, 1), new(2020, 6, 1), new(2021, 10, 1), new(2022, 11, 1), new(2026, 6, 1)];

    public static TheoryData<ulong, int, string> Orders =>
        [.. from at in Enumerable.Range(0, Receptions.Length) from office in (string[])["1", "2"] select ((ulong)(at + 1), at, office)];

    [Theory]
    [MemberData(nameof(Orders))]
    public void File_OfAnyEdition_HasNoFinding(ulong seed, int reception, string office)
    {
        var file = ClaimFile.Make(new FileOrder(seed, 400, Receptions[reception], office));

        var run = Collected.Run(file.ToBytes(), file.Order.ReceptionMonth);

        Assert.Empty(run.Findings.Select(f => $"{f.Rule.Number} {f.Message} [{f.Value}] {string.Join(',', file.Rows[Math.Max(f.Place.Line, 1) - 1].Columns).TrimEnd(',')}"));
        Assert.Equal((400, file.Payers, file.Points), (run.Report.Claims, run.Report.Payers, run.Report.Points));
    }

    [Fact]
    public void Claims_AreFoundWhereTheyStand()
    {
        var file = ClaimFile.Make(FileOrder.Of(7, 300));

        var run = Collected.Run(file.ToBytes(), file.Order.ReceptionMonth);

        Assert.Equal(
            file.Expected(),
            run.Claims.Select(c => new ExpectedClaim(c.Ordinal, c.Number, c.Line, c.Lines, c.Offset, c.Length, c.Kind, c.TreatmentMonth, c.Insurer, string.Join(',', c.PublicPayers), c.Payers, c.Points)));
    }

    [Fact]
    public void Volumes_EachHaveNoFinding_AndTheLastHasTheTotalsOfAll()
    {
        var files = ClaimFile.Make(FileOrder.Of(11, 90), volumes: 3);

        var runs = files.Select(f => Collected.Run(f.ToBytes(), f.Order.ReceptionMonth)).ToList();

        Assert.All(runs, r => Assert.Empty(r.Lines));
        Assert.Equal(files[^1].Rows[^1].Number(2), runs.Sum(r => r.Report.Payers));
        Assert.Equal(files[^1].Rows[^1].Number(3), runs.Sum(r => r.Report.Points));
    }

    [Fact]
    public void Stream_OfManyBytes_HasNoFinding()
    {
        var bytes = new MemoryStream();
        var claims = ClaimStream.Write(bytes, FileOrder.Of(3, 0), 4_000_000);
        bytes.Position = 0;

        var run = Collected.Run(bytes, FileOrder.Of(3, 0).ReceptionMonth);

        Assert.Empty(run.Lines);
        Assert.Equal(claims, run.Claims.Count);
    }

    [Fact]
    public void Bytes_OfASeed_NeverChange()
    {
        var file = SourceTree.Path("tests", "Samples", "generated", "sha256.txt");
        var lines = Enumerable.Range(1, 8).Select(seed => $"{seed}\t{Convert.ToHexStringLower(SHA256.HashData(ClaimFile.Make(FileOrder.Of((ulong)seed, 200)).ToBytes()))}").ToArray();
        if (SourceTree.Approve)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file, lines);
        }

        Assert.Equal(File.ReadAllLines(file), lines);
    }

    /// <summary>What the generator is for: nothing the specification has is missing.</summary>
    [Fact]
    public void Files_HaveEverything()
    {
        var rows = new[] { FileOrder.Of(1, 900), FileOrder.Of(2, 900) }.SelectMany(o => ClaimFile.Make(o).Rows).ToList();

        Assert.Equal(["CO", "GO", "GR", "HO", "IR", "IY", "JD", "KO", "MF", "RE", "SI", "SJ", "SN", "SY", "TI", "TO", "TR", "TS"], rows.Select(r => r.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Editions.All[^1].Code("レセプト種別").Rows.Select(r => r.Code).Order(StringComparer.Ordinal), rows.Where(r => r.Id == "RE").Select(r => r[3]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(31, rows.Where(r => r.Id is "SI" or "IY").Select(r => r[3]).Distinct().Count());
        Assert.Contains(rows, r => r.Id == "SI" && r.Number(6) < 0);
        Assert.Contains(rows, r => r.Id == "SI" && r[6] == "0");
        Assert.Contains(rows, r => r.Id == "SI" && r[2] == "97");
        Assert.Contains(rows, r => r.Id == "SY" && r[2] == "0000999");
        Assert.Equal(["1", "2"], rows.Where(r => r.Id == "TI").Select(r => r[3]).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>A real file has 1.88 bytes per field (receiptisan's sample); a generated one must not be emptier or fuller by much.</summary>
    [Fact]
    public void Density_IsThatOfRealFiles()
    {
        var file = ClaimFile.Make(FileOrder.Of(3, 1000));

        var density = file.ToBytes().Length / (double)file.Rows.Sum(r => r.Columns.Count);

        Assert.InRange(density, 1.7, 2.1);
    }
}
