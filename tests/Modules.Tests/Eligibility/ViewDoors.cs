using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Contracts.Papers;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Every door by which the clinic sees 薬剤・診療・手術・特定健診 of one person.</summary>
internal sealed partial class ViewDoors : IDisposable
{
    private readonly EligibilityWorld _world;
    private readonly CardKeys _card;
    private readonly Desk _desk;
    private readonly HttpClient _doctor;

    private ViewDoors(EligibilityWorld world, CardKeys card, Desk desk, HttpClient doctor) => (_world, _card, _desk, _doctor) = (world, card, desk, doctor);

    /// <summary>How often which code was the answer.</summary>
    public Dictionary<string, int> Refused { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Actor Doctor => EligibilityWorld.As(_world.ClinicOrganisation, Permission.ViewMedicines, Permission.ViewDiagnoses, Permission.ViewCheckups);

    public static async Task<ViewDoors> Of(EligibilityWorld world, CoverageEntry entry) => new(
        world,
        EligibilityWorld.Ask(entry).Card,
        await Desk.Of(world.Site, world.ClinicOrganisation),
        world.Site.Browser((await world.Site.Person(new NewPerson(world.ClinicOrganisation.Id, "", "医師 一郎", BusinessRole.Physician, BusinessRole.MedicalViewer))).Id));

    /// <summary>Tries each: what it says (empty: the view) and that it is this code.</summary>
    public async Task All(ConsentKind kind, string code)
    {
        // A PDF that is shown takes its time to print, and is the paper of the same view.
        var pdf = code.Length > 0 && (kind == ConsentKind.Checkups || _world.Site.Services.GetRequiredService<IPapers>().Printer is not null);
        (string Door, Func<Task<string>> Try)[] doors =
        [
            ("handler", () => Handler(kind)), ("json", () => Signed(kind)), ("page", () => Page(kind)), ("xml", () => File(kind, 2)), .. pdf ? [("pdf", () => File(kind, 1))] : Array.Empty<(string, Func<Task<string>>)>(),
        ];
        foreach (var (door, look) in doors)
        {
            var said = await look();
            Refused[said] = Refused.GetValueOrDefault(said) + 1;
            Assert.Equal((kind, door, code), (kind, door, said));
        }
    }

    public void Dispose()
    {
        _desk.Dispose();
        _doctor.Dispose();
    }

    private async Task<string> Handler(ConsentKind kind)
    {
        if (kind == ConsentKind.Checkups)
        {
            return (await _world.In<ICheckups, Outcome<CheckupView>>(c => c.View(Doctor, new CheckupQuery { Card = _card }, Ct))).Refused(out var why, out _) ? why.Code : "";
        }

        var viewed = await _world.In<IMedicines, Outcome<MedicinesAnswer>>(m => m.View(Doctor, new MedicinesQuery { Card = _card }, Ct));
        if (viewed.Refused(out var refusal, out var answer))
        {
            return refusal.Code;
        }

        // Nothing but what is open.
        Assert.Equal([kind], answer.Kinds.Where(k => k.Shown).Select(k => k.Kind));
        Assert.Equal(kind == ConsentKind.Medicines ? 1 : 0, answer.Drugs.Count);
        Assert.Equal(kind == ConsentKind.Medicines ? [] : [kind == ConsentKind.Operations], answer.Services.Select(s => s.Operation));
        return "";
    }

    private async Task<string> Signed(ConsentKind kind)
    {
        var (path, question) = kind == ConsentKind.Checkups
            ? ("/eligibility/checkups/views", JsonSerializer.SerializeToUtf8Bytes(new CheckupQuery { Card = _card }, SiteJson.Options))
            : ("/eligibility/medicines", JsonSerializer.SerializeToUtf8Bytes(new MedicinesQuery { Card = _card }, SiteJson.Options));
        using var response = await _desk.Send(path, "application/json", question, _desk.Sign(question));
        return response.IsSuccessStatusCode ? "" : Code(await response.Content.ReadAsStringAsync(Ct));
    }

    private async Task<string> Page(ConsentKind kind)
    {
        var page = kind == ConsentKind.Checkups ? "/eligibility/checkups" : "/eligibility/medicines";
        var (status, _, text) = await PageForms.Post(
            _doctor, page, page, ("Form.Insurer", _card.Insurer), ("Form.Symbol", _card.Symbol), ("Form.Number", _card.Number), ("Form.Branch", _card.Branch), ("Form.Care", "Outpatient"));
        var code = status == System.Net.HttpStatusCode.OK ? "" : Code(text);
        Assert.Equal(code.Length == 0, System.Net.WebUtility.HtmlDecode(text).Contains("関所　A1", StringComparison.Ordinal));
        return code;
    }

    private async Task<string> File(ConsentKind kind, int category)
    {
        var name = kind == ConsentKind.Checkups ? "TKKsiquc01req_1.xml" : "YZKsiquc01req_1.xml";
        var months = kind == ConsentKind.Checkups ? "" : "<StartDate>202601</StartDate><EndDate>202610</EndDate>";
        var result = Encoding.UTF8.GetString((await _desk.Exchange(name, Encoding.UTF8.GetBytes(
            $"""
            <?xml version="1.0" encoding="UTF-8" standalone="no"?>
            <XmlMsg><MessageHeader><MedicalInstitutionCode>{OqsDesk.Institution}</MedicalInstitutionCode><InsurerNumber>{_card.Insurer}</InsurerNumber>
            <InsuranceCardSymbol>{_card.Symbol}</InsuranceCardSymbol><InsuredPersonIdentificationNumber>{_card.Number}</InsuredPersonIdentificationNumber>
            <BranchNumber>{_card.Branch}</BranchNumber><ArbitraryFileIdentifier>1</ArbitraryFileIdentifier></MessageHeader>
            <MessageBody>{months}<FileCategory>{category}</FileCategory><PrDiInfClassification>1</PrDiInfClassification><MedicalTreatmentFlag>1</MedicalTreatmentFlag></MessageBody></XmlMsg>
            """))).Bytes);
        return result.Contains("<ResultCode>1</ResultCode>", StringComparison.Ordinal) ? "" : Code(result);
    }

    private static string Code(string text) => AnyCode().Match(text).Value;

    [GeneratedRegex("EL-[0-9]{4}")]
    private static partial Regex AnyCode();
}
