using System.Text;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>Every rule about a file: one file that breaks only it. The untouched file breaks none.</summary>
public sealed class CheckupFaultTests
{
    private const string Systolic = "9A755000000000001";

    private static readonly string[] Minimum =
    [
        "9N001000000000001=165.2", "9N006000000000001=62.4", "9N011000000000001=22.9", "9N016160100000001=81.5", "9N056000000000011=2", "9N061000000000011=2", "9N066000000000011=2",
        Systolic + "=124", "9A765000000000001=78", "9N141000000000011=2", "3F015000002327101=98", "3F070000002327101=61", "3F077000002327101=112", "3B035000002327201=22",
        "3B045000002327201=19", "3B090000002327101=28", "3D010000002227101=92", "1A020000000191111=1", "1A010000000191111=1", "9N501000000000011=3", "9N506000000000011=3",
        "9N511000000000049=異常なし（架空）", "9N701000000000011=2", "9N706000000000011=2", "9N711000000000011=2", "9N736000000000011=3", "3C020000002327101=5.1",
    ];

    private static readonly CheckupDocument Clean = Whole();

    public static TheoryData<string, string, string> Texts() => new()
    {
        // Rule, what is replaced in the XML, by what.
        { "EH-0101", "</section>", "</sectio>" },
        { "EH-0102", "<ClinicalDocument", "<!DOCTYPE a><ClinicalDocument" },
        { "EH-0103", "<text />", string.Concat(Enumerable.Repeat("<text>", 100)) + string.Concat(Enumerable.Repeat("</text>", 100)) },
        { "EH-0104", "encoding=\"utf-8\"", "encoding=\"Shift_JIS\"" },
        { "EH-0105", "urn:hl7-org:v3\"", "urn:hl7-org:v2\"" },
        { "EH-0107", "structuredBody", "structuredBody2" },
        { "EH-0201", "extension=\"06139999\" root=\"1.2.392.200119.6.101\"", "extension=\"0613999X\" root=\"1.2.392.200119.6.101\"" },
        { "EH-0202", "root=\"1.2.392.200119.6.205\"", "root=\"1.2.392.200119.6.9\"" },
        { "EH-0203", "extension=\"01\" root", "extension=\"1\" root" },
        { "EH-0204", "administrativeGenderCode code=\"2\"", "administrativeGenderCode code=\"9\"" },
        { "EH-0205", "birthTime value=\"19700401\"", "birthTime value=\"19700431\"" },
        { "EH-0206", "<effectiveTime value=\"20240527\" />\n      <performer", "<effectiveTime value=\"2024\" />\n      <performer" },
        { "EH-0207", "birthTime value=\"19700401\"", "birthTime value=\"20700401\"" },
        { "EH-0208", "<id extension=\"1319999999\" root=\"1.2.392.200119.6.102\" />\n            <name>", "<id extension=\"131999999\" root=\"1.2.392.200119.6.102\" />\n            <name>" },
        { "EH-0209", "24000000001", "2400000001" },
        { "EH-0210", "<high value=\"20250331\" />", "<high value=\"20240526\" />" },
        { "EH-0211", "birthTime value=\"19700401\"", "birthTime value=\"19900401\"" },
        { "EH-0212", "20240527", "20240331" },
        { "EH-0213", "code=\"010\"", "code=\"011\"" },
        { "EH-0214", "POCD_HD000040", "POCD_HD000041" },
        { "EH-0215", "<name>見本　花子</name>", "<name></name>" },
        { "EH-0216", "20240527", "20250601" },
        { "EH-0217", "<postalCode>000-0001", "<postalCode>0000-001" },
        { "EH-0218", "extension=\"架９\"", "extension=\"架架架架架架架架架架架架架架架架架架架架架\"" },
        { "EH-0219", "<effectiveTime value=\"20240527\" />\n  <conf", "<effectiveTime value=\"\" />\n  <conf" },
        { "EH-0318", "xsi:type=\"CO\" code=\"1\"", "xsi:type=\"BL\" code=\"1\"" },
    };

