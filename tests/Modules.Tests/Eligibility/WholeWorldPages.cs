using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Contracts.Papers;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;
using ConsentKind = Sekisho.Contracts.Eligibility.ConsentKind;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>The doors that people use: emergencies and their review, the doctor's pages, result files and papers, what is taken out of the audit log.</summary>
public sealed partial class WholeWorldTests
{
    private static readonly string[] _desk = ["/eligibility", "/eligibility/inbox", "/eligibility/patients", "/eligibility/settings"];

    /// <summary>Only the facility's own, each with why; by the handler and by the page.</summary>
    private static async Task Emergencies(WholeWorld world)
    {
        Assert.Contains(world.Openings, o => o.Reviewed);
        Assert.Contains(world.Openings, o => !o.Reviewed);
        foreach (var facility in new[] { 0, 2 })
        {
            var by = world.Reviewer(facility);
            var list = await world.Site.In<IEmergencies, Outcome<IReadOnlyList<EmergencySummary>>>(e => e.List(by, Ct));
            Exactly(world, [], Text(list), "emergencies");
            Assert.Equal(world.Openings.Where(o => o.Facility == facility).Select(o => (o.Id, o.Reviewed)).Order(), list.Value.Select(e => (e.Id, e.Reviewed is not null)).Order());
            using var http = world.Site.Site.Browser((await world.Site.Site.Person(world.Facilities[facility].Organisation, GovernanceRole.SystemAdministrator)).Id);
            var (_, page) = await PageForms.Get(http, "/emergencies");
            foreach (var opening in world.Openings)
            {
                var own = opening.Facility == facility;
                Assert.Equal(own, page.Contains($"{opening.Id:D}", StringComparison.Ordinal));
                var detail = await world.Site.In<IEmergencies, Outcome<EmergencyDetail>>(e => e.Read(by, opening.Id, Ct));
                var (status, read) = await PageForms.Get(http, $"/emergencies/{opening.Id:D}");
                Assert.Equal((own, own ? HttpStatusCode.OK : HttpStatusCode.NotFound), (CheckupWorld.Code(detail).Length == 0, status));
                foreach (var (door, text) in new[] { ("emergency", Text(detail)), ("page emergency", WebUtility.HtmlDecode(read)) })
                {
                    Within(world, own ? Said(world, facility).Where(s => s.Person == opening.Person) : [], text, door);
                    Assert.Equal(own ? opening.Reviewed ? 2 : 1 : 0, Seen(world, text).Count());
                }
            }
        }
    }

    /// <summary>What people of the facility wrote about an emergency.</summary>
    private static IEnumerable<Secret> Said(WholeWorld world, int facility) =>
        world.Secrets.Where(s => s.Kind is SecretKind.Emergency or SecretKind.Review && s.Owner == world.Facilities[facility].By.Organisation);

    /// <summary>The pages of whoever treats, about everybody; and those of the desk, which name nobody elsewhere.</summary>
    private static async Task Doctors(WholeWorld world)
    {
        for (var facility = 0; facility < 3; facility++)
        {
            var organisation = world.Facilities[facility].Organisation;
            var role = organisation.Kinds.Contains(OrganisationKind.Pharmacy) ? BusinessRole.Pharmacist : BusinessRole.Physician;
            using var http = world.Site.Site.Browser((await world.Site.Site.Person(new NewPerson(organisation.Id, "", "医療　一郎", role, BusinessRole.MedicalViewer))).Id);
            foreach (var (person, care) in from p in world.Registered.Order() where p < WholeWorld.Insured from c in _viewed select (p, c))
            {
                var medicines = await Sheet(world, http, "/eligibility/medicines", person, care);
                Exactly(world, Medicines(world, person, organisation.Id, care), medicines, "page medicines");
                Latest(world, Checkups(world, person, organisation.Id, care), await Sheet(world, http, "/eligibility/checkups", person, care), "page checkups");
            }

            using var clerk = world.Site.Site.Browser((await world.Site.Site.Person(organisation, BusinessRole.ReceptionClerk)).Id);
            foreach (var page in _desk)
            {
                var (status, text) = await PageForms.Get(clerk, page);
                Assert.Equal(HttpStatusCode.OK, status);
                Within(world, Enumerable.Range(0, WholeWorld.People).SelectMany(p => Shown(world, facility, p)), WebUtility.HtmlDecode(text), page);
            }
        }
    }

    private static async Task<string> Sheet(WholeWorld world, HttpClient http, string page, int person, CareForm care) =>
        WebUtility.HtmlDecode((await PageForms.Post(http, page, page, Form(world, person, care))).Text);

    private static (string, string)[] Form(WholeWorld world, int person, CareForm care) => world.CardOf(person) is var card
        ? [("Form.Insurer", card.Insurer), ("Form.Symbol", card.Symbol), ("Form.Number", card.Number), ("Form.Branch", card.Branch), ("Form.Care", care.ToString())]
        : [];

