using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;
using Sekisho.Generators;
using Sekisho.Libraries.Tests.Formats.Mutations;

namespace Sekisho.Libraries.Tests.Formats.Hostile;

/// <summary>A site's masters folder may hold anything: what is no master is reported, and looking codes up never fails afterwards.</summary>
public sealed class MasterDamageTests
{
    private static readonly byte[] File = ClaimFile.Make(FileOrder.Of(5, 2)).ToBytes();

    [Fact]
    public void Load_DamagedFiles_ReportsAndServes()
    {
        for (var round = 0; round < 40; round++)
        {
            InFolder(folder =>
            {
                MasterFiles.Write(folder);
                var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();
                for (var i = 0; i < files.Length; i++)
                {
                    var bytes = System.IO.File.ReadAllBytes(files[i]);
                    Damage.Of(ref bytes, Seed.Of(21, (round * 100) + i));
                    System.IO.File.WriteAllBytes(files[i], bytes);
                }

                var (masters, report) = MasterSet.Load(folder);

                Assert.Equal(files.Length, report.Count);
                Assert.All(report, r => Assert.InRange(r.Reasons.Count, 0, 21));
                Assert.Null(Trial.Of(File, Seed.Of(22, round), 202606, deep: false, masters));
                LookUp(masters);
            });
        }
    }

    [Theory]
    [InlineData("\"")]
    [InlineData(",")]
    [InlineData("0,B,")]
    [InlineData("あ")]
    public void Load_LineOfMillionsOfCharacters_IsReported(string piece) => InFolder(folder =>
    {
        var line = new StringWriter();
        line.Write("0,B,8833421");
        for (var i = 0; i < 2_000_000; i++)
        {
            line.Write(piece);
        }

        System.IO.File.WriteAllText(Path.Combine(folder, "b.csv"), line.ToString());

        LookUp(MasterSet.Load(folder).Masters);
    });

    // The newest first, which is the order in which nothing may be built up by recursion.
    [Fact]
    public void Load_ManyVersionsOfOneCode_KeepsThem() => InFolder(folder =>
    {
        var lines = Enumerable.Range(0, 5_000).Select(i => Disease(new DateOnly(2026, 1, 1).AddDays(-i)));
        System.IO.File.WriteAllLines(Path.Combine(folder, "b.csv"), lines);

        var (masters, report) = MasterSet.Load(folder);

        Assert.Equal(5_000, Assert.Single(report).Rows);
        LookUp(masters);
    });

    private static string Disease(DateOnly from)
    {
        var cells = Enumerable.Repeat("", 46).ToArray();
        (cells[0], cells[1], cells[2], cells[3], cells[5], cells[21], cells[23]) = ("3", "B", "8833421", "8833421", "X", $"{from:yyyyMMdd}", "99999999");
        return string.Join(',', cells);
    }

    private static void LookUp(MasterSet masters)
    {
        foreach (var year in (int[])[1868, 2019, 2026, 9999])
        {
            Assert.True(YearMonth.TryCreate(year, 12, out var month));
            foreach (var kind in Enum.GetValues<MasterKind>())
            {
                masters.Covers(kind, month);
                masters.TryName(kind, "8833421", month, out _);
                masters.TryName(kind, "", month, out _);
                masters.TryName(kind, "620098801", month, out _);
            }
        }

        ClaimDocument.Open(File, masters);
    }

    private static void InFolder(Action<string> run)
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-hostile-");
        try
        {
            run(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
