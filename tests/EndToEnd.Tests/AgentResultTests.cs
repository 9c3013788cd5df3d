using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Microsoft.Playwright;
using Sekisho.EndToEnd.Tests.Browser;
using Sekisho.Tests.VirtualCards;

namespace Sekisho.EndToEnd.Tests;

/// <summary>Results that are not XML, and results that take their time, through the real agent's folders.</summary>
public sealed class AgentResultTests
{
    private const int Rows = 4_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PdfWanted_ComesAsPdf_AndAsAFileThatSaysWhyWithoutConsent()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "chromium がありません。");
        await using var terminal = await AgentTerminal.Open();
        using var reader = await DemoReader.Of(terminal.Server);
        terminal.Ask("YZKsiquc01req_0.xml", Viewing(pdf: true));
        (await terminal.Once()).Expect(0);
        var refused = AgentTerminal.ShiftJis.GetString(terminal.Result("YZKsiquc01res_0.xml"));
        Assert.True(refused.Contains("EL-0503", StringComparison.Ordinal), refused);
        File.Delete(Path.Combine(terminal.ResultFolder, "YZKsiquc01res_0.xml"));

        await reader.Agree("Medicines", "Checkups");
        terminal.Sekisho.With("SEKISHO_RETRY_SECONDS", "120");
        terminal.Ask("YZKsiquc01req_1.xml", Viewing(pdf: true));
        terminal.Ask("TKKsiquc01req_1.xml", Viewing(pdf: true, months: false));
        terminal.Ask("YZKsiquc01req_2.xml", Viewing(pdf: false));
        (await terminal.Once()).Expect(0);

        Assert.Equal(["TKKsiquc01res_1.pdf", "YZKsiquc01res_1.pdf", "YZKsiquc01res_2.xml"], terminal.Results());
        Assert.Empty(terminal.Requests());
        foreach (var name in new[] { "TKKsiquc01res_1.pdf", "YZKsiquc01res_1.pdf" })
        {
            var pdf = Encoding.Latin1.GetString(terminal.Result(name));
            Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
            Assert.EndsWith("%%EOF", pdf.TrimEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LargeList_ComesAsZip_WhileTheDeskIsAnswered()
    {
        await using var terminal = await AgentTerminal.Open();
        using var agent = terminal.Start();
        terminal.Ask("OQSmuquc01req_1.xml", List());
        await terminal.Answered("OQSmuquc01res_1.xml");
        var number = XDocument.Parse(Encoding.UTF8.GetString(terminal.Result("OQSmuquc01res_1.xml")).TrimStart('\uFEFF')).Descendants("ReceptionNumber").Single().Value;
        string name;
        for (var i = 2; ; i++)
        {
            terminal.Ask($"OQSmuquc02req_{i}.xml", Encoding.UTF8.GetBytes(
                $"<XmlMsg><MessageHeader><MedicalInstitutionCode>1319000012</MedicalInstitutionCode></MessageHeader><MessageBody><ReceptionNumber>{number}</ReceptionNumber></MessageBody></XmlMsg>"));
            await AgentTerminal.Eventually(() => terminal.Results().Any(r => r.StartsWith($"OQSmuquc02res_{i}.", StringComparison.Ordinal)) && terminal.Requests().Count == 0);
            name = terminal.Results().Single(r => r.StartsWith($"OQSmuquc02res_{i}.", StringComparison.Ordinal));
            if (name.EndsWith(".zip", StringComparison.Ordinal) || i > 100)
            {
                break;
            }

            Assert.Contains("<SegmentOfResult>2<", Encoding.UTF8.GetString(terminal.Result(name)), StringComparison.Ordinal);

            // Not finished: the desk is answered meanwhile.
            terminal.Ask($"OQSsiquc01req_{i}.xml", AgentTerminal.Request("1", "窓口"));
            await terminal.Answered($"OQSsiquc01res_{i}.xml");
            await Task.Delay(500, Stop);
        }

        Assert.EndsWith(".zip", name, StringComparison.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(terminal.Result(name)));
        var entry = Assert.Single(zip.Entries);
        Assert.Matches("^OQSmuquc02res_.+\\.xml$", entry.Name);
        Assert.True(entry.Length > 1 << 20, $"{entry.Length}");
        using var xml = entry.Open();
        var document = await XDocument.LoadAsync(xml, LoadOptions.None, Stop);
        Assert.Equal(Rows.ToString(CultureInfo.InvariantCulture), document.Descendants("NumberOfProcessingResult").Single().Value);
        Assert.Equal(Enumerable.Range(1, Rows).Select(i => $"行{i}"), document.Descendants("BulkConfirmUnit").Select(u => u.Descendants("ArbitraryIdentifier").First().Value));
        (await AgentTerminal.Terminate(agent)).Expect(0);
        Assert.Empty(terminal.Requests());
    }

    [Fact]
    public async Task PersonAtTheKiosk_HoldsUpTheFaceOnly_NotTheDesk()
    {
        await using var chromium = await Chromium.Launch();
        await using var terminal = await AgentTerminal.Open();
        using var authority = new CardAuthority();
        authority.Trust(Path.Combine(terminal.Server.Folder, "card-authorities"));
        using var card = authority.Issue("1234");

        // The card lies on it to the end: it is the reader that goes first.
        await using var reader = await VirtualReader.Start();
        card.AcceptsFace = true;
        using (var clinic = new Participant(terminal.Server.Machines, terminal.Server.Demo("clinic.pfx")))
        {
            await AgentCardTests.Register(clinic, card);
        }

        await using var kiosk = await chromium.Visit(terminal.Server.People);
        await kiosk.SignIn(PagesSite.Account(terminal.Server, "nurse"));
        await kiosk.Click("受付機");
        await kiosk.Click("この画面を受付機にする");
        await kiosk.SeeHeading("カードをカードリーダーに置いてください");
        var vendor = terminal.Sekisho.PathOf("vendor.sh");
        await File.WriteAllTextAsync(vendor, "#!/bin/sh\nread asked\necho '{\"result\":\"Match\",\"statement\":\"Test Reader 1.0 match\"}'\n", Stop);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(vendor, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        terminal.Sekisho.With("PCSCLITE_CSOCK_NAME", reader.Socket);
        using var agent = terminal.Start(null, "--cards", "--face-command", vendor, "--kiosk", "1");
        await reader.Insert(card);
        await kiosk.SeeHeading("情報を見せることへの同意");
        foreach (var i in new[] { 1, 2, 3 })
        {
            terminal.Ask($"OQSsiquc01req_{i}.xml", AgentTerminal.Request("1", "窓口"));
            await terminal.Answered($"OQSsiquc01res_{i}.xml");
            Assert.Empty(AgentCardTests.Faces(terminal));
        }

        await kiosk.Page.Locator("button[value=all]").ClickAsync();
        await kiosk.Click("決定");
        await kiosk.SeeHeading("受け付けました");
        await AgentTerminal.Eventually(() => AgentCardTests.Faces(terminal).Count == 1);
        var text = await File.ReadAllTextAsync(AgentCardTests.Faces(terminal)[0], Stop);
        Assert.Contains("<PharmacistsInfoConsFlg>1<", text, StringComparison.Ordinal);
        (await AgentTerminal.Terminate(agent)).Expect(0);
    }

    /// <summary>薬剤情報 or 特定健診 of the demo card's holder.</summary>
    private static byte[] Viewing(bool pdf, bool months = true) => AgentTerminal.ShiftJis.GetBytes($"""
        <?xml version="1.0" encoding="Shift_JIS" standalone="no"?>
        <XmlMsg>
          <MessageHeader>
            <MedicalInstitutionCode>1319000012</MedicalInstitutionCode>
            <InsurerNumber>06139018</InsurerNumber>
            <InsuranceCardSymbol>１２－３</InsuranceCardSymbol>
            <InsuredPersonIdentificationNumber>77</InsuredPersonIdentificationNumber>
            <BranchNumber>01</BranchNumber>
          </MessageHeader>
          <MessageBody>{(months ? "<StartDate>202510</StartDate><EndDate>202610</EndDate>" : "")}
            <FileCategory>{(pdf ? 1 : 2)}</FileCategory>
            <PrDiInfClassification>1</PrDiInfClassification>
            <MedicalTreatmentFlag>1</MedicalTreatmentFlag>
          </MessageBody>
        </XmlMsg>
        """);

    private static byte[] List()
    {
        var rows = Enumerable.Range(1, Rows).Select(i =>
            $"<QualificationConfirmSearchInfo><InsurerNumber>06139018</InsurerNumber><InsuredCardSymbol>１２－３</InsuredCardSymbol><InsuredIdentificationNumber>{(i % 2 == 0 ? 1 : i + 1000)}</InsuredIdentificationNumber><InsuredBranchNumber>01</InsuredBranchNumber><Birthdate>19800505</Birthdate><ArbitraryIdentifier>行{i}</ArbitraryIdentifier></QualificationConfirmSearchInfo>");
        return Encoding.UTF8.GetBytes(
            $"<XmlMsg><MessageHeader><MedicalInstitutionCode>1319000012</MedicalInstitutionCode></MessageHeader><MessageBody>{string.Concat(rows)}</MessageBody></XmlMsg>");
    }
}