    public static TheoryData<string, string, string, string> Values() => new()
    {
        // Rule, item, member, new value.
        { "EH-0303", "9N701000000000011", nameof(CheckupResult.Type), "CO" },
        { "EH-0302", "9N501000000000011", nameof(CheckupResult.Type), "ST" },
        { "EH-0304", Systolic, nameof(CheckupResult.Value), "1240" },
        { "EH-0304", Systolic, nameof(CheckupResult.Value), "百" },
        { "EH-0304", Systolic, nameof(CheckupResult.Value), "-12" },
        { "EH-0305", Systolic, nameof(CheckupResult.Value), "124.5" },
        { "", Systolic, nameof(CheckupResult.Value), "124.0" },
        { "EH-0306", Systolic, nameof(CheckupResult.Unit), "kPa" },
        { "EH-0306", Systolic, nameof(CheckupResult.Unit), "" },
        { "EH-0307", Systolic, nameof(CheckupResult.Unit), "mmHg" },
        { "EH-0308", "9N701000000000011", nameof(CheckupResult.CodeSystem), "1.2.392.200119.6.2004" },
        { "EH-0309", "9N701000000000011", nameof(CheckupResult.Value), "3" },
        { "EH-0310", "9N511000000000049", nameof(CheckupResult.Value), "長" },
        { "EH-0311", Systolic, nameof(CheckupResult.Value), "" },
        { "EH-0313", Systolic, nameof(CheckupResult.Method), "9A75200000" },
        { "EH-0314", Systolic, nameof(CheckupResult.Interpretation), "X" },
        { "EH-0315", Systolic, nameof(CheckupResult.Low), "200" },
        { "EH-0316", Systolic, nameof(CheckupResult.Interpretation), "H" },
        { "EH-0401", "9N701000000000011", "-", "" },
        { "EH-0402", Systolic, "-", "" },
        { "EH-0404", "9N056000000000011", nameof(CheckupResult.Value), "1" },
        { "EH-0407", "9N141000000000011", nameof(CheckupResult.Value), "3" },
        { "EH-0411", "9N511000000000049", nameof(CheckupResult.Doctor), "" },
        { "EH-0412", "9N001000000000001", nameof(CheckupResult.State), "" },
        { "EH-0413", "9N011000000000001", nameof(CheckupResult.Value), "24.0" },
        { "EH-0301", "3C020000002327101", "Code", "3C0200000023271" },
    };

    public static TheoryData<string, string, string> Additions() => new()
    {
        // Rule, item that comes too, its value.
        { "EH-0312", Systolic, "124" },
        { "EH-0317", "9N211161100000049", "20240230" },
        { "EH-0403", "3F077000002399901", "112" },
        { "EH-0405", "9F130160700000011", "1" },
        { "EH-0406", "9F130160800000049", "架空の所見" },
        { "EH-0408", "2A020161001930149", "架空の理由" },
        { "EH-0409", "9E100161600000011", "1" },
        { "", "9E100161600000011", "0" },
        { "", "ZZ999000000000001", "1" },
        { "", "9F130160700000011", "2" },
    };

    [Fact]
    public void CleanResult_HasNoFindings() => Assert.Empty(Findings(Clean));

