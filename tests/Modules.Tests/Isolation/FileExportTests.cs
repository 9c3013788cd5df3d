using System.Net;
using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Server.Edge;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Isolation;

/// <summary>厳秘の書き出し: who takes a 厳秘 file out says why, and the event of it carries the reason; a device that fetches its own is asked nothing.</summary>
public sealed class FileExportTests
{
    private const string Reason = "返戻の再確認のため";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "KH-3-2"), Trait("Clause", "HK-3-2"), Trait("Clause", "MI-3-2"), Trait("Clause", "JA-第3条2")]
    public async Task KH_3_2_Findings_LeaveAsAMarkedFile_AndOnlyWithAReason(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var clinic = (await world.Site.Directory.Organisation(world.Clinic.Organisation, Ct)).Value;
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(new MadeClaim("", "101")))).Reception.Number;
        using var clerk = world.Site.Browser((await world.Site.Person(clinic, BusinessRole.ClaimsClerk)).Id);

        foreach (var reason in new[] { "", "   ", "短い", new string('長', 201) })
        {
            var (status, _, text) = await PageForms.Post(clerk, $"/claims/receptions/{number}", $"/claims/receptions/{number}", ("reason", reason));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains("書き出す理由が入力されていません", text, StringComparison.Ordinal);
        }

        using (var unasked = await clerk.GetAsync(At($"/claims/receptions/{number}/findings.csv"), Ct))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unasked.StatusCode);
            Assert.Contains("AU-0112", await unasked.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        Assert.Empty(await Exports(world));
        var (done, name, csv) = await PageForms.Post(clerk, $"/claims/receptions/{number}", $"/claims/receptions/{number}", ("reason", $" {Reason} "));
        Assert.Equal((HttpStatusCode.OK, $"【厳秘】指摘_{number}.csv"), (done, name));
        Assert.Contains("L3001", csv, StringComparison.Ordinal);
        using (var program = new HttpRequestMessage(HttpMethod.Get, At($"/claims/receptions/{number}/findings.csv")))
        {
            program.Headers.Add(Sekisho.Modules.Assurance.Export.StateExport.Header, Uri.EscapeDataString(Reason));
            using var answer = await clerk.SendAsync(program, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("strictly-confidential", Assert.Single(answer.Headers.GetValues("Sekisho-Classification")));
        }

        Assert.Equal([$"{number} findings {Reason}", $"{number} findings {Reason}"], await Exports(world));

        // A device fetches what the protocol gives it: a read, not an export.
        using var device = await world.Site.Client(clinic);
        Assert.Contains("L3001", await device.GetStringAsync(At($"/claims/receptions/{number}/findings.csv"), Ct), StringComparison.Ordinal);
        Assert.Equal(2, (await Exports(world)).Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Delivery_ByAPerson_NeedsAReason_AndTheDeviceNone(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var id = await Delivered(world);
        using var clerk = world.Site.Browser((await world.Site.Person(world.InsurerOrganisation, BusinessRole.BenefitsClerk)).Id);
        var (bare, _, text) = await PageForms.Post(clerk, $"/inbox/{id}", $"/inbox/{id}/content", ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare);
        Assert.Contains("書き出す理由が入力されていません", text, StringComparison.Ordinal);
        foreach (var path in new[] { $"/inbox/{id}/content", $"/exchange/deliveries/{id}/content" })
        {
            using var got = await clerk.GetAsync(At(path), Ct);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, got.StatusCode);
        }

        Assert.Empty(await Exports(world));
        var (done, name, _) = await PageForms.Post(clerk, $"/inbox/{id}", $"/inbox/{id}/content", ("reason", Reason));
        Assert.Equal(HttpStatusCode.OK, done);
        Assert.DoesNotContain("厳秘", name, StringComparison.Ordinal); // Interchange files keep their name: the page and the header carry the mark.
        Assert.Equal([$"{id} delivery {Reason}"], await Exports(world));
        using var insurer = new Sender(world.Site, world.InsurerOrganisation, await world.Site.Device(world.InsurerOrganisation));
        Assert.NotEmpty(await insurer.Bytes($"/exchange/deliveries/{id}/content"));
        Assert.Single(await Exports(world));
    }

    [Fact]
    public async Task Preview_IsStrictlyConfidential_AndItsFileNeedsAReason()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        var clinic = (await world.Site.Directory.Organisation(world.Clinic.Organisation, Ct)).Value;
        using var clerk = world.Site.Browser((await world.Site.Person(clinic, BusinessRole.ClaimsClerk)).Id);
        using (var seen = await Preview(clerk, world, "/claims/preview", ""))
        {
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
            Assert.Equal("strictly-confidential", Assert.Single(seen.Headers.GetValues("Sekisho-Classification")));
            Assert.Contains("【厳秘】", await seen.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        using (var bare = await Preview(clerk, world, "/claims/preview?format=csv", ""))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        }

        Assert.Empty(await Exports(world));
        using var file = await Preview(clerk, world, "/claims/preview?format=csv", Reason);
        Assert.Equal("【厳秘】送信前の点検.csv", file.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal([$"payer:{world.Payer.Organisation} preview {Reason}"], await Exports(world));
    }

    /// <summary>Who forgets to state it sends nothing: the guard stands before the first byte.</summary>
    [Fact]
    public void Guard_LetsNoStrictlyConfidentialFilePass_ThatNobodyWasAskedAbout()
    {
        var person = new Actor(new(Guid.NewGuid()), "", null, new(Guid.NewGuid()), "", new HashSet<Permission>());
        var device = person with { Person = null, Device = new(Guid.NewGuid()) };
        Assert.False(Passes(device, "text/csv"));
        Assert.False(Passes(person, "text/html", disposition: "attachment"));
        Assert.False(Passes(person, "application/zip", new ExportsAttribute()));
        Assert.True(Passes(device, "application/zip", new ExportsAttribute()));
        Assert.True(Passes(person, "application/zip", new ExportsAttribute(AuditKind.AuditExported)));
        Assert.True(Passes(person, "application/zip", new NotAnExportAttribute("試験")));
        Assert.True(Passes(person, "text/csv", new ClassifiedAttribute(Classification.Confidential)));
        Assert.True(Passes(person, "text/html"));
    }

    private static bool Passes(Actor actor, string type, params object[] metadata) => Passes(actor, type, null, metadata);

    private static bool Passes(Actor actor, string type, string? disposition, params object[] metadata)
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), "test"));
        context.Response.ContentType = type;
        if (disposition is not null)
        {
            context.Response.Headers.ContentDisposition = disposition;
        }

        try
        {
            context.Features.Set(actor);
            FileGuard.Check(context, metadata.OfType<ClassifiedAttribute>().Any() ? "confidential" : "strictly-confidential");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<HttpResponseMessage> Preview(HttpClient http, ClaimsWorld world, string address, string reason)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await PageForms.Token(http, "/claims/send")), "form-token" },
            { new StringContent(world.Payer.Organisation.ToString()), "payer" },
            { new StringContent(reason), "reason" },
            { new ByteArrayContent(ClaimsWorld.File(new MadeClaim("", "101"))), "file", "RECEIPTC.UKE" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, At(address)) { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        return await http.SendAsync(request, Ct);
    }

    private static async Task<TransmissionId> Delivered(ClaimsWorld world)
    {
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(new MadeClaim("関所　一郎", "101")))).Reception.Number;
        await world.Conclude(number);
        return Assert.Single(await world.Exchange(async x => await x.Inbox(world.InsurerOrganisation.Id, true, Ct))).Id;
    }

    private static async Task<IReadOnlyList<string>> Exports(ClaimsWorld world)
    {
        await using var session = new DbSession((Database)world.Site.Services.GetService(typeof(Database))!);
        await session.Read(Ct);
        return await session.Query(
            $"SELECT subject, result, reason FROM {session.Prefix("platform")}audit WHERE kind = 'FileExported' ORDER BY at", r => $"{r.GetString(0)} {r.GetString(1)} {r.GetString(2)}", Ct);
    }

    private static Uri At(string path) => new(path, UriKind.Relative);
}