    /// <summary>A sheet of 健診 names every day, and where they were only of the last.</summary>
    private static void Latest(WholeWorld world, IEnumerable<Secret> shown, string text, string door)
    {
        var all = shown.ToList();
        Within(world, all, text, door);
        Assert.Equal(Days(all), Days(Seen(world, text)));
        Assert.Equal(all.Any(s => s.Kind == SecretKind.Place) ? 1 : 0, Seen(world, text).Count(s => s.Kind == SecretKind.Place));

        static IEnumerable<string> Days(IEnumerable<Secret> of) => of.Where(s => s.Kind == SecretKind.Checkup).Select(s => s.Text).Order(StringComparer.Ordinal);
    }

    /// <summary>YZKsiquc01 and TKKsiquc01: as XML of everybody; as paper of the telling ones, by the interface and by the page.</summary>
    private static async Task Papers(WholeWorld world)
    {
        var prints = world.Site.Site.Services.GetRequiredService<IPapers>().Printer is not null && File.Exists(PdfToText);
        for (var facility = 0; facility < 3; facility++)
        {
            var (by, code, organisation) = world.Facilities[facility];
            using var desk = await Desk.Of(world.Site.Site, organisation);
            foreach (var (person, care) in from p in world.Registered.Order() where p < WholeWorld.Insured from c in _viewed select (p, c))
            {
                var (medicines, checkups) = (Medicines(world, person, by.Organisation, care).ToList(), Checkups(world, person, by.Organisation, care).ToList());
                Exactly(world, medicines, Encoding.UTF8.GetString(await Result(desk, "YZKsiquc01req", world, code, person, care, 2)), "YZKsiquc01");

                // This message has no field for where it was.
                Exactly(world, checkups.Where(s => s.Kind == SecretKind.Checkup), Encoding.UTF8.GetString(await Result(desk, "TKKsiquc01req", world, code, person, care, 2)), "TKKsiquc01");
                if (prints && person is 1 or 2 or 3 && medicines.Count > 0 && checkups.Count > 0)
                {
                    Exactly(world, medicines, await Read(await Result(desk, "YZKsiquc01req", world, code, person, care, 1)), "PDF medicines");
                    Latest(world, checkups, await Read(await Result(desk, "TKKsiquc01req", world, code, person, care, 1)), "PDF checkups");
                }
            }
        }
    }

    private const string PdfToText = "/usr/bin/pdftotext";

    private static async Task<byte[]> Result(Desk desk, string message, WholeWorld world, string code, int person, CareForm care, int category)
    {
        var card = world.CardOf(person);
        var months = message.StartsWith("YZK", StringComparison.Ordinal) ? "<StartDate>202601</StartDate><EndDate>202610</EndDate>" : "";
        return (await desk.Exchange($"{message}_1.xml", Encoding.UTF8.GetBytes(
            $"""
            <?xml version="1.0" encoding="UTF-8" standalone="no"?>
            <XmlMsg><MessageHeader><MedicalInstitutionCode>{code}</MedicalInstitutionCode><InsurerNumber>{card.Insurer}</InsurerNumber>
            <InsuranceCardSymbol>{card.Symbol}</InsuranceCardSymbol><InsuredPersonIdentificationNumber>{card.Number}</InsuredPersonIdentificationNumber>
            <BranchNumber>{card.Branch}</BranchNumber><ArbitraryFileIdentifier>1</ArbitraryFileIdentifier></MessageHeader>
            <MessageBody>{months}<FileCategory>{category}</FileCategory><PrDiInfClassification>1</PrDiInfClassification><MedicalTreatmentFlag>{(int)care}</MedicalTreatmentFlag></MessageBody></XmlMsg>
            """))).Bytes;
    }

    /// <summary>What stands on a paper, without its line breaks.</summary>
    private static async Task<string> Read(byte[] pdf)
    {
        Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8), Encoding.UTF8.GetString(pdf));
        var file = Path.Combine(Path.GetTempPath(), $"sekisho-{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf, Ct);
        try
        {
            using var reader = Process.Start(new ProcessStartInfo(PdfToText, [file, "-"]) { RedirectStandardOutput = true })!;
            var text = await reader.StandardOutput.ReadToEndAsync(Ct);
            await reader.WaitForExitAsync(Ct);
            return string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>監査ログ taken out by whoever audits each organisation: nothing about anybody but why its own people opened something.</summary>
    private static async Task Exports(WholeWorld world)
    {
        var organisations = world.Facilities.Select(f => f.By).Concat(world.Registrars).ToList();
        for (var i = 0; i < organisations.Count; i++)
        {
            var by = organisations[i] with { Person = world.Site.Office.Person, Device = null, Permissions = new HashSet<Permission> { Permission.ExportAudit, Permission.ReadAudit } };
            var export = (await world.Site.In<IAuditLog, Outcome<AuditExport>>(a => a.Export(by, new AuditQuery { Reason = Why }, Ct))).Value;
            using var zip = new ZipArchive(export.Content);
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                Within(world, i < 3 ? Said(world, i).Where(s => s.Kind == SecretKind.Emergency) : [], await reader.ReadToEndAsync(Ct), $"export {entry.Name} of {i}");
            }
        }
    }

    /// <summary>Nothing but these, and not necessarily all of them.</summary>
    private static void Within(WholeWorld world, IEnumerable<Secret> allowed, string text, string door) => Exactly(world, Seen(world, text).Intersect(allowed), text, door);
}
