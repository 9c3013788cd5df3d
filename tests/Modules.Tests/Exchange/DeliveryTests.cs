using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Exchange.TransmissionTests;

namespace Sekisho.Modules.Tests.Exchange;

public sealed class DeliveryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Delivery_FetchedAndReceipted_IsSeenByItsSender(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        using var insurer = await Sender.Of(world.Site, OrganisationKind.Insurer);
        var content = RandomNumberGenerator.GetBytes(150_000);
        var id = await Posted(world, insurer.Organisation, content);

        var waiting = (await List(insurer, "/exchange/deliveries?waiting=true")).Single();
        Assert.Equal(id, waiting.GetProperty("id").GetGuid());
        Assert.Equal(world.Payer.Name, waiting.GetProperty("senderName").GetString());
        Assert.Equal("StrictlyConfidential", waiting.GetProperty("classification").GetString());
        await EnvelopeIsTheCentres(world, insurer, id, content);
        Assert.Equal(content, await insurer.Bytes($"/exchange/deliveries/{id}/content"));
        Assert.Equal(content[100_000..100_010], await Range(insurer, id));

        var receipt = Receipt(insurer, id, content);
        using (var accepted = await Post(insurer, id, receipt))
        {
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        }

        using (var second = await Post(insurer, id, Receipt(insurer, id, content)))
        {
            Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        }

        Assert.Empty(await List(insurer, "/exchange/deliveries?waiting=true"));
        Assert.Single(await List(insurer, "/exchange/deliveries"));
        var sent = (await List(world.PayerDevice, "/exchange/sent")).Single();
        Assert.True(sent.GetProperty("receiptSigned").GetBoolean());
        Assert.Equal(receipt, await world.PayerDevice.Bytes($"/exchange/sent/{id}/receipt"));
        Assert.Equal(1L, await world.Count("platform", "outbox", $"type LIKE '%TransmissionReceived' AND aggregate = '{id}'"));
        Assert.Equal(1L, await world.Count("exchange", "ledger_entry", "kind = 'receipt'"));
        await Sequenced(world);
        Assert.Empty(await world.Health());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Receipt_NotOfTheRecipientOrTheContent_IsRefused(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        using var insurer = await Sender.Of(world.Site, OrganisationKind.Insurer);
        using var other = await Sender.Of(world.Site, OrganisationKind.Insurer);
        var content = RandomNumberGenerator.GetBytes(100);
        var id = await Posted(world, insurer.Organisation, content);
        foreach (var path in new[] { "envelope", "content" })
        {
            using var foreign = await other.Get($"/exchange/deliveries/{id}/{path}");
            await Refused(foreign, HttpStatusCode.NotFound, "EX-0101");
        }

        using (var foreign = await Post(other, id, Receipt(other, id, content)))
        {
            await Refused(foreign, HttpStatusCode.NotFound, "EX-0101");
        }

        using (var forged = await Post(insurer, id, Receipt(other, id, content)))
        {
            await Refused(forged, HttpStatusCode.Forbidden, "EX-0301");
        }

        using (var wrong = await Post(insurer, id, Receipt(insurer, id, [1, 2, 3])))
        {
            await Refused(wrong, HttpStatusCode.UnprocessableEntity, "EX-0302");
        }

        using (var none = await world.PayerDevice.Get($"/exchange/sent/{id}/receipt"))
        {
            await Refused(none, HttpStatusCode.NotFound, "EX-0303");
        }

        using var stranger = await Sender.Of(world.Site, OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "213"));
        using var unseen = await stranger.Get($"/exchange/sent/{id}/receipt");
        await Refused(unseen, HttpStatusCode.NotFound, "EX-0101");
        Assert.Single(await List(insurer, "/exchange/deliveries?waiting=true"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Posting_Twice_SendsOnce_AndRolledBackLeavesNothing(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        using var insurer = await Sender.Of(world.Site, OrganisationKind.Insurer);
        var posting = Posting(world, insurer.Organisation);
        foreach (var content in new byte[][] { [1, 1], [2, 2, 2] })
        {
            await Post(world, posting, content, commit: true);
        }

        Assert.Equal([1, 1], await world.Stored(posting.Id.Value));
        await Post(world, Posting(world, insurer.Organisation), [3], commit: false);
        Assert.Single(await List(insurer, "/exchange/deliveries"));

        var folder = Path.Combine(world.Site.DataFolder, "content");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        await world.Site.Services.GetRequiredService<Sweep>().Run(Ct);
        Assert.Single(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
        Assert.Equal([1, 1], await world.Stored(posting.Id.Value));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Delivery_FetchedByAPerson_IsRecordedAsNotSigned(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var insurer = await world.Site.Organisation(OrganisationKind.Insurer);
        var id = await Posted(world, insurer, [1, 2, 3]);
        await using var scope = world.Site.Services.CreateAsyncScope();
        var exchange = scope.ServiceProvider.GetRequiredService<IExchange>();
        Assert.Equal("EX-0101", (await exchange.ReceivedByPerson(World.Person(world.Payer), new(id), Ct)).Refusal.Code);
        var first = (await exchange.ReceivedByPerson(World.Person(insurer), new(id), Ct)).Value;
        Assert.NotNull(first.ReceiptAt);
        Assert.False(first.ReceiptSigned);
        var second = (await exchange.ReceivedByPerson(World.Person(insurer), new(id), Ct)).Value;
        Assert.Equal(first.ReceiptAt, second.ReceiptAt);
        Assert.Empty(await exchange.Inbox(insurer.Id, waitingOnly: true, Ct));
        Assert.Equal(id, (await exchange.Sent(world.Payer.Id, Ct)).Single().Id.Value);
        Assert.Equal("EX-0103", (await exchange.Acknowledgement(new(id), Ct)).Refusal.Code);
    }

    private static Posting Posting(World world, Organisation recipient) => new(
        new(Guid.CreateVersion7()), world.Payer.Id, recipient.Id, TransmissionKinds.Delivery, "【厳秘】配信.zip", Classification.StrictlyConfidential);

    internal static async Task<Guid> Posted(World world, Organisation recipient, byte[] content)
    {
        var posting = Posting(world, recipient);
        await Post(world, posting, content, commit: true);
        return posting.Id.Value;
    }

    internal static async Task Post(World world, Posting posting, byte[] content, bool commit)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IExchange>().Post(posting, new MemoryStream(content), Ct);
        if (commit)
        {
            await scope.ServiceProvider.GetRequiredService<DbSession>().Commit(Ct);
        }
    }

    internal static byte[] Receipt(Sender recipient, Guid id, byte[] content) => Cms.Sign(
        new DeliveryReceipt(
            id,
            SiteEnvironment.Development,
            recipient.Organisation.Id.Value,
            Convert.ToHexStringLower(SHA256.HashData(content)),
            content.Length,
            TimeProvider.System.Now()).ToBytes(),
        recipient.Certificate);

    internal static async Task<HttpResponseMessage> Post(Sender recipient, Guid id, byte[] receipt)
    {
        using var body = new ByteArrayContent(receipt);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/cms");
        return await recipient.Http.PostAsync(new Uri($"/exchange/deliveries/{id}/receipt", UriKind.Relative), body, Ct);
    }

    private static async Task EnvelopeIsTheCentres(World world, Sender insurer, Guid id, byte[] content)
    {
        var signed = Cms.Verify(
            await insurer.Bytes($"/exchange/deliveries/{id}/envelope"), new Trust([world.Site.Authority]), TimeProvider.System.GetUtcNow()).Value;
        Assert.Equal((await world.Site.Centre()).Id.Value, signed.Identity.Organisation);
        var envelope = Envelope.Parse(signed.Content).Value;
        Assert.Equal(world.Payer.Id.Value, envelope.Sender);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), envelope.Sha256);
    }

    private static async Task<byte[]> Range(Sender insurer, Guid id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/exchange/deliveries/{id}/content");
        request.Headers.Range = new RangeHeaderValue(100_000, 100_009);
        using var answer = await insurer.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    private static async Task<List<JsonElement>> List(Sender by, string path)
    {
        using var json = JsonDocument.Parse(await by.Bytes(path));
        return [.. json.RootElement.EnumerateArray().Select(e => e.Clone())];
    }

    internal static async Task Sequenced(World world)
    {
        for (var i = 0; await world.Count("exchange", "ledger_entry", "position IS NULL") > 0; i++)
        {
            Assert.True(i < 2000, "The ledger's worker does not come");
            await Task.Delay(50, Ct);
        }
    }
}
