using System.Net;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>What a device asks is signed by it, what it is told is signed by the centre, and the audit log holds which answer it was.</summary>
public sealed class SignedInquiryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Inquiry_Signed_IsAnsweredSigned_AndTheEventNamesTheSignature(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1"));
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);

        var answer = await desk.Ask(Ask(entry));

        Assert.Equal((Validity.Valid, "関所　A1"), (answer.Validity, answer.Coverage!.Name));
        Assert.Equal($"{answer.Id}: 1 {desk.LastSignature}", Assert.Single(await world.Site.Audited(AuditKind.EligibilityInquired)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-1")]
    public async Task G_5_1_WhoMayNotAsk_IsRefusedAndRecorded(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var question = Desk.Bytes(Ask(await world.Has(Entry("A1"))));
        using var insurer = await Desk.Of(world.Site, world.Second);

        await Refused(HttpStatusCode.Forbidden, "PL-0102", await insurer.Send(question, insurer.Sign(question)));

        Assert.Contains("/eligibility/inquiries: InquireEligibility", await world.Site.Audited(AuditKind.AccessDenied));
        Assert.Empty(await world.Site.Audited(AuditKind.EligibilityInquired));
    }

    [Fact]
    public async Task Inquiry_WithoutItsOwnFreshSignature_IsNotAnswered()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var question = Desk.Bytes(Ask(await world.Has(Entry("A1"))));
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var colleague = await Desk.Of(world.Site, world.ClinicOrganisation);
        var now = TimeProvider.System.GetUtcNow();

        await Refused(HttpStatusCode.UnprocessableEntity, "ID-0303", await desk.Send(question, null));
        await Refused(HttpStatusCode.Forbidden, "ID-0304", await desk.Send(question, colleague.Sign(question)));
        await Refused(HttpStatusCode.UnprocessableEntity, "ID-0305", await desk.Send(question, desk.Sign(question, now.AddMinutes(-6))));
        await Refused(HttpStatusCode.UnprocessableEntity, "ID-0305", await desk.Send(question, desk.Sign(question, now.AddMinutes(6))));
        await Refused(HttpStatusCode.UnprocessableEntity, "WI-0801", await desk.Send(question, "e30..AA"));
        await Refused(HttpStatusCode.UnprocessableEntity, "WI-0802", await desk.Send(question, desk.Sign(question, type: JwsTypes.Answer)));
        await Refused(HttpStatusCode.UnprocessableEntity, "WI-0803", await desk.Send([.. question, (byte)' '], desk.Sign(question)));
        Assert.Empty(await world.Site.Audited(AuditKind.EligibilityInquired));
    }

    [Fact]
    public async Task Inquiry_OfAnotherShapeOrTooLong_IsToldSo()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var (half, nothing) = ("{\"card\":"u8.ToArray(), "{\"card\":{\"insurer\":null}}"u8.ToArray());
        var (empty, tooLong) = ("{}"u8.ToArray(), new byte[16 * 1024 + 1]);

        await Refused(HttpStatusCode.BadRequest, "SV-0002", await desk.Send(half, desk.Sign(half)));
        await Refused(HttpStatusCode.BadRequest, "SV-0002", await desk.Send(nothing, desk.Sign(nothing)));
        await Refused(HttpStatusCode.UnprocessableEntity, "EL-0102", await desk.Send(empty, desk.Sign(empty)));
        await Refused(HttpStatusCode.RequestEntityTooLarge, "EL-0104", await desk.Send(tooLong, desk.Sign(tooLong)));
    }

    private static async Task Refused(HttpStatusCode status, string code, HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Ct);
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(code, text, StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains(DetachedJws.HttpHeader));
        }
    }
}
