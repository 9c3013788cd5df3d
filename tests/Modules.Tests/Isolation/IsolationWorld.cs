using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Isolation;

/// <summary>Somebody at a door.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Http">Speaks for them.</param>
/// <param name="Permissions">What they may do; empty for those who are nobody (any more).</param>
/// <param name="Owns">Whose things are theirs.</param>
internal sealed record Visitor(string Name, HttpClient Http, IReadOnlySet<Permission> Permissions, params IReadOnlyList<Subject> Owns);

/// <summary>A month that went all the way, its things, and everybody who has no business with them.</summary>
internal sealed partial class IsolationWorld : IAsyncDisposable
{
    private readonly ClaimsWorld _claims;

    private IsolationWorld(ClaimsWorld claims) => _claims = claims;

    public TestSite Site => _claims.Site;

    /// <summary>Members with a standing, people and machines: two of every kind, of whom the first owns the things.</summary>
    public List<Visitor> Members { get; } = [];

    /// <summary>Nobody, ended people, revoked devices: to every door that is not open to all they are nobody.</summary>
    public List<Visitor> Strangers { get; } = [];

    /// <summary>What only the owners may ever see.</summary>
    public List<string> Secrets { get; } = ["関所　一郎", "関所　二郎", "13101010", "関所職員　秘子", "秘密の端末"];

    private readonly Dictionary<Subject, string> _things = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<IsolationWorld> Start(DatabaseProvider provider)
    {
        // Every door is knocked at within a minute by people nobody knows.
        var world = new IsolationWorld(await ClaimsWorld.Start(provider, "Logging:LogLevel:Default=Error", "Limits:Anonymous=100000"));
        await world.MakeThings();
        await world.MakeMembers();
        await world.MakeStrangers();
        return world;
    }

    /// <summary>Values of a door's parameters: the owner's thing, or one that does not exist.</summary>
    public IReadOnlyDictionary<string, string> Values(Subject subject, bool real)
    {
        var thing = _things.GetValueOrDefault(subject, "");
        var id = real && Guid.TryParse(thing, out _) ? thing : "01890a5d-ac96-774b-bcce-b302099a8057";
        return new Dictionary<string, string>
        {
            ["id"] = id,
            ["number"] = subject == Subject.Reception ? real ? thing : Other(thing) : "L2900",
            ["ordinal"] = "1",
            ["rule"] = "L3001",
            ["month"] = "202111",
            ["name"] = "OQSsiquc01req_1.xml",
            ["act"] = "close",
            ["status"] = "404",
            ["code"] = ClaimsWorld.ClinicCode,
            ["path"] = "0",
            ["handler"] = "",
            ["file"] = "x",
            ["what"] = "patients",
        };
    }

