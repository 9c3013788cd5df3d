using System.Text;
using static Sekisho.Libraries.Tests.Formats.Checks.Draft;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>A rule, a file that breaks only it, and a neighbour that does not.</summary>
internal sealed record Sample(string Number, Func<Draft> Ng, Func<Draft> Ok);

/// <summary>Samples of what concerns the whole file.</summary>
internal static class FileSamples
{
    private static readonly string[] Donor =
    [
        Record("TI", (2, "1"), (3, "1")),
        Record("TR", (2, "1"), (3, "1992"), (4, "202406"), (6, "2"), (7, "19851201")),
        Record("TS", (2, "1"), (3, "10")),
        Record("SY", (2, "0000999"), (3, "20240603"), (4, "1"), (6, "架空病")),
        Record("SI", (2, "12"), (3, "1"), (4, "112007410"), (6, "10"), (7, "1"), (16, "1")),
    ];

    public static IEnumerable<Sample> All =>
    [
        new("S1001", () => Only("PK\u0003\u0004\u0014\0\0\0"), () => new()),
        new("S1002", () => Only("YK,1,13,4,9900013,架空薬局,202407,00,03-0000-0000\r\n"), () => new()),
        new("S1003", () => new Draft().Without("IR"), () => new()),
        new("S1004", () => Repeat("IR"), () => new()),
        new("S1005", () => new Draft().Without("GO"), () => new() { Tail = "" }),
        new("S1006", () => Repeat("GO"), () => new()),
        new("S1007", () => Empty(), () => new()),
        new("S1008", () => new Draft().Before("RE", Record("SJ", (2, "01"), (3, "症状"))), () => new Draft().After("SI", Record("SJ", (2, "01"), (3, "症状")))),
        new("S1009", () => new Draft().After("SI", new string('X', (1 << 20) + 300_000)), () => new()),
        new("S1010", () => new Draft().After("SI", Enumerable.Repeat("", 100_001).ToArray()), () => new()),
        new("S1011", () => new() { Tail = "\u001ARE,2" }, () => new() { Tail = "\u001A\r\n\u001A" }),
        new("L1011", () => new Draft().Set("IR", 6, "01"), () => new Draft().Set("IR", 10, "")),
        new("L1102", () => new Draft().Set("IR", 8, "202413"), () => new Draft().Set("IR", 8, "202407")),
        new("L1929", () => new Draft().Set("IR", 10, "03-0000-00000000"), () => new Draft().Set("IR", 10, "(03)00000000000")),
        new("S1021", () => new Draft().Set("IR", 2, ""), () => new Draft().National()),
        new("S1022", () => new Draft().Set("IR", 5, "990001"), () => new()),
        new("S1023", () => new Draft().Set("IR", 3, "48").Set("IR", 5, "9900012"), () => new Draft().Set("IR", 3, "47")),
        new("L1574", () => new Draft().Set("GO", 2, ""), () => new()),
        new("L1575", () => new Draft().Set("GO", 3, "29A"), () => new()),
        new("S1031", () => new Draft().Set("GO", 2, "2"), () => new Draft().Set("GO", 2, "0").Set("GO", 3, "0")),
        new("S1032", () => new Draft().Set("GO", 3, "292"), () => new Draft("1122")),
        new("S1033", () => new Draft().Set("IR", 9, "01").Set("GO", 4, "03").Set("GO", 2, "").Set("GO", 3, ""), () => new Draft().Set("IR", 9, "01").Set("GO", 4, "02").Set("GO", 2, "").Set("GO", 3, "")),
        new("L1910", () => new Draft().Set("RE", 2, "1A"), () => new()),
        new("L1917", () => new Draft().Another(3), () => new Draft().Another(2)),
        new("L1920", () => Diseases(1000), () => Diseases(999)),
        new("L4892", () => new Draft().Set("IR", 7, ""), () => new()),
        new("S4801", () => new() { LineEnd = "\n" }, () => new()),
        new("S4802", () => new Draft().Before("GO", ""), () => new()),
        new("S4808", () => new Draft().Set("GO", 4, "01"), () => new Draft().Set("GO", 4, "01").Set("GO", 2, "").Set("GO", 3, "")),
        new("S4824", () => new Draft().Set("IR", 5, "9900018"), () => new()),
        new("S2011", () => new Draft().Before("HO", Record("SN", (2, "1"), (3, "01"), (7, "00"))), () => new Draft().Before("GO", Donor)),
        new("S2012", () => Repeat("HO").Total(), () => new()),
        new("S2013", () => new Draft().Before("SY", "ZZ,1"), () => new()),
        new("S2014", () => new Draft().Without("SI"), () => new()),
        new("S2015", () => Services(99), () => Services(98)),
        new("L4222", () => new Draft().Without("SY"), () => new()),
        new("L4835", () => EarlierTreatment("202108"), () => EarlierTreatment("202109")),
    ];

    private static Draft Only(string text) => new Draft().Bytes(_ => CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(text));

    private static Draft Repeat(string id)
    {
        var draft = new Draft();
        return draft.After(id, draft.Lines.First(l => l.StartsWith(id, StringComparison.Ordinal)));
    }

    private static Draft Empty()
    {
        var draft = new Draft();
        draft.Lines.RemoveAll(l => l[..2] is not ("IR" or "GO"));
        return draft.Total();
    }

    private static Draft Diseases(int wrong) =>
        new Draft().After("SY", [.. Enumerable.Range(0, wrong).Select(_ => Record("SY", (2, "99"), (3, "20240603"), (4, "1")))]);

    private static Draft Services(int withoutKind) =>
        new Draft().After("SI", [.. Enumerable.Range(0, withoutKind).Select(_ => Record("SI", (3, "1"), (4, "112007410"), (6, "0"), (7, "1"), (16, "1")))]);

    private static Draft EarlierTreatment(string month) =>
        new Draft().Month(month).After("HO", Record("SN", (2, "1"), (3, "01"), (7, "00")), Record("MF", (2, "00")));
}