    [Theory, MemberData(nameof(Texts))]
    public void Text_ThatBreaksOneRule_IsFoundAsThatRule(string rule, string old, string replaced)
    {
        var text = Encoding.UTF8.GetString(CheckupWriter.Write(Clean));
        Assert.Contains(old, text, StringComparison.Ordinal);
        var broken = Encoding.UTF8.GetBytes(text.Replace(old, replaced, StringComparison.Ordinal));
        var findings = CheckupDocuments.Read(broken, CheckupReading.Default with { Received = new DateOnly(2025, 3, 31) }, "h").Findings;
        Assert.Equal([rule], findings.Numbers().Distinct().Where(n => n is not "EH-0210" || rule == n));
        Assert.All(findings, f => Assert.EndsWith(f.Rule.Remedy, f.Message, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Values))]
    public void Value_ThatBreaksOneRule_IsFoundAsThatRule(string rule, string code, string member, string value)
    {
        var results = Clean.Results.ToList();
        var at = results.FindIndex(r => r.Code == code);
        if (member == "-")
        {
            results.RemoveAt(at);
        }
        else
        {
            results[at] = With(results[at], member, value);
        }

        Assert.Equal(rule.Length > 0 ? [rule] : [], Findings(Clean with { Results = [.. results] }).Distinct());
    }

    [Theory, MemberData(nameof(Additions))]
    public void Addition_ThatBreaksOneRule_IsFoundAsThatRule(string rule, string code, string value)
    {
        var item = CheckupItemTable.Default.Find(code);
        var more = new CheckupResult(code, "架空の項目", item?.Type ?? CheckupType.PQ, value) { Unit = item?.Ucum ?? "", CodeSystem = item?.CodeSystem ?? "" };
        Assert.Equal(rule.Length > 0 ? [rule] : [], Findings(Clean with { Results = Clean.Results.Add(more) }));
    }

    [Fact]
    public void Filtration_MissingBesideCreatinineOfDetails_IsFound()
    {
        var results = Clean.Results.Add(new CheckupResult("3C015000002327101", "", CheckupType.PQ, "0.80") { Unit = "mg/dL" })
            .Add(new CheckupResult("3C015161602399911", "", CheckupType.CD, "1") { CodeSystem = "1.2.392.200119.6.18110" })
            .Add(new CheckupResult("3C015161002399949", "", CheckupType.ST, "架空"));
        Assert.Equal(["EH-0410"], Findings(Clean with { Results = results }));
    }

    [Fact]
    public void Urine_NotGivenWithAReason_IsOnlyANotice()
    {
        var results = Clean.Results.RemoveAll(r => r.Code.StartsWith("1A", StringComparison.Ordinal));
        Assert.Equal(["EH-0402", "EH-0402"], Findings(Clean with { Results = results }));
        results = results.Add(new CheckupResult("9N512000000000011", "", CheckupType.CD, "1") { CodeSystem = "1.2.392.200119.6.24080" });
        Assert.Equal(["EH-0412", "EH-0412"], Findings(Clean with { Results = results }));
    }

    [Theory, InlineData("22.9", "EH-0402"), InlineData("19.9", "EH-0412")]
    public void Waist_LeftOut_IsANoticeForTheSlim(string index, string rule)
    {
        var results = Clean.Results.RemoveAll(r => r.Code.StartsWith("9N016", StringComparison.Ordinal) || r.Code == "9N006000000000001");
        var slim = results.Select(r => r.Code == "9N011000000000001" ? r with { Value = index } : r)
            .Append(new CheckupResult("9N006000000000001", "", CheckupType.PQ, index == "19.9" ? "54.3" : "62.4") { Unit = "kg" });
        Assert.Equal([rule], Findings(Clean with { Results = [.. slim] }));
    }