    public static async Task<(int Status, string Text)> Knock(Door door, Visitor visitor, IReadOnlyDictionary<string, string> values, Expected expected)
    {
        var body = expected.Body;
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), door.Address(values));
        request.Headers.Accept.ParseAdd(door.IsPage ? "text/html" : "application/json");
        request.Headers.Add("Sekisho-Reason", Uri.EscapeDataString("試験のため"));
        if (door.Method is "POST" or "PATCH" or "PUT")
        {
            request.Content = new StringContent(body + (door.IsPage ? await Token(visitor.Http, body) : ""));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(
                door.IsPage ? "application/x-www-form-urlencoded" : expected.ContentType);
        }

        if (door.Pattern.StartsWith("/exchange/uploads", StringComparison.Ordinal))
        {
            request.Headers.Add("Tus-Resumable", "1.0.0");
            request.Headers.Add("Upload-Offset", "0");
        }

        using var answer = await visitor.Http.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        return ((int)answer.StatusCode, Changing().Replace(values.Values.Where(v => v.Length > 8).Aggregate(text, (t, v) => t.Replace(v, "@", StringComparison.Ordinal)), ""));
    }

    /// <summary>What must be as it was after everybody has been at every door.</summary>
    public async Task<string> State()
    {
        var reception = (await _claims.Ask(c => c.Result(_claims.Payer, _things[Subject.Reception], Ct))).Value.Reception;
        var inbox = await _claims.Exchange(async x => await x.Inbox(_claims.InsurerOrganisation.Id, false, Ct));
        return $"{reception.State} {reception.Claims} {inbox.Count} open:{await Open(_things[Subject.Upload])}";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in Members.Concat(Strangers))
        {
            visitor.Http.Dispose();
        }

        await _claims.DisposeAsync();
    }

    private async Task MakeThings()
    {
        var clinic = await OrganisationOf(_claims.Clinic);
        var payer = await OrganisationOf(_claims.Payer);
        using var sender = new Sender(Site, clinic, await Site.Device(clinic));
        var (id, _) = await sender.Send(payer, ClaimsWorld.File(new MadeClaim("関所　一郎", "101"), new MadeClaim("関所　二郎", "102")));
        var number = await Received(id);
        var content = ClaimsWorld.File(new MadeClaim("関所　三郎", "103"));
        var open = sender.Envelope(payer, content);
        using (var opened = await sender.Open(sender.Signed(open)))
        {
            Assert.True(opened.IsSuccessStatusCode);
        }

        await _claims.Ask(c => c.Confirm(_claims.Clinic, number, Ct));
        await _claims.On(13, 9);
        await _claims.Ask(c => c.Close(_claims.Payer, ClaimsWorld.November, Ct));
        await _claims.Ask(c => c.Review(_claims.Payer, number, ReviewDecision.AsClaimed, null, Ct));
        await _claims.Ask(c => c.Decide(_claims.Payer, ClaimsWorld.November, Ct));
        await _claims.Ask(c => c.Deliver(_claims.Payer, ClaimsWorld.November, Ct));
        var delivery = Assert.Single(await _claims.Exchange(async x => await x.Inbox(_claims.InsurerOrganisation.Id, true, Ct)));
        Assert.True((await _claims.In(w => w.Request(_claims.Clinic, number, [1], "患者の取り違え", Ct))).Succeeded(out _, out _));
        _things[Subject.Reception] = number;
        _things[Subject.Transmission] = id.ToString();
        _things[Subject.Received] = id.ToString();
        _things[Subject.Upload] = open.Id.ToString();
        _things[Subject.Delivery] = delivery.Id.ToString();
        _things[Subject.Sent] = delivery.Id.ToString();
        await Acknowledge(delivery.Id.Value);
        await MakeOffice(clinic);
        Secrets.AddRange([number, id.ToString(), open.Id.ToString(), delivery.Id.ToString()]);
    }

    /// <summary>The clinic's own people, devices and trail.</summary>
    private async Task MakeOffice(Organisation clinic)
    {
        var (person, _) = await Site.Person(new NewPerson(clinic.Id, "", "関所職員　秘子", BusinessRole.ClaimsClerk));
        using var certificate = await Site.Device(clinic, "秘密の端末");
        var device = (await Site.Devices.DeviceOf(certificate.SerialNumber, Ct)).Value;
        _things[Subject.Person] = person.ToString();
        _things[Subject.Device] = device.ToString();
        _things[Subject.Appointment] = await One($"SELECT id FROM {{0}}appointment WHERE person = '{person}'", "identity");
        _things[Subject.AuditEvent] = await One($"SELECT id FROM {{0}}audit WHERE organisation = '{clinic.Id}' ORDER BY at DESC LIMIT 1", "platform");
        var (administrator, _) = await Site.Person(clinic, GovernanceRole.SystemAdministrator);
        await using var scope = Site.Services.CreateAsyncScope();
        var office = scope.ServiceProvider.GetRequiredService<ICertificateOffice>();
        var applied = await office.Apply((await Site.Members.ActorOf(administrator, null, Ct)).Value, device, null, Ct);
        _things[Subject.Application] = applied.Value.Id.ToString();
        await MakeReception(clinic);
        Secrets.AddRange([.. new[] { Subject.Visit, Subject.NightRun }.Select(s => _things[s]), "受付患者　秘子"]);
        Secrets.AddRange([.. new[] { Subject.Person, Subject.Device, Subject.Application, Subject.Appointment, Subject.AuditEvent }.Select(s => _things[s])]);
    }

    /// <summary>The clinic's own list of the day.</summary>
    private async Task MakeReception(Organisation clinic)
    {
        var clerk = Eligibility.EligibilityWorld.As(clinic, Permission.InquireEligibility);
        await using var scope = Site.Services.CreateAsyncScope();
        using var file = Eligibility.ReceptionWorld.Bytes("患者番号,氏名", "1,受付患者　秘子");
        await scope.ServiceProvider.GetRequiredService<IDeskFiles>().Appointments(clerk, null, file, Ct);
        var day = (await scope.ServiceProvider.GetRequiredService<IReception>().Day(clerk, null, Ct)).Value;
        _things[Subject.Visit] = day.Visits[0].Id.ToString();
        _things[Subject.NightRun] = (await scope.ServiceProvider.GetRequiredService<INightInquiries>().Start(clerk, day.Day, Ct)).Value.ToString();
    }

    private async Task<string> One(string sql, string module)
    {
        await using var session = new DbSession((Database)Site.Services.GetService(typeof(Database))!);
        await session.Read(Ct);
        return (await session.Scalar(sql.Replace("{0}", session.Prefix(module), StringComparison.Ordinal), Ct))!.ToString()!;
    }

    private async Task Acknowledge(Guid delivery)
    {
        using var insurer = new Sender(Site, _claims.InsurerOrganisation, await Site.Device(_claims.InsurerOrganisation));
        using var posted = await DeliveryTests.Post(insurer, delivery, DeliveryTests.Receipt(insurer, delivery, await insurer.Bytes($"/exchange/deliveries/{delivery}/content")));
        Assert.True(posted.IsSuccessStatusCode);
    }

    private async Task MakeMembers()
    {
        var kokuho = await Site.Organisation("架空国保連", OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "213"));
        var otherInsurer = await Site.Organisation("隣の健康保険組合", OrganisationKind.Insurer, new OrganisationCode(CodeSystem.Insurer, "06139018"));
        await Join(await OrganisationOf(_claims.Clinic), BusinessRole.ClaimsClerk, Subject.Reception, Subject.Transmission, Subject.Received, Subject.Upload, Subject.Application, Subject.Visit, Subject.NightRun);
        await Join(await OrganisationOf(_claims.Other), BusinessRole.ClaimsClerk);
        await Join(await OrganisationOf(_claims.Payer), BusinessRole.Reviewer, Subject.Reception, Subject.Received, Subject.Sent);
        await Join(kokuho, BusinessRole.Reviewer);
        await Join(_claims.InsurerOrganisation, BusinessRole.BenefitsClerk, Subject.Delivery);
        await Join(otherInsurer, BusinessRole.BenefitsClerk);
        await Govern(await OrganisationOf(_claims.Clinic), GovernanceRole.SystemAdministrator, Subject.Person, Subject.Device, Subject.Application, Subject.Appointment, Subject.AuditEvent);
        await Govern(await OrganisationOf(_claims.Other), GovernanceRole.SystemAdministrator);
        await Govern(await OrganisationOf(_claims.Clinic), GovernanceRole.Auditor, Subject.AuditEvent, Subject.Application);
        await Govern(await OrganisationOf(_claims.Other), GovernanceRole.Auditor);
        // The centre's own work names receptions; what it may not see is whose they are.
        await Govern(await Site.Centre(), GovernanceRole.SystemAdministrator, Subject.OwnList);
        await Govern(await Site.Centre(), GovernanceRole.Auditor, Subject.AuditEvent);
        Members.Add(new Visitor("センターの端末", Site.Client(await Site.Device(await Site.Centre())), await PermissionsOf(Site.Client(await Site.Device(await Site.Centre()))), Subject.AuditEvent));
        var (nurse, _) = await Site.Person(await OrganisationOf(_claims.Clinic), BusinessRole.Nurse);
        Members.Add(new Visitor("看護師 (権限なし)", Site.Browser(nurse), await PermissionsOf(nurse), Subject.Application));
    }

    private async Task Govern(Organisation organisation, GovernanceRole role, params Subject[] owns)
    {
        var (person, _) = await Site.Person(organisation, role);
        Members.Add(new Visitor($"{organisation.Name} の {role}", Site.Browser(person), await PermissionsOf(person), owns));
    }

    private async Task Join(Organisation organisation, BusinessRole role, params Subject[] owns)
    {
        var (person, _) = await Site.Person(organisation, role);
        Members.Add(new Visitor($"{organisation.Name} の {role}", Site.Browser(person), await PermissionsOf(person), owns));
        var device = Site.Client(await Site.Device(organisation));
        Members.Add(new Visitor($"{organisation.Name} の端末", device, await PermissionsOf(device), owns));
    }

    private async Task MakeStrangers()
    {
        var clinic = await OrganisationOf(_claims.Clinic);
        Strangers.Add(new Visitor("誰でもない人", Site.Browser(), new HashSet<Permission>()));
        var (ended, _) = await Site.Person(clinic, BusinessRole.ClaimsClerk);
        var browser = Site.Browser(ended);
        Assert.NotEmpty(await PermissionsOf(browser));
        await Site.End(ended);
        Strangers.Add(new Visitor("終わった利用者", browser, new HashSet<Permission>()));
        using var certificate = await Site.Device(clinic);
        var device = Site.Client(certificate);
        Assert.NotEmpty(await PermissionsOf(device));
        var id = (await Site.Devices.DeviceOf(certificate.SerialNumber, Ct)).Value;
        Assert.True((await Site.Devices.Revoke(id, "紛失", Ct)).Succeeded(out _, out _));
        Strangers.Add(new Visitor("失効した端末", device, new HashSet<Permission>()));
    }

    private async Task<string> Received(Guid id)
    {
        var list = await _claims.Ask(async c => await c.Receptions(_claims.Payer, ClaimsWorld.November, Ct));
        for (var i = 0; list.Count == 0 && i < 600; i++)
        {
            await Task.Delay(50, Ct);
            list = await _claims.Ask(async c => await c.Receptions(_claims.Payer, ClaimsWorld.November, Ct));
        }

        await _claims.Until(_claims.Payer, list[0].Number, r => r.State != ReceptionState.Received);
        Assert.NotEqual(Guid.Empty, id);
        return list[0].Number;
    }

    private async Task<bool> Open(string id)
    {
        await using var session = new DbSession((Database)Site.Services.GetService(typeof(Database))!);
        await session.Read(Ct);
        return (string?)await session.Scalar($"SELECT state FROM {session.Prefix("exchange")}transmission WHERE id = '{id}'", Ct) == "Open";
    }

    private async Task<Organisation> OrganisationOf(Actor actor) => (await Site.Directory.Organisation(actor.Organisation, Ct)).Value;

    private async Task<IReadOnlySet<Permission>> PermissionsOf(PersonId person)
    {
        using var http = Site.Browser(person);
        return await PermissionsOf(http);
    }

    private static async Task<IReadOnlySet<Permission>> PermissionsOf(HttpClient http)
    {
        using var document = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync(new Uri("/identity/me", UriKind.Relative), Ct));
        return document.RootElement.GetProperty("permissions").EnumerateArray().Select(p => Enum.Parse<Permission>(p.GetString()!)).ToHashSet();
    }

    // The form token of the visitor's own session; every page of a signed-in person carries one.
    private static async Task<string> Token(HttpClient http, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/help/checks");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await http.SendAsync(request, Ct);
        var token = FormToken().Match(await page.Content.ReadAsStringAsync(Ct)).Groups[1].Value;
        return $"{(body.Length > 0 ? "&" : "")}form-token={Uri.EscapeDataString(token)}";
    }

    // Another day's number of the same shape.
    private static string Other(string number) => number.Length > 0 ? number[..^1] + (number[^1] == '0' ? '1' : '0') : "";

    [GeneratedRegex("name=\"form-token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("value=\"CfDJ[^\"]*\"|\\d{1,2}:\\d\\d(:\\d\\d)?|[0-9a-f]{32}|content=\"\\d+;")]
    private static partial Regex Changing();
}
