using Sekisho.Libraries.Tests.Formats.Checks;
using static Sekisho.Libraries.Tests.Formats.Checks.Draft;

namespace Sekisho.Libraries.Tests.Formats.Hostile;

/// <summary>Arithmetic is checked: numbers beyond any table must give findings, not faults.</summary>
public sealed class LargeNumberTests
{
    [Theory]
    [InlineData("999999999")]
    [InlineData("999999999999999999")]
    [InlineData("-999999999999999999")]
    [InlineData("-9223372036854775808")]
    public void Amounts_BeyondTheirWidth_AreFindings(string number)
    {
        var draft = new Draft("1132");
        foreach (var (record, items) in new[] { ("HO", new[] { 5, 6, 8, 9, 12, 15 }), ("KO", [5, 6, 7, 8, 9, 11, 12]) })
        {
            foreach (var item in items)
            {
                draft.Set(record, item, number);
            }
        }

        draft.After("SI", [.. Enumerable.Repeat(Record("SI", (2, "60"), (3, "4"), (4, "112345678"), (5, number), (6, number), (7, number), (16, number)), 200)]);
        draft.After("SI", [.. Enumerable.Repeat(Record("SI", (2, "60"), (3, "4"), (4, "112345678"), (5, "99999999"), (6, "-9999999"), (7, "999999999"), (16, "999")), 2000)]);

        Assert.NotEmpty(Collected.Run(draft.ToBytes()).Findings);
    }
}