    public static TheoryData<string, byte[]> Hostile() => new()
    {
        { "EH-0102", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><ClinicalDocument>&b;</ClinicalDocument>"u8.ToArray() },
        { "EH-0102", "<!DOCTYPE a SYSTEM \"file:///etc/hostname\"><ClinicalDocument/>"u8.ToArray() },
        { "EH-0101", "<ClinicalDocument>&other;</ClinicalDocument>"u8.ToArray() },
        { "EH-0101", [] },
        { "EH-0104", Encoding.BigEndianUnicode.GetBytes("\uFEFF<ClinicalDocument/>") },
        { "EH-0104", [.. "<ClinicalDocument>"u8, 0xE9, 0xFF, .. "</ClinicalDocument>"u8] },
        { "EH-0103", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 100_000))) },
        { "EH-0103", Encoding.UTF8.GetBytes($"<a>{string.Concat(Enumerable.Repeat("<b/>", 200_000))}</a>") },
        { "EH-0103", Encoding.UTF8.GetBytes($"<a {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=\"\" "))}/>") },
        { "EH-0105", [.. Encoding.UTF8.Preamble, .. "<a>x</a>"u8] },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void HostileXml_IsOneFinding(string rule, byte[] bytes)
    {
        Assert.Equal([rule], CheckupDocuments.Read(bytes, CheckupReading.Default, "h").Findings.Numbers());
        Assert.Equal([rule], CheckupDocuments.ReadClaim(bytes, CheckupReading.Default, "c").Findings.Numbers());
    }

    // Pieces are joined once at the end, not one by one.
    [Fact]
    public void TextInManyPieces_IsReadInTime()
    {
        var text = Encoding.UTF8.GetString(CheckupWriter.Write(Clean));
        var pieces = string.Concat(Enumerable.Repeat("<![CDATA[あ]]>", 120_000));
        var bytes = Encoding.UTF8.GetBytes(text.Replace("異常なし（架空）", pieces, StringComparison.Ordinal));
        Assert.Equal(["EH-0310"], CheckupDocuments.Read(bytes, CheckupReading.Default, "h").Findings.Numbers());
    }

    [Fact]
    public void RequiredItems_OfAnotherProgramme_AreNotAskedFor() =>
        Assert.Empty(Findings(Clean with { Program = "030", Results = [Clean.Results[0]] }));

    private static string[] Findings(CheckupDocument document) =>
        CheckupDocuments.Read(CheckupWriter.Write(document), CheckupReading.Default, "h").Findings.Numbers();

    private static CheckupResult With(CheckupResult result, string member, string value) => member switch
    {
        nameof(CheckupResult.Type) when value == "ST" => result with { Type = CheckupType.ST },
        nameof(CheckupResult.Type) => result with { Type = CheckupType.CO },
        nameof(CheckupResult.Value) => result with { Value = value == "長" ? new string('長', 257) : value },
        nameof(CheckupResult.Unit) => result with { Unit = value },
        nameof(CheckupResult.CodeSystem) => result with { CodeSystem = value },
        nameof(CheckupResult.Method) => result with { Method = value },
        nameof(CheckupResult.Interpretation) => result with { Interpretation = value },
        nameof(CheckupResult.Low) => result with { Low = value },
        nameof(CheckupResult.Doctor) => result with { Doctor = value },
        nameof(CheckupResult.State) => result with { State = CheckupState.Impossible },
        _ => result with { Code = value },
    };

    // One person with nothing but what must be there, and one item more.
    private static CheckupDocument Whole()
    {
        var visit = CheckupPeople.Visit(1, 1, 2024);
        return visit with
        {
            Person = visit.Person with { Symbol = "架９", Branch = "01", Name = "見本　花子", Gender = "2", BirthDate = new DateOnly(1970, 4, 1), PostalCode = "000-0001" },
            Day = new DateOnly(2024, 5, 27),
            Written = new DateOnly(2024, 5, 27),
            Ticket = new CheckupTicket("1", "24000000001", new DateOnly(2025, 3, 31), "06139999"),
            Results = [.. Minimum.Select(Result)],
        };
    }

    private static CheckupResult Result(string text)
    {
        var parts = text.Split('=');
        var item = CheckupItemTable.Default.Find(parts[0])!;
        var judged = item.Code == Systolic;
        return new CheckupResult(item.Code, item.Name, item.Type, parts[1])
        {
            Unit = item.Ucum,
            CodeSystem = item.CodeSystem,
            Method = item.MethodCode,
            Interpretation = judged ? "N" : "",
            Low = judged ? "60" : "",
            High = judged ? "139" : "",
            Doctor = item.AuthorItem.Length > 0 ? "見本　医師" : "",
        };
    }
}
