using System.Net;
using System.Net.Http.Json;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.TicketWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>医療扶助: what a 福祉事務所 registers, and what desks are told.</summary>
public sealed class TicketTests
{
    private const string Header =
        "登録ID,区分,公費負担者番号,受給者番号,生年月日,券別,診療年月,有効開始年月日,有効終了年月日,交付番号,指定医療機関コード,診療別,本人支払額,傷病名1,備考1\r\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Aid_IsValidWithTheFacilitysTicketOnly_InItsMonthOnly(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var aid = await world.Has(Aid("S1"));
        var ask = EligibilityWorld.Ask(aid);
        Assert.Equal((6, "有効（未登録）", "A1"), Told(await world.World.Answer(ask)));
        var ticket = await world.Has(Ticket("T1", aid));
        var answer = await world.World.Answer(ask);
        Assert.Equal((1, "有効", "A1"), Told(answer));
        var shown = Assert.Single(answer.Tickets);
        Assert.True(shown.IsDesignated);
        Assert.Equal((ticket.Ticket!.Issue, "かぜ症候群（架空）", 1200), (shown.Ticket.Issue, shown.Ticket.Injuries[0], shown.Ticket.SelfPay));

        // Another facility learns nothing of it; another month has its own.
        var elsewhere = await world.World.Answer(ask, world.World.Pharmacy);
        Assert.Equal((6, 0), (elsewhere.Code, elsewhere.Tickets.Count));
        Assert.Equal(6, (await world.World.Answer(ask with { On = EligibilityWorld.Day.AddMonths(-1) })).Code);

