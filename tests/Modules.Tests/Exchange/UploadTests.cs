using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Exchange.TransmissionTests;

namespace Sekisho.Modules.Tests.Exchange;

public sealed class UploadTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-8")]
    public async Task G_5_8_Upload_LineCut_KeepsWhatArrivedAndResumes(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(400_000);
        var id = await Opened(world, content);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => world.Clinic.Patch(id, 0, new CutContent(content, 250_000, () => Taken(world, id))));
        var offset = await Settled(world, id);
        Assert.InRange(offset, 1, 250_000);
        using (var rest = await world.Clinic.Patch(id, offset, content[(int)offset..]))
        {
            Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        }

        await world.Clinic.Acknowledgement(id);
        Assert.Equal(content, await world.Stored(id));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Upload_SiteRestartedInTheMiddle_GoesOnAtTheReportedOffset(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(300_000);
        var id = await Opened(world, content);
        var offset = 0;
        foreach (var count in new[] { 100_000, 7, 65_529, 50_000 })
        {
            using var part = await world.Clinic.Patch(id, offset, content[offset..(offset + count)]);
            offset += count;
            Assert.Equal(offset.ToString(System.Globalization.CultureInfo.InvariantCulture), part.Headers.GetValues("Upload-Offset").Single());
            await world.Restart();
            Assert.Equal(offset, await world.Clinic.Offset(id));
        }

        using (var rest = await world.Clinic.Patch(id, offset, content[offset..]))
        {
            Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        }

        var acknowledgement = await world.Clinic.Acknowledgement(id);
        await world.Restart();
        Assert.Equal(acknowledgement, await world.Clinic.Acknowledgement(id));
        Assert.Equal(content, await world.Stored(id));
        Assert.Empty(await world.Health());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Upload_CrashedBetweenTheLastByteAndTheAcknowledgement_IsCompletedWhenAskedFor(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        foreach (var byHead in new[] { true, false })
        {
            var content = RandomNumberGenerator.GetBytes(100_000);
            var envelope = world.Clinic.Envelope(world.Payer, content);
            var cms = world.Clinic.Signed(envelope);
            using (await world.Clinic.Open(cms))
            {
            }

            await WriteWhole(world, envelope.Id, content);
            if (byHead)
            {
                Assert.Equal(content.Length, await world.Clinic.Offset(envelope.Id));
            }
            else
            {
                using var answer = await world.Clinic.Open(cms);
                Assert.Equal("application/cms", answer.Content.Headers.ContentType?.MediaType);
            }

            await world.Clinic.Acknowledgement(envelope.Id);
        }

        Assert.Empty(await world.Health());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Upload_OfAnotherOrganisation_DoesNotExist(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        using var other = await Sender.Of(world.Site, OrganisationKind.MedicalInstitution, Sender.Institution);
        byte[] content = [1, 2, 3];
        var id = await Opened(world, content);
        using (var head = await other.Upload(HttpMethod.Head, id))
        {
            Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        }

        using (var patch = await other.Patch(id, 0, content))
        {
            await Refused(patch, HttpStatusCode.NotFound, "EX-0101");
        }

        using (var delete = await other.Upload(HttpMethod.Delete, id))
        {
            await Refused(delete, HttpStatusCode.NotFound, "EX-0101");
        }

        using (await world.Clinic.Patch(id, 0, content))
        {
        }

        await world.Clinic.Acknowledgement(id);
        foreach (var path in new[] { "acknowledgement", "proof" })
        {
            using var answer = await other.Get($"/exchange/transmissions/{id}/{path}");
            await Refused(answer, HttpStatusCode.NotFound, "EX-0103");
        }

        using var insurer = await Sender.Of(world.Site, OrganisationKind.Insurer);
        using var denied = await insurer.Patch(id, 0, content);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Protocol_Broken_IsAnsweredAsTusSays(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(1000);
        var id = await Opened(world, content);
        using (var version = await world.Clinic.Patch(id, 0, new ByteArrayContent(content), "0.2.2"))
        {
            await Refused(version, HttpStatusCode.PreconditionFailed, "EX-0207");
            Assert.Equal("1.0.0", version.Headers.GetValues("Tus-Version").Single());
        }

        using (var type = await world.Clinic.Patch(id, 0, new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } }))
        {
            await Refused(type, HttpStatusCode.UnsupportedMediaType, "EX-0208");
        }

        using (var early = await world.Clinic.Patch(id, 10, content[10..]))
        {
            await Refused(early, HttpStatusCode.Conflict, "EX-0206");
            Assert.Equal("0", early.Headers.GetValues("Upload-Offset").Single());
        }

        using (var beyond = await world.Clinic.Patch(id, 0, [.. content, 1]))
        {
            await Refused(beyond, HttpStatusCode.RequestEntityTooLarge, "EX-0210");
        }

        using (var beyond = await world.Clinic.Patch(id, 0, new ChunkedContent([.. content, 1])))
        {
            await Refused(beyond, HttpStatusCode.RequestEntityTooLarge, "EX-0210");
        }

        using (var options = await world.Clinic.Upload(HttpMethod.Options, id))
        {
            Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
            Assert.Equal("expiration,termination", options.Headers.GetValues("Tus-Extension").Single());
        }

        using var last = await world.Clinic.Patch(id, await world.Clinic.Offset(id), content[(int)await world.Clinic.Offset(id)..]);
        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        Assert.Equal(content, await world.Stored(id));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Upload_OnTwoLinesAtOnce_IsLocked(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(100_000);
        var id = await Opened(world, content);
        var slow = new SlowContent(content);
        var first = world.Clinic.Patch(id, 0, slow);
        await slow.HalfSent.WaitAsync(TestContext.Current.CancellationToken);
        await Taken(world, id);
        using (var second = await world.Clinic.Patch(id, 0, content))
        {
            Assert.Equal(HttpStatusCode.Locked, second.StatusCode);
        }

        slow.GoOn();
        using var answer = await first;
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await world.Clinic.Acknowledgement(id);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Upload_ExpiredOrTerminated_IsGoneUntilTheEnvelopeOpensItAgain(DatabaseProvider provider)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(1000);
        foreach (var terminated in new[] { true, false })
        {
            var envelope = world.Clinic.Envelope(world.Payer, content);
            var cms = world.Clinic.Signed(envelope);
            using (await world.Clinic.Open(cms))
            using (await world.Clinic.Patch(envelope.Id, 0, content[..500]))
            {
            }

            var stored = world.Site.Services.GetRequiredService<ContentStore>().Path(await world.ContentOf(envelope.Id));
            Assert.True(File.Exists(stored));
            await End(world, envelope.Id, terminated);
            Assert.False(File.Exists(stored));
            using (var gone = await world.Clinic.Patch(envelope.Id, 500, content[500..]))
            {
                await Refused(gone, HttpStatusCode.Gone, "EX-0204");
            }

            using (var again = await world.Clinic.Open(cms))
            {
                Assert.Equal(HttpStatusCode.Created, again.StatusCode);
                Assert.Equal("0", again.Headers.GetValues("Upload-Offset").Single());
            }

            using (await world.Clinic.Patch(envelope.Id, 0, content))
            {
            }

            await world.Clinic.Acknowledgement(envelope.Id);
            using var late = await world.Clinic.Upload(HttpMethod.Delete, envelope.Id);
            await Refused(late, HttpStatusCode.Conflict, "EX-0212");
        }
    }

    private static async Task End(World world, Guid id, bool terminated)
    {
        if (terminated)
        {
            using var deleted = await world.Clinic.Upload(HttpMethod.Delete, id);
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            return;
        }

        await world.Execute($"UPDATE {world.Table("exchange", "transmission")} SET expires = 1 WHERE id = @id", ("id", id));
        using (var gone = await world.Clinic.Upload(HttpMethod.Head, id))
        {
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        }

        await world.Site.Services.GetRequiredService<Sweep>().Run(TestContext.Current.CancellationToken);
    }

    private static async Task<Guid> Opened(World world, byte[] content)
    {
        var envelope = world.Clinic.Envelope(world.Payer, content);
        using var opened = await world.Clinic.Open(world.Clinic.Signed(envelope));
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        return envelope.Id;
    }

    /// <summary>The server notices a cut line a moment after the client.</summary>
    private static async Task<long> Settled(World world, Guid id)
    {
        await WaitUntil(async () =>
        {
            using var head = await world.Clinic.Upload(HttpMethod.Head, id);
            return head.StatusCode == HttpStatusCode.OK;
        });
        return await world.Clinic.Offset(id);
    }

    /// <summary>What the client has sent the server may not have begun to take.</summary>
    internal static Task Taken(World world, Guid id) => WaitUntil(async () =>
    {
        using var head = await world.Clinic.Upload(HttpMethod.Head, id);
        return head.StatusCode == HttpStatusCode.Locked;
    });

    private static async Task WaitUntil(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            Assert.True(i < 1000, "It never came");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task WriteWhole(World world, Guid id, byte[] content)
    {
        using var writer = world.Site.Services.GetRequiredService<ContentStore>().Write(await world.ContentOf(id), content.Length);
        for (var at = 0; at < content.Length;)
        {
            var room = await writer.Room(TestContext.Current.CancellationToken);
            var count = Math.Min(room.Length, content.Length - at);
            content.AsSpan(at, count).CopyTo(room.Span);
            writer.Advance(count);
            at += count;
        }

        writer.Finish();
    }

    /// <summary>Announces all of it and breaks off in the middle.</summary>
    private sealed class CutContent(byte[] content, int at, Func<Task> taken) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(content.AsMemory(0, at));
            await stream.FlushAsync();
            await taken();
            await Task.Delay(300);
            throw new IOException("The line was cut");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }

    private sealed class ChunkedContent(byte[] content) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(content).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
