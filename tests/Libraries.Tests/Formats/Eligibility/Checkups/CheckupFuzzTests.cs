using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators;
using Sekisho.Generators.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>Nothing that bytes can hold makes the reader throw; what fails is made again from its number.</summary>
public sealed class CheckupFuzzTests
{
    private const ulong Seeded = 8;

    [Fact]
    public void DamagedFiles_NeverThrow()
    {
        var visits = Enumerable.Range(1, 8).Select(n => CheckupPeople.Visit(Seeded, n, 2024)).ToList();
        var files = visits.Select(CheckupWriter.Write).Concat(visits.Select(v => CheckupWriter.Write(CheckupPeople.Claim(Seeded, v)))).ToList();
        Parallel.For(0, 6000, number =>
        {
            var seed = Seed.Of(Seeded, number);
            var bytes = CheckupDamage.Of(seed.Of<byte[]>(files), seed);
            Assert.True(CheckupDocuments.Read(bytes, CheckupReading.Default, "h") is { Findings: not null }, $"{number}");
            Assert.True(CheckupDocuments.ReadClaim(bytes, CheckupReading.Default, "c") is { Findings: not null }, $"{number}");
        });
    }

    [Fact]
    public void DamagedPackages_NeverThrow()
    {
        var package = CheckupPeople.Package(Seeded, 3);
        Parallel.For(0, 2000, number =>
        {
            using var zip = new MemoryStream(CheckupDamage.Of(package, Seed.Of(Seeded, -number)));
            Assert.NotNull(CheckupPackage.Read(zip, CheckupReading.Default).Package);
        });
    }

    [Fact]
    public void DamagedEntries_SpoilNoOtherFile()
    {
        using var whole = new MemoryStream(CheckupPeople.Package(Seeded, 4));
        var files = CheckupZip.Files(whole);
        for (var number = 0; number < 300; number++)
        {
            var seed = Seed.Of(Seeded, 1000 + number);
            var victim = seed.Of<string>(files.Keys.Where(k => k.Contains("/DATA/", StringComparison.Ordinal)).ToList());
            using var zip = CheckupZip.Of(files.Select(f => (f.Key, f.Key == victim ? CheckupDamage.Of(f.Value, seed) : f.Value)));
            var (package, read) = CheckupPackage.Read(zip, CheckupReading.Default);
            Assert.Empty(package.Findings);
            Assert.All(read.Where(f => f.Document is not null && !victim.EndsWith(f.Path, StringComparison.Ordinal)), f => Assert.DoesNotContain(f.Findings, x => x.Rule.Number != "EH-0022"));
            Assert.Equal(8, read.Length);
        }
    }
}