        // Lost is lost, whatever tickets there are.
        await world.World.Register(EligibilityWorld.With(aid, c => c with { Lost = new(2026, 10, 2), LossReason = "99" }), world.Office);
        var lost = await world.World.Answer(ask);
        Assert.Equal((2, 0), (lost.Code, lost.Tickets.Count));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ResultFile_CarriesEveryItemOfTheTicket_AndWhetherItNamesTheAskingCode(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var aid = await world.Has(Aid("S1"));
        await world.Has(Ticket("T1", aid));
        using var desk = await Desk.Of(world.World.Site, world.World.ClinicOrganisation);
        var (_, bytes) = await desk.Exchange("OQSsiquc01req_000000000001.xml", MessageTests.Request(aid));
        var body = OqsReader.Read(bytes, OqsShapes.Get("OQSsiquc01res")).Message!.ReadBody<QualificationResult>();
        var result = Assert.Single(body.ResultList);
        Assert.Equal((QualificationValidity.有効, InsuredCardClassification.医療扶助, Number), (body.QualificationValidity, result.InsuredCardClassification, result.InsurerNumber));
        var info = Assert.Single(result.PublicExpenseResultList);
        Assert.Equal(
            new MedicalTicketInfo
            {
                TicketType = TicketType.医療券,
                MedicalTicketValidDate = Month.FirstDay,
                MedicalTicketExpirationDate = Month.LastDay,
                IssueNumber = "00012",
                MedicalTreatmentMonth = Month,
                DesignatedMedicalInstitutionCode = Clinic,
                DesignatedMedicalInstitutionFlag = "0",
                DesignatedMedicalInstitutionName = "かくう医院",
                InjuryName1 = "かぜ症候群（架空）",
                InjuryName2 = "高血圧症（架空）",
                MedicalTreatmentType = TicketTreatment.入院外,
                SelfPayAmount = 1200,
                DistrictContactName = "地区　太郎",
                HandlingContactName = "取扱　花子",
                SingleOrCombinedUse = "01",
                StatusOfSocialInsurance = "02",
                StatusOfInfecton = "02",
                StatusOfElderlyMedicalCare = "02",
                StatusOfPrefecturalExpenses = "02",
                Remarks1 = "架空の券",
            },
            info);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Commissioned_InFourSteps_AreEverybodyWithATicketOfTheMonth_AndNobodyElses(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var (one, two) = (await world.Has(Aid("S1")), await world.Has(Aid("S2", "2345678", until: "2026-10-10")));
        await world.Has(Ticket("T1", one));
        await world.Register(Ticket("T2", two));
        await world.Has(With(Ticket("T3", one), t => t with { Month = Month.Add(-1), From = Month.Add(-1).FirstDay, Until = Month.Add(-1).LastDay }));
        await world.Has(Ticket("T4", one, Pharmacy));
        using var desk = await Desk.Of(world.World.Site, world.World.ClinicOrganisation);
        var body = new QualificationRequest { QualificationConfirmSearchInfo = new QualificationConfirmSearchInfo { MedicalTreatmentMonth = Month } };
        var result = await desk.Bulk("OQSmutic", OqsDesk.Write("OQSmutic01req", body));
        var units = OqsReader.Read(Encoding.UTF8.GetBytes(result.ToString()), OqsShapes.Get("OQSmutic02res")).Message!.ReadBody<Formats.Eligibility.Views.BulkResult>().BulkConfirmUnit;
        Assert.Equal(["1234567", "2345678"], units.Select(u => u.QualificationConfirmSearchInfo!.InsuredIdentificationNumber).Order());
        Assert.Equal([QualificationValidity.有効, QualificationValidity.無効], units.OrderBy(u => u.QualificationConfirmSearchInfo!.InsuredIdentificationNumber).Select(u => u.QualificationValidity!.Value));
        var ticket = Assert.Single(Assert.Single(units, u => u.QualificationValidity == QualificationValidity.有効).Results.Single().PublicExpenseResultList);
        Assert.Equal((Month, Clinic, "0"), (ticket.MedicalTreatmentMonth!.Value, ticket.DesignatedMedicalInstitutionCode, ticket.DesignatedMedicalInstitutionFlag));
        Assert.Equal(2, (await world.World.Site.Audited(AuditKind.EligibilityInquired)).Count);

        var taken = await desk.Ask("/eligibility/aid-inquiries", new AidQuestion { Month = Month });
        var found = await BulkJsonTests.Fetch<InquiryAnswer>(desk, "/eligibility/aid-inquiries/result", taken.GetProperty("number").GetString()!);
        Assert.Equal(units.Select(u => ((int)u.QualificationValidity!.Value, u.ResultList.Count)), found.Answers.Select(a => (a.Code, a.Coverage is null ? 0 : 1)));
        Assert.Single(Assert.Single(found.Answers, a => a.Code == 1).Tickets);
        await desk.Refused("/eligibility/aid-inquiries", new AidQuestion(), "EL-0709");
        await desk.Refused("/eligibility/aid-inquiries", new AidQuestion { Month = Month, Institution = Pharmacy }, "EL-0401");
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task FlagOfTheTicket_SaysWhetherItNamesTheCodeThatAsks(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var aid = await world.Has(Aid("S1"));
        var site = world.World.Site;
        var both = await site.Organisation(
            "かくう病院", OrganisationKind.MedicalInstitution,
            new OrganisationCode(CodeSystem.Institution, "1318888881"), new OrganisationCode(CodeSystem.Institution, "1338888882"));
        await world.Has(With(Ticket("T1", aid, "1338888882"), t => t with { Treatment = "03" }));
        var by = EligibilityWorld.As(both, Permission.InquireEligibility);
        foreach (var (institution, named) in new[] { ("1338888882", true), ("1318888881", false), ("", true) })
        {
            var answer = await world.World.Answer(EligibilityWorld.Ask(aid) with { Institution = institution }, by);
            Assert.Equal((1, named), (answer.Code, Assert.Single(answer.Tickets).IsDesignated));
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task CorrectionAndWithdrawal_KeepWhatWasKnownWhen(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var aid = await world.Has(Aid("S1"));
        var ticket = await world.Has(Ticket("T1", aid));
        Assert.Equal(EntryResult.Same, (await world.Register(ticket)).Result);
        Assert.Equal(EntryResult.Changed, (await world.Register(With(ticket, t => t with { SelfPay = 0 }))).Result);
        Assert.Equal(EntryResult.Withdrawn, (await world.Register(new TicketEntry { Id = "T1", Act = EntryAct.Withdraw })).Result);
        Assert.Equal("EL-0212", Codes(await world.Register(new TicketEntry { Id = "T1", Act = EntryAct.Withdraw })));
        Assert.Equal(6, (await world.World.Answer(EligibilityWorld.Ask(aid))).Code);

        var versions = await world.Find(new TicketQuery { Recipient = ticket.Recipient });
        Assert.Equal([1200, 0], versions.Select(v => v.Ticket.SelfPay));
        Assert.Equal(versions[0].KnownUntil, versions[1].KnownFrom);
        Assert.NotNull(versions[1].KnownUntil);
        Assert.Equal(1200, Assert.Single(await world.Find(new TicketQuery { Id = "T1", AsOf = versions[0].KnownFrom })).Ticket.SelfPay);
        Assert.Empty(await world.Find(new TicketQuery { Id = "T1", AsOf = versions[1].KnownUntil }));

        // Another office has nothing of it, and may not register for this one.
        var other = await world.World.Site.Organisation("別の福祉事務所", OrganisationKind.WelfareOffice, new OrganisationCode(CodeSystem.PublicPayer, "12139983"));
        var by = EligibilityWorld.As(other, Permission.RegisterTickets);
        Assert.Empty(await world.Find(new TicketQuery { Recipient = ticket.Recipient }, by));
        Assert.Equal("EL-0702", Codes((await world.World.In<ITicketRegistration, Outcome<EntryReport>>(t => t.Register(by, ticket, Ct))).Value));
        Assert.Equal("EL-0701", (await world.World.In<ITicketRegistration, Outcome<EntryReport>>(t => t.Register(world.World.Insurer, ticket, Ct))).Refusal.Code);
    }

    [Fact]
    public async Task Row_ThatIsWrongOrWorthALook_IsSaidByFieldAndCode()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var aid = await world.Has(Aid("S1", from: "2026-10-05"));
        var right = With(Ticket("T1", aid), t => t with { From = new(2026, 10, 5) });
        async Task Says(string expected, TicketEntry entry) =>
            Assert.Equal(expected, string.Join(' ', (await world.Register(entry)).Problems.Select(p => $"{p.Field} {p.Code}{(p.Refused ? "!" : "")}")));

        await Says("受給者番号 EL-0703!", right with { Recipient = right.Recipient! with { Number = "7654321" } });
        await Says("公費負担者番号 EL-0702!", right with { Recipient = right.Recipient with { Insurer = "12139983" } });
        await Says("受給者番号 EL-0211!", right with { Recipient = right.Recipient with { Number = "12" } });
        await Says("診療年月 EL-0704!", With(right, t => t with { Until = new(2026, 11, 1) }));
        await Says("有効終了年月日 EL-0208!", With(right, t => t with { Until = new(2026, 10, 4) }));
        await Says("診療別 EL-0705!", With(right, t => t with { Kind = "02" }));
        await Says("券別 EL-0203!", With(right, t => t with { Kind = "03" }));
        await Says("指定医療機関コード EL-0211!", With(right, t => t with { Institution = "123" }));
        await Says("交付番号 EL-0201! 単独・併用別 EL-0203!", With(right, t => t with { Issue = "", Use = "9" }));
        await Says("傷病名 EL-0202!", With(right, t => t with { Injuries = ["1", "2", "3", "4"] }));
        await Says("有効開始年月日 EL-0706 指定医療機関コード EL-0708", With(right with { Id = "T0" }, t => t with { From = new(2026, 10, 1), Institution = "1311111111" }));
        await Says("", right);
        await Says("交付番号 EL-0707", right with { Id = "T2" });
        await Says(" EL-0201!", new TicketEntry { Id = "T3" });
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task File_RegistersOrReportsEachRow_AndMayCarryTheIdOfACoverageFile(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await world.Has(Aid("S1"));
        var text = Header + Row("1") + Row("2", "9999999") + "3,壊れた行\r\n" + Row("4").Replace("202610,", "2026-10,", StringComparison.Ordinal);
        var encodings = new[] { new UTF8Encoding(true), CodePagesEncodingProvider.Instance.GetEncoding(932)! };
        for (var i = 0; i < encodings.Length; i++)
        {
            var report = (await Take(world, $"f{i}", CoverageFileForm.Csv, [.. encodings[i].GetPreamble(), .. encodings[i].GetBytes(text)])).Value;
            Assert.Equal(($"f{i}", true, 4L, 3L, i == 0 ? 1L : 0L), (report.File, report.Complete, report.Rows, report.Refused, report.Created));
            Assert.Equal(["3 受給者番号 EL-0703", "4  EL-0219", "5 診療年月 EL-0211"], report.Problems.Select(p => $"{p.Line} {p.Field} {p.Code}"));
        }

        Assert.Equal("EL-0113", (await Take(world, "f0", CoverageFileForm.Csv, Encoding.UTF8.GetBytes(Header + Row("9")))).Refusal.Code);
        var coverages = (await world.World.In<ICoverageRegistration, Outcome<CoverageFileReport>>(r => r.TakeFile(
            world.Office, "f0", CoverageFileForm.JsonLines, new MemoryStream(Encoding.UTF8.GetBytes("{}")), Ct))).Value;
        Assert.Equal((1L, 1L), (coverages.Rows, coverages.Refused));
        Assert.Equal("EL-0114", (await Take(world, "g", CoverageFileForm.Csv, "登録ID\r\n"u8.ToArray())).Refusal.Code);

        var lines = """{"id":"1","act":"Withdraw"}""" + "\n{\"id\":null}\n";
        var withdrawn = (await Take(world, "h", CoverageFileForm.JsonLines, Encoding.UTF8.GetBytes(lines))).Value;
        Assert.Equal((1L, 1L), (withdrawn.Withdrawn, withdrawn.Refused));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task OverTheMachinePort_OnlyTheOfficesDeviceRegisters_AndItIsRecordedWithWhose(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var office = await world.World.Site.Client(world.OfficeOrganisation);
        using var insurer = await world.World.Site.Client(world.World.First);
        var aid = Aid("S1");
        Assert.Equal(EntryResult.Created, (await EligibilityWorld.Read<EntryReport>(await office.PostAsJsonAsync("/eligibility/coverages", aid, SiteJson.Options, Ct))).Result);
        var ticket = Ticket("T1", aid);
        Assert.Equal(EntryResult.Created, (await EligibilityWorld.Read<EntryReport>(await office.PostAsJsonAsync("/eligibility/tickets", ticket, SiteJson.Options, Ct))).Result);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.PostAsJsonAsync("/eligibility/tickets", ticket with { Id = "" }, SiteJson.Options, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await insurer.PostAsJsonAsync("/eligibility/tickets", ticket, SiteJson.Options, Ct)).StatusCode);
        var found = await EligibilityWorld.Read<List<TicketVersion>>(await office.PostAsJsonAsync("/eligibility/tickets/search", new TicketQuery { Id = "T1" }, SiteJson.Options, Ct));
        Assert.Equal("1234567", Assert.Single(found).Recipient.Number);
        Assert.EndsWith(": Created", (await world.World.Site.Audited(AuditKind.TicketRegistered))[0], StringComparison.Ordinal);
        Assert.Equal("by id: 1", Assert.Single(await world.World.Site.Audited(AuditKind.TicketRead)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ProtectedPerson_IsShownWithoutPrescriberAndDistrict(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var aid = await world.Has(Aid("S1"));
        await world.Has(Ticket("T1", aid, Pharmacy));
        var seen = Assert.Single((await world.World.Answer(EligibilityWorld.Ask(aid), world.World.Pharmacy)).Tickets).Ticket;
        Assert.Equal((Clinic, "地区　太郎"), (seen.Prescriber, seen.DistrictContact));
        var subject = new DataSubject { Insurer = Number, Number = aid.Coverage!.Number, Birth = "19800505" };
        Assert.True((await world.World.Protect(subject)).Succeeded(out _, out _));
        var answer = await world.World.Answer(EligibilityWorld.Ask(aid), world.World.Pharmacy);
        var kept = Assert.Single(answer.Tickets).Ticket;
        Assert.Equal(("", "", "", ""), (kept.Prescriber, kept.PrescriberName, kept.DistrictContact, answer.Coverage!.Address));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Aid_IsNobodysInsurance_WhenAClaimIsTransferred(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var insured = await world.World.Has(EligibilityWorld.Entry("I1", until: "2026-10-11"));
        var aid = await world.Has(EligibilityWorld.With(Aid("S1"), c => c with { Kana = "セキショ I1" }));
        await MatchTests.Link(world.World);
        var days = await world.World.In<IEligibility, IReadOnlyList<ResponsibleDay>>(e => e.Responsible(EligibilityWorld.Ask(insured).Card, [new(2026, 10, 10), new(2026, 10, 11)], null, Ct));
        Assert.Equal([DayStanding.Covered, DayStanding.NotCovered], days.Select(d => d.Standing));

        // By 券面 the lost card is told that there is another, never what.
        var lost = await world.World.Answer(EligibilityWorld.Ask(insured));
        Assert.Equal((3, "01", 0), (lost.Code, lost.Coverage!.CardKind, lost.Tickets.Count));
        Assert.Equal(6, (await world.World.Answer(EligibilityWorld.Ask(aid))).Code);
    }

    [Fact]
    public async Task Document_NamesEveryColumn_AndWhichAreRequired()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Sekisho.slnx")))
        {
            root = root.Parent!;
        }

        var items = (await File.ReadAllLinesAsync(Path.Combine(root.FullName, "docs/protocol/ticket-file.md"), Ct))
            .SkipWhile(l => !l.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.Length > 0).Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.Equal(30, items.Count);
        Assert.Equal((true, 0L), (await Head(items.Select(i => i[1]))) is var all ? (all.Value.Complete, all.Value.Rows) : default);
        Assert.True((await Head(items.Where(i => i[2] == "○").Select(i => i[1]))).Succeeded(out _, out _));
        foreach (var left in items.Where(i => i[2] == "○"))
        {
            Assert.Equal("EL-0114", (await Head(items.Where(i => i != left).Select(i => i[1]))).Refusal.Code);
        }

        Task<Outcome<CoverageFileReport>> Head(IEnumerable<string> columns) =>
            Take(world, Guid.NewGuid().ToString("N"), CoverageFileForm.Csv, Encoding.UTF8.GetBytes(string.Join(',', columns) + "\r\n"));
    }

    private static (int, string, string?) Told(InquiryAnswer answer) => (answer.Code, answer.Text, answer.Coverage?.CardKind);

    private static string Row(string id, string number = "1234567") =>
        $"{id},,{Number},{number},1980-05-05,01,202610,20261001,20261031,000{id},{Clinic},02,500,架空病,\"備考, あり\"\r\n";

    private static Task<Outcome<CoverageFileReport>> Take(TicketWorld world, string file, CoverageFileForm form, byte[] content) =>
        world.World.In<ITicketRegistration, Outcome<CoverageFileReport>>(r => r.TakeFile(world.Office, file, form, new MemoryStream(content), Ct));
}
