using System.Reflection.Metadata;

namespace Sekisho.Architecture.Tests;

/// <summary>Contracts is vocabulary: interfaces, records, enums; no behaviour outside Basics.cs. Platform stays small: what no module owns, and the two databases.</summary>
public sealed class ContractsTests
{
    [Fact]
    public void Contracts_HoldNoMethodBodies_OutsideBasics()
    {
        var contracts = Repository.Projects.Single(p => p.Name == "Contracts");
        var written = MethodSizes.Of(contracts).Where(m => Path.GetFileName(m.File) != "Basics.cs" && !m.IsConstructor && !m.IsAccessor);
        Assert.Empty(written.Select(m => m.Name));
    }

    [Fact]
    public void Platform_StaysSmall()
    {
        var lines = Repository.CSharpFiles("src/Platform").Sum(f => File.ReadLines(f).Count());
        Assert.InRange(lines, 1, 2700);
    }
}
