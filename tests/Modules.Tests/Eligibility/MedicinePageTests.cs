using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Contracts.Papers;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Medicines;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>/eligibility/medicines as a doctor uses it: nothing personal in an address, names from the site's masters, what overlaps above all.</summary>
public sealed partial class MedicinePageTests
{
    private const string Page = "/eligibility/medicines";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Doctor_SeesMedicinesByName_WithOverlapsFirst_AndOnlyWithTheRoles(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(With(Entry("A1"), c => c with { Name = "架空　花子", Kana = "カクウ ハナコ" }));
        await LoadMasters(world);
        await Bring(world, entry, 1, "1310101017", "関所診療所", 8, Drug("699900001", 21, 20, 28, 1), Drug("699900003", 23, 20, 1, 2));
        await Bring(world, entry, 2, "1310202021", "隣の診療所", 9, Drug("699900002", 21, 3, 14, 2), Drug("699900009", 22, 3, 5, 1), Visit(3));
        await Bring(world, entry, 3, "1310101017", "関所診療所", 6, Drug("699900001", 21, 22, 28, 1));
        var clinic = await world.Site.Organisation("関所診療所", OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, "1310101017"));
        await world.Site.Uses(clinic.Id, FacilityUses.Switched);
        using var doctor = await Person(world, clinic, BusinessRole.Physician, BusinessRole.MedicalViewer);
        using var clerk = await Person(world, clinic, BusinessRole.ReceptionClerk, BusinessRole.MedicalViewer);
        using var physician = await Person(world, clinic, BusinessRole.Physician);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(clerk, Page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(physician, Page)).Status);

        (string, string)[] whom = [("Form.Insurer", FirstNumber), ("Form.Symbol", "12-3"), ("Form.Number", "1"), ("Form.Branch", "01"), ("Form.Care", "Outpatient")];
        var (status, _, text) = await PageForms.Post(doctor, Page, Page, whom);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("本人の同意がない", text, StringComparison.Ordinal);
        Assert.DoesNotContain("花子", text, StringComparison.Ordinal);

        await Agree(world, entry, clinic.Id);
        (status, _, text) = await PageForms.Post(doctor, Page, Page, whom);
        Assert.Equal(HttpStatusCode.OK, status);
        var plain = Tags().Replace(WebUtility.HtmlDecode(text), " ");
        Assert.Contains("架空　花子", plain, StringComparison.Ordinal);
        Assert.Matches(@"重複の可能性\s+カクウ酸錠５ｍｇ", plain);
        // Its days are over: folded, the medicines come first into sight.
        Assert.Matches("<details class=\"disclosure overlaps-past\">\\s*<summary>期間が過ぎた重複の可能性（1 件）", WebUtility.HtmlDecode(text));
        Assert.Contains("2026/9/3 から 2026/9/16 までが重なっています", plain, StringComparison.Ordinal);
        Assert.True(plain.IndexOf("重複の可能性", StringComparison.Ordinal) < plain.IndexOf("薬（最後に出た日の新しい順）", StringComparison.Ordinal));
        Assert.Matches(@"カクウ錠「関所」\s+カクウ酸錠５ｍｇ\s+投薬・内服\s+1錠／日 × 28日分\s+2026/8/20\s+全2回\s+関所診療所", plain);
        Assert.Contains("コード 699900009", plain, StringComparison.Ordinal);
        Assert.Contains("医薬品マスターに載っていない", plain, StringComparison.Ordinal);
        Assert.Contains("手術情報は示していません", plain, StringComparison.Ordinal);
        Assert.Contains("約1か月半", plain, StringComparison.Ordinal);
        Assert.Matches(@"あと23時間\d+分", plain);
        Assert.DoesNotMatch(@"(href|action)=""[^""]*(06139999|花子|%E8%8A%B1)", text);

        // A month that is none is said, not guessed.
        Assert.Contains("WE-0811", (await PageForms.Post(doctor, Page, Page, [.. whom, ("Form.From", "先月")])).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await world.Site.Audited(AuditKind.MedicinesViewed)).Count);
    }

    [Fact]
    public async Task Pdf_NeedsTheConsentAndAReason()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        Assert.SkipWhen(world.Site.Services.GetRequiredService<IPapers>().Printer is null, "chromium がありません。");
        var entry = await world.Has(Entry("A1"));
        await Bring(world, entry, 1, "1310101017", "関所診療所", 8, Drug("699900001", 21, 20, 28, 1));
        var clinic = await world.Site.Organisation("関所診療所", OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, "1310101017"));
        await world.Site.Uses(clinic.Id, FacilityUses.Switched);
        using var doctor = await Person(world, clinic, BusinessRole.Physician, BusinessRole.MedicalViewer);
        (string, string)[] whom = [("Form.Insurer", FirstNumber), ("Form.Symbol", "12-3"), ("Form.Number", "1"), ("Form.Branch", "01"), ("Form.Care", "Outpatient")];
        (string, string)[] asked = [.. whom, ("reason", "紹介状に添えるため")];

        var refused = await PageForms.Post(doctor, Page, Page + "?handler=pdf", asked);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("EL-0503", refused.Text, StringComparison.Ordinal);
        Assert.Single(await world.Site.Audited(AuditKind.MedicinesViewed));

        await Agree(world, entry, clinic.Id);
        Assert.NotEqual(HttpStatusCode.OK, (await PageForms.Post(doctor, Page, Page + "?handler=pdf", whom)).Status);
        var saved = await PageForms.Post(doctor, Page, Page + "?handler=pdf", asked);
        Assert.Equal((HttpStatusCode.OK, "【厳秘】薬剤情報・診療情報.pdf"), (saved.Status, saved.Name));
        Assert.StartsWith("%PDF-", saved.Text, StringComparison.Ordinal);
        Assert.True(saved.Text.Length > 5_000, $"{saved.Text.Length}");
        Assert.Equal(3, (await world.Site.Audited(AuditKind.MedicinesViewed)).Count);
    }

    private static async Task<HttpClient> Person(EligibilityWorld world, Organisation clinic, params BusinessRole[] roles) =>
        world.Site.Browser((await world.Site.Person(new NewPerson(clinic.Id, "", "医師 一郎", roles))).Id);

    private static ClaimService Drug(string code, int section, int day, int times, decimal quantity) => new(ServiceKind.Drug, section, code, quantity, times, [(day, times)]);

    private static ClaimService Visit(int day) => new(ServiceKind.Procedure, 12, "112007410", null, 1, [(day, 1)]);

    private static async Task LoadMasters(EligibilityWorld world)
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-masters-");
        try
        {
            string[] rows =
            [
                Row("699900001", "カクウ錠「関所」", "錠", "9900001F1022", "【般】カクウ酸錠５ｍｇ"), Row("699900002", "カクウ酸錠５ｍｇ「架空」", "錠", "9900001F1030", "【般】カクウ酸錠５ｍｇ"),
                Row("699900003", "セキショ軟膏", "ｇ", "9900002M1010", ""),
            ];
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "y_20260601.csv"), string.Join("\r\n", rows), CodePagesEncodingProvider.Instance.GetEncoding(932)!, Ct);
            await world.In<IClaimsAdministration, IReadOnlyList<MasterLoad>>(a => a.LoadMasters(folder.FullName, Ct));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Row(string code, string name, string unit, string priceCode, string generic)
    {
        var cells = Enumerable.Repeat("", 42).ToArray();
        (cells[0], cells[1], cells[2], cells[4], cells[9], cells[29], cells[30], cells[31], cells[37]) = ("0", "Y", code, name, unit, "20260601", "99999999", priceCode, generic);
        return string.Join(',', cells);
    }

    private static async Task Bring(EligibilityWorld world, CoverageEntry entry, int ordinal, string institution, string name, int month, params ClaimService[] services)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        await scope.ServiceProvider.GetRequiredService<GivenStore>().Keep(
            "受付1", ordinal, YearMonth.Of(new DateOnly(2026, month, 1)), EligibilityWorld.Ask(entry).Card, new Given(institution, name, false, services), Ct);
        await session.Commit(Ct);
    }

    private static async Task Agree(EligibilityWorld world, CoverageEntry entry, OrganisationId clinic)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var member = (await scope.ServiceProvider.GetRequiredService<MemberOf>().Find(EligibilityWorld.Ask(entry).Card, Ct)).Value;
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        var at = TimeProvider.System.Now();
        foreach (var kind in new[] { ConsentKind.Medicines, ConsentKind.Diagnoses })
        {
            await scope.ServiceProvider.GetRequiredService<Modules.Eligibility.Consents.Consents>().Give(
                new Modules.Eligibility.Consents.Consent(
                    Guid.CreateVersion7(), member.Person, clinic, kind, CareForm.Outpatient, at, at.AddDays(1), PersonProof.Face, Guid.CreateVersion7()),
                Ct);
        }

        await session.Commit(Ct);
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();
}
