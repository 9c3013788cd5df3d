using System.Text;
using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

public sealed class CheckupTableTests
{
    [Fact]
    public void ItemTable_OfTheProgram_SaysWhatTheOfficialOneSays()
    {
        var path = SourceTree.Shared("data", "eligibility", "checkup", "XMLhc24tab.csv");
        using var csv = new StreamReader(path, Encoding.UTF8);
        var official = CheckupItemTable.FromOfficial(csv);
        if (SourceTree.Approve)
        {
            File.WriteAllText(SourceTree.Path("src", "Formats", "Eligibility", "Checkups", "Tables", "items.tsv"), official.ToTsv());
        }

        Assert.Equal(322, official.Items.Length);
        Assert.Equal(official.ToTsv(), CheckupItemTable.Default.ToTsv());
    }

    [Fact]
    public void ItemTable_OfTheExtension_IsReadToo()
    {
        using var csv = new StreamReader(SourceTree.Shared("data", "eligibility", "checkup", "XMLhc24ext.csv"), Encoding.UTF8);
        var more = CheckupItemTable.FromOfficial(csv);
        var all = CheckupItemTable.Default.With(more);
        Assert.All(more.Items, i => Assert.NotNull(all.Find(i.Code)));
        Assert.True(all.Items.Length > 322);
    }

    [Fact]
    public void ItemTable_EveryRow_IsWhole()
    {
        var table = CheckupItemTable.Default;
        Assert.All(table.Items, item =>
        {
            Assert.Equal(12, item.Cases.Length);
            Assert.True(item.DependsOn.Length == 0 || table.Find(item.DependsOn) is not null, item.Code);
            Assert.True(item.AuthorItem.Length == 0 || table.Find(item.AuthorItem) is not null, item.Code);
            Assert.Equal(item.Type is CheckupType.CD or CheckupType.CO, item.CodeSystem.Length > 0);
            Assert.Equal(item.CodeSystem.Length > 0, item.Codes.Length > 0);
            Assert.Equal(item.Codes.Length, item.Codes.Select(c => c.Code).Distinct().Count());
        });
    }

    [Fact]
    public void ItemTable_RowOfAnotherShape_NamesItsLine()
    {
        using var csv = new StringReader("a\nb\nc\n10,身長\n");
        var wrong = Assert.Throws<InvalidDataException>(() => CheckupItemTable.FromOfficial(csv));
        Assert.Contains("4 行", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,身長", "区分番号")]
    [InlineData("10,身長", "二度")]
    public void ItemTable_ThatIsWrong_SaysSo(string start, string says)
    {
        var row = $"{start},A,1,1,1,1,1,0,0,0,0,0,0,0,9N001000000000001,身長,NNN.N,PQ,cm,cm,1,,,,,,,,,1.2.392.200119.6.1005,,\n";
        using var csv = new StringReader(row + row);
        Assert.Contains(says, Assert.Throws<InvalidDataException>(() => CheckupItemTable.FromOfficial(csv)).Message, StringComparison.Ordinal);
    }

    // A table of 追加項目 alone names items it does not have itself.
    [Fact]
    public void ItemTable_ThatIsNotWhole_IsUsedWithoutThrowing()
    {
        using var csv = new StringReader("20,診察,A0000110,1,1,1,0,0,6,6,6,6,6,6,0,9N056160400000049,具体的な既往歴,256,ST,,,1,,,,9N056000000000011,,,,,1.2.392.200119.6.1005,,\n");
        var reading = CheckupReading.Default with { Items = CheckupItemTable.FromOfficial(csv) };
        Assert.NotNull(CheckupDocuments.Read(CheckupWriter.Write(Sekisho.Generators.Checkups.CheckupPeople.Visit(1, 1, 2024)), reading, "h").Document);
    }

    [Fact]
    public void Rules_AreUniqueAndExplained()
    {
        var rules = CheckupRules.All;
        Assert.Equal(rules.Count, rules.Select(r => r.Number).Distinct().Count());
        Assert.Equal(rules.Select(r => r.Number), rules.Select(r => r.Number).Order(StringComparer.Ordinal));
        Assert.All(rules, r => Assert.Matches("^EH-[0-9]{4}$", r.Number));
        Assert.All(rules, r => Assert.All([r.Title, r.Clause, r.Remedy], t => Assert.NotEmpty(t)));
        var declared = typeof(CheckupRules).GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)
            .Select(f => f.GetValue(null)).OfType<CheckupRule>().Select(r => r.Number);
        Assert.Equal(declared, rules.Select(r => r.Number));
    }
}
