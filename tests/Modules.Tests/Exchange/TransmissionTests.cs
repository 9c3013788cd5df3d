using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Exchange;

public sealed class TransmissionTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-5")]
    public async Task G_5_5_Transmission_Complete_IsAcknowledgedAndProven(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(200_000);
        var (id, cms) = await world.Clinic.Send(world.Payer, content);

        var trust = new Trust([world.Site.Authority], SiteEnvironment.Development);
        var signed = Cms.Verify(cms, trust, TimeProvider.System.GetUtcNow()).Value;
        Assert.Equal((await world.Site.Centre()).Id.Value, signed.Identity.Organisation);
        var acknowledgement = Acknowledgement.Parse(signed.Content).Value;
        var statement = AcknowledgementStatement.Parse(acknowledgement.Statement.Span).Value;
        Assert.Equal(id, statement.Transmission);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), statement.ContentSha256);
        Assert.Equal(content.Length, statement.Length);
        Assert.True(ReceptionNumber.Parse(statement.Number).Succeeded(out _, out _));
        Assert.StartsWith("sekisho/development/", acknowledgement.LogOrigin, StringComparison.Ordinal);

        var proof = LogProof.Parse(await world.Clinic.Bytes($"/exchange/transmissions/{id}/proof")).Value;
        Assert.Equal(acknowledgement.LogIndex, proof.Index);
        Assert.True(proof.Verify(MerkleTree.LeafHash(acknowledgement.Statement.Span), trust, TimeProvider.System.GetUtcNow()).Succeeded(out var checkpoint, out _));
        Assert.Equal(acknowledgement.LogOrigin, checkpoint.Origin);
        await Consistent(world, trust, checkpoint);
        Assert.Equal(content, await world.Stored(id));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Transmission_Repeated_GetsTheIdenticalAcknowledgement_AndOtherBytesAreRefused(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(1000);
        var envelope = world.Clinic.Envelope(world.Payer, content);
        var cms = world.Clinic.Signed(envelope);
        using (var first = await world.Clinic.Open(cms))
        {
            Assert.Equal(HttpStatusCode.Created, first.StatusCode);
            Assert.Equal($"/exchange/uploads/{envelope.Id}", first.Headers.Location?.ToString());
            Assert.Equal("0", first.Headers.GetValues("Upload-Offset").Single());
            Assert.True(first.Headers.Contains("Upload-Expires"));
        }

        using (var none = await world.Clinic.Get($"/exchange/transmissions/{envelope.Id}/acknowledgement"))
        {
            await Refused(none, HttpStatusCode.NotFound, "EX-0103");
        }

        using (var again = await world.Clinic.Open(cms))
        {
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }

        using (await world.Clinic.Patch(envelope.Id, 0, content))
        {
        }

        var acknowledgement = await world.Clinic.Acknowledgement(envelope.Id);
        using (var again = await world.Clinic.Open(cms))
        {
            Assert.Equal("application/cms", again.Content.Headers.ContentType?.MediaType);
            Assert.Equal(acknowledgement, await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(acknowledgement, await world.Clinic.Acknowledgement(envelope.Id));
        using var other = await world.Clinic.Open(world.Clinic.Signed(envelope with { Length = 1001 }));
        await Refused(other, HttpStatusCode.Conflict, "EX-0102");
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "OQ-A2"), Trait("Clause", "G-5-5")]
    public async Task OQ_A2_Content_WithAnotherDigest_IsRefusedForEver(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(70_000);
        var envelope = world.Clinic.Envelope(world.Payer, content);
        var cms = world.Clinic.Signed(envelope);
        using (await world.Clinic.Open(cms))
        {
        }

        content[5] ^= 1;
        using (var answer = await world.Clinic.Patch(envelope.Id, 0, content))
        {
            await Refused(answer, HttpStatusCode.UnprocessableEntity, "EX-0201");
        }

        content[5] ^= 1;
        using (var answer = await world.Clinic.Patch(envelope.Id, 0, content))
        {
            await Refused(answer, HttpStatusCode.UnprocessableEntity, "EX-0201");
        }

        using (var answer = await world.Clinic.Open(cms))
        {
            await Refused(answer, HttpStatusCode.UnprocessableEntity, "EX-0201");
        }

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(world.Site.DataFolder, "content"), "*", SearchOption.AllDirectories));
        Assert.Equal(1L, await world.Count("platform", "audit", $"kind = 'TransmissionRefused' AND subject = '{envelope.Id}'"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Envelope_NotOfTheSender_IsRefused(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        using var other = await Sender.Of(world.Site, OrganisationKind.MedicalInstitution, Sender.Institution);
        byte[] content = [1, 2, 3];
        var envelope = world.Clinic.Envelope(world.Payer, content);

        using (var stolen = await other.Open(world.Clinic.Signed(envelope)))
        {
            await Refused(stolen, HttpStatusCode.Forbidden, "EX-0106");
        }

        using (var forged = await other.Open(other.Signed(envelope)))
        {
            await Refused(forged, HttpStatusCode.Forbidden, "EX-0106");
        }

        using (var environment = await world.Clinic.Open(world.Clinic.Signed(envelope with { Environment = SiteEnvironment.Production })))
        {
            await Refused(environment, HttpStatusCode.UnprocessableEntity, "EX-0105");
        }

        using (var unfit = await world.Clinic.Open(world.Clinic.Signed(envelope with { Recipient = other.Organisation.Id.Value })))
        {
            await Refused(unfit, HttpStatusCode.UnprocessableEntity, "EX-0109");
        }

        using (var kind = await world.Clinic.Open(world.Clinic.Signed(envelope with { Kind = TransmissionKinds.Delivery })))
        {
            await Refused(kind, HttpStatusCode.UnprocessableEntity, "EX-0108");
        }

        using (var large = await world.Clinic.Open(world.Clinic.Signed(envelope with { Length = 1L << 40 })))
        {
            await Refused(large, HttpStatusCode.RequestEntityTooLarge, "EX-0110");
        }

        var flipped = world.Clinic.Signed(envelope);
        flipped[^1] ^= 1;
        using (var broken = await world.Clinic.Open(flipped))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
        }

        Assert.Equal(7L, await world.Count("exchange", "rejected_attempt", "1 = 1"));
        Assert.Equal(0L, await world.Count("exchange", "transmission", "1 = 1"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Device_RevokedWhileSending_IsNotAcknowledged(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(5000);
        var envelope = world.Clinic.Envelope(world.Payer, content);
        using (await world.Clinic.Open(world.Clinic.Signed(envelope)))
        {
        }

        var serial = (await world.Site.Devices.DeviceOf(world.Clinic.Certificate.SerialNumber, TestContext.Current.CancellationToken)).Value;
        await world.Site.Devices.Revoke(serial, "紛失", TestContext.Current.CancellationToken);
        using var second = new Sender(world.Site, world.Clinic.Organisation, await world.Site.Device(world.Clinic.Organisation));
        using (var answer = await second.Patch(envelope.Id, 0, content))
        {
            await Refused(answer, HttpStatusCode.Forbidden, "EX-0202");
        }

        using (var reopened = await second.Open(world.Clinic.Signed(world.Clinic.Envelope(world.Payer, content))))
        {
            Assert.False(reopened.IsSuccessStatusCode);
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task FiftyTransmissions_AtOnce_GetDistinctNumbersAndContiguousPositions(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var sent = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.Clinic.Send(world.Payer, RandomNumberGenerator.GetBytes(3000))));
        var acknowledgements = sent.Select(s => Acknowledgement.Parse(
            Cms.Verify(s.Acknowledgement, new Trust([world.Site.Authority]), TimeProvider.System.GetUtcNow()).Value.Content).Value).ToList();
        Assert.Equal(50, acknowledgements.Select(a => a.LogIndex).Distinct().Count());
        Assert.Equal(50, acknowledgements.Select(a => AcknowledgementStatement.Parse(a.Statement.Span).Value.Number).Distinct().Count());
        Assert.Equal(0L, await world.Count("exchange", "ledger_entry e", $"position IS NOT NULL AND position > 0 AND NOT EXISTS (SELECT 1 FROM {world.Table("exchange", "ledger_entry")} p WHERE p.position = e.position - 1)"));
        Assert.Empty(await world.Health());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task HandOver_ByAPerson_IsAcknowledgedAsNotSenderSigned(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var actor = World.Person(world.Clinic.Organisation);
        var content = RandomNumberGenerator.GetBytes(100_000);
        await using var scope = world.Site.Services.CreateAsyncScope();
        var exchange = scope.ServiceProvider.GetRequiredService<IExchange>();
        var handed = (await exchange.HandOver(
            actor, world.Payer.Id, TransmissionKinds.Claim, "RECEIPTC.UKE", new MemoryStream(content), TestContext.Current.CancellationToken)).Value;
        Assert.Equal(Provenance.HandedOver, handed.Provenance);
        var cms = (await exchange.Acknowledgement(handed.Id, TestContext.Current.CancellationToken)).Value;
        var signed = Cms.Verify(cms, new Trust([world.Site.Authority]), TimeProvider.System.GetUtcNow()).Value;
        var statement = AcknowledgementStatement.Parse(Acknowledgement.Parse(signed.Content).Value.Statement.Span).Value;
        Assert.Equal("画面からの持込み（送信者の電子署名なし）", statement.Facts[0]);
        Assert.Equal(handed.Number, statement.Number);
        Assert.Equal(content, await world.Stored(handed.Id.Value));

        foreach (var (name, bytes, code) in new[] { ("../x", content, "WI-"), ("RECEIPTC.UKE", [], "EX-0111") })
        {
            var refused = await exchange.HandOver(actor, world.Payer.Id, TransmissionKinds.Claim, name, new MemoryStream(bytes), TestContext.Current.CancellationToken);
            Assert.StartsWith(code, refused.Refusal.Code, StringComparison.Ordinal);
        }

        Assert.Empty(await world.Health());
    }

    private static async Task Consistent(World world, Trust trust, Checkpoint first)
    {
        await world.Clinic.Send(world.Payer, [1]);
        var later = Checkpoint.Parse(Cms.Verify(
            await world.Clinic.Bytes("/exchange/ledger/checkpoint"), trust, TimeProvider.System.GetUtcNow()).Value.Content).Value;
        Assert.True(later.Size > first.Size);
        using var json = JsonDocument.Parse(await world.Clinic.Bytes($"/exchange/ledger/consistency?from={first.Size}&to={later.Size}"));
        var path = json.RootElement.GetProperty("path").EnumerateArray().Select(h => h.GetBytesFromBase64()).ToList();
        Assert.True(MerkleTree.VerifyConsistency(first.Size, first.Root, later.Size, later.Root, path));
        using var beyond = await world.Clinic.Get($"/exchange/ledger/consistency?from=1&to={later.Size + 1000}");
        await Refused(beyond, HttpStatusCode.UnprocessableEntity, "EX-0401");
    }

    internal static async Task Refused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} {body}");
        using var problem = JsonDocument.Parse(body);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
    }
}
