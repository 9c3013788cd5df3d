using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Hostile;

/// <summary>
/// Whatever a file went through, the check ends without an exception and keeps its promises (Trial says which). A short slice of what
/// `dotnet run --project bench -c Release -- fuzz COUNT SEED` does at length.
/// </summary>
public sealed class DamageTests
{
    private const int Reception = 202606;
    private static readonly byte[] File = ClaimFile.Make(FileOrder.Of(5, 2)).ToBytes();

    public static TheoryData<string> Kinds => [.. Damage.Kinds.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Check_DamageOfOneKind_KeepsItsPromises(string kind)
    {
        var apply = Damage.Kinds.Single(k => k.Name == kind).Apply;
        for (var round = 0; round < 60; round++)
        {
            var bytes = apply(File, Seed.Of(7, round));

            Assert.Null(Trial.Of(bytes, Seed.Of(8, round), Reception, deep: round % 4 == 0));
        }
    }

    [Fact]
    public void Check_SeveralDamages_KeepsItsPromises()
    {
        var fuzz = new Fuzz(20260401);

        fuzz.Run(0, 4000, threads: 2);

        Assert.Empty(fuzz.Failures);
        Assert.Equal(4000, fuzz.Kinds.Sum(k => k.Inputs));
    }

    [Fact]
    public void Check_CutAtEveryByte_KeepsItsPromises()
    {
        for (var length = 0; length < File.Length; length++)
        {
            Assert.Null(Trial.Of(File[..length], Seed.Of(9, length), Reception, deep: length % 32 == 0));
        }
    }

    [Fact]
    public void Check_WithoutDamage_KeepsItsPromisesToo() =>
        Assert.Null(Trial.Of(ClaimFile.Make(FileOrder.Of(6, 60)).ToBytes(), Seed.Of(10, 1), Reception, deep: true));
}
