using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Exchange.TransmissionTests;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>An upload that runs out just while its sender is at it.</summary>
public sealed class ReopeningTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, true)]
    [InlineData(DatabaseProvider.Sqlite, false)]
    [InlineData(DatabaseProvider.PostgreSql, true)]
    [InlineData(DatabaseProvider.PostgreSql, false)]
    public async Task OpenedAgain_WhileTheOldLineStillBrings_OnlyTheNewContentCounts(DatabaseProvider provider, bool rightBytes)
    {
        await using var world = await World.Start(provider);
        var content = RandomNumberGenerator.GetBytes(100_000);
        var envelope = world.Clinic.Envelope(world.Payer, content);
        var cms = world.Clinic.Signed(envelope);
        await Opened(world, cms, HttpStatusCode.Created);
        var slow = new SlowContent(rightBytes ? content : RandomNumberGenerator.GetBytes(content.Length));
        var old = world.Clinic.Patch(envelope.Id, 0, slow);
        await slow.HalfSent.WaitAsync(Ct);
        await UploadTests.Taken(world, envelope.Id);
        await world.Execute($"UPDATE {world.Table("exchange", "transmission")} SET expires = 1 WHERE id = @id", ("id", envelope.Id));

        await Opened(world, cms, HttpStatusCode.Created);
        slow.GoOn();
        using (var answer = await old)
        {
            await Refused(answer, HttpStatusCode.Gone, "EX-0204");
        }

        Assert.Equal(0, await world.Clinic.Offset(envelope.Id));
        using (var sent = await world.Clinic.Patch(envelope.Id, 0, content))
        {
            Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        }

        await world.Clinic.Acknowledgement(envelope.Id);
        Assert.Equal(content, await world.Stored(envelope.Id));
    }

    [Fact]
    public async Task Envelope_WhoseUploadRunsOutUnderTheRequest_OpensItAgain()
    {
        var clock = new MovedClock();
        await using var world = await World.StartOn(
            machine => machine.AddSingleton<TimeProvider>(clock), DatabaseProvider.Sqlite, "Exchange:UploadLifetime=00:30:00");
        var cms = world.Clinic.Signed(world.Clinic.Envelope(world.Payer, RandomNumberGenerator.GetBytes(1000)));
        await Opened(world, cms, HttpStatusCode.Created);
        for (var reading = 1; reading <= 40; reading++)
        {
            clock.MoveAt(reading, TimeSpan.FromMinutes(31));
            await Opened(world, cms, HttpStatusCode.Created, HttpStatusCode.OK);
        }
    }

    private static async Task Opened(World world, byte[] cms, params HttpStatusCode[] expected)
    {
        using var answer = await world.Clinic.Open(cms);
        Assert.True(expected.Contains(answer.StatusCode), await answer.Content.ReadAsStringAsync(Ct));
    }
}
