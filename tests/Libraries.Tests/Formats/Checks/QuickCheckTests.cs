using System.Text;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Checks;
using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>The quick check may doubt what is right, but it must not pass over anything the item check finds.</summary>
public sealed class QuickCheckTests
{
    private static readonly string[] Values =
    [
        "0", "00", "01", "001", "1", "9", "A", "Z", "12", "99", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890123456789", "-1", "--1", "-0", "+1",
        "1.0", "1.5", "0.5", "00.5", ".5", "5.", "1.50", "1..5", "123456.1", "12345.12", "12345.12345", "1.123456", " ", "  ", "1 ", " 1", "A ", "　", "　　", "関所", "関所　", "　関所", "関A", "ｱ", "①", "髙",
        "\"", "\u0001", "\u007F", "202406", "202413", "202400", "186712", "186801", "50406", "43105", "20240229", "20230229", "20241301", "20240431", "18671231", "18680101", "99991231", "5060401", "5999999",
        "06132013", "06132014", "  138057", "138057", "00138057", "54136015", "54136016", "1234566", "1234567", "8002", "80021", "80028003", "1112", "1122", "9999", "03-0000-0000",
    ];

    public static TheoryData<string> Editions => [.. Sekisho.Formats.Claims.Shape.Editions.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Editions))]
    public void Doubtful_ValueThatTheItemCheckFindsWrong_IsAmongThem(string edition)
    {
        var plan = EditionPlan.For(Sekisho.Formats.Claims.Shape.Editions.All.Single(e => e.Name == edition));
        var sink = new Collected();
        var findings = new Findings(sink);
        Assert.True(YearMonth.TryCreate(2024, 6, out var month));
        var check = new ItemCheck(findings) { Month = month };
        string[] values = [.. Values, .. plan.Edition.Codes.SelectMany(c => c.Rows).Select(r => r.Code).Distinct(), new('1', 300), new('あ', 60), new('あ', 1300)];
        foreach (var (record, item) in plan.Records.SelectMany(r => r.Items.Skip(1).Select(i => (r, i))))
        {
            foreach (var value in values)
            {
                var found = sink.Findings.Count;
                var (line, fields) = Line(record, item, value);
                check.Check(item, fields.Item(line, item.Shape.Item), fields.Bytes, new Spot(1, 1, record.Id));
                findings.Flush();
                var doubtful = record.Quick.Doubtful(line, fields) != 0;
                Assert.True(doubtful || found == sink.Findings.Count, $"{record.Id} 項番{item.Shape.Item} {item.Shape.Name} {value}");
                Assert.True(doubtful || item.Missing is null || !ItemCheck.IsAbsent(fields.Item(line, item.Shape.Item)), $"{record.Id} 項番{item.Shape.Item} {value}");
            }
        }
    }

    private static (byte[] Line, RecordFields Fields) Line(RecordPlan record, ItemPlan item, string value)
    {
        byte[] line = [.. Encoding.ASCII.GetBytes(record.Id + new string(',', item.Shape.Item - 1)), .. SjisText.TryEncode(value) ?? ShiftJisText.Tolerant.GetBytes(value), (byte)'\n', .. new byte[2 * Block.Size]];
        var fields = new RecordFields();
        fields.Split(line);
        return (line, fields);
    }
}
