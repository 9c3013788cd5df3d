using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange;
using Sekisho.Modules.Exchange.Clock;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>What is acknowledged says how good its time is, never runs backwards, and stays closed while the time is not vouched for.</summary>
public sealed class ClockTests
{
    private static readonly ClockReading _good = new(true, TimeSpan.FromMilliseconds(3));
    private ClockReading _machine = _good;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Jump_BackAndForth_NeverShowsInTheTimesOfAcknowledgements(DatabaseProvider provider)
    {
        var clock = new MovedClock();
        await using var world = await Start(clock, provider);
        var before = await Received(world, "before");
        Assert.Equal("時刻: 同期済み（誤差 0.003 秒以内）", before.Facts[1]);
        await Eventually(async () => await world.Count("claims", "reception", "1 = 1") == 1);

        // An hour back, within the acknowledgement of a moment ago; then a year ahead.
        clock.Move(TimeSpan.FromMinutes(-2));
        var back = await Received(world, "back");
        clock.Move(TimeSpan.FromMinutes(12));
        var ahead = await Received(world, "ahead");

        Assert.True(back.ReceivedAt >= before.ReceivedAt, $"{back.ReceivedAt:O} is before {before.ReceivedAt:O}");
        Assert.InRange(ahead.ReceivedAt - back.ReceivedAt, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.All([back, ahead], s => Assert.StartsWith("時刻: 時計の跳躍を検出し", s.Facts[1], StringComparison.Ordinal));
        Assert.Equal(1, await world.Count("claims", "reception", "1 = 1"));

        // The machine is synchronised: the new time is vouched for, and what waited is opened.
        await Look(world);
        Assert.Contains(await world.Site.Audited(AuditKind.ClockChanged), e => e.StartsWith("clock: jumped 600 s", StringComparison.Ordinal) || e.StartsWith("clock: jumped 599.", StringComparison.Ordinal) || e.StartsWith("clock: jumped 600.", StringComparison.Ordinal));
        await Eventually(async () => await world.Count("claims", "reception", "1 = 1") == 3);
        var after = await Received(world, "after");
        Assert.InRange(after.ReceivedAt - ahead.ReceivedAt, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(14));
        Assert.Empty(await world.Health());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Clock_NotSynchronised_IsStatedAndContentWaits(DatabaseProvider provider)
    {
        _machine = default;
        await using var world = await Start(TimeProvider.System, provider);

        var received = await Received(world, "unsynchronised");

        Assert.StartsWith("時刻: 同期していない", received.Facts[1], StringComparison.Ordinal);
        await Task.Delay(1500, Ct);
        Assert.Equal(0, await world.Count("claims", "reception", "1 = 1"));
        _machine = new(true, TimeSpan.FromSeconds(7));
        await Look(world);
        Assert.Equal(ClockState.Inaccurate, Of(world).Condition.State);
        Assert.StartsWith("時刻: 誤差が大きい（7.000 秒以内）", (await Received(world, "inaccurate")).Facts[1], StringComparison.Ordinal);
        _machine = _good;
        await Look(world);
        await Eventually(async () => await world.Count("claims", "reception", "1 = 1") == 2);
        Assert.Equal(["clock: NotSynchronised", "clock: Inaccurate", "clock: Synchronised"], await world.Site.Audited(AuditKind.ClockChanged));
    }

    [Fact]
    public async Task Restart_WithTheClockBehindTheLastAcknowledgement_GoesOnFromThere()
    {
        var clock = new MovedClock();
        await using var world = await Start(clock, DatabaseProvider.Sqlite);
        var before = await Received(world, "before");
        clock.Move(TimeSpan.FromMinutes(-3));

        await world.Restart();

        var after = await Received(world, "after");
        Assert.True(after.ReceivedAt >= before.ReceivedAt, $"{after.ReceivedAt:O} is before {before.ReceivedAt:O}");
    }

    [Fact]
    public void Kernel_IsAsked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux だけ");
        var reading = KernelClock.Read();
        Assert.Equal(reading.Synchronised, reading.Error is not null);
        Assert.True(reading.Error is null || reading.Error >= TimeSpan.Zero, reading.ToString());
    }

    [Fact]
    public void SlowDrift_IsNoJump()
    {
        var time = new MovedClock();
        var clock = new ReceptionClock(time, new ClockOptions(), ClockMode.Kernel, () => _good);
        for (var minute = 0; minute < 60; minute++)
        {
            time.Move(TimeSpan.FromMilliseconds(30));
            Assert.Equal(TimeSpan.Zero, clock.Look());
        }

        Assert.True(clock.IsTrusted);
    }

    private Task<World> Start(TimeProvider time, DatabaseProvider provider) => World.StartOn(
        services => services.AddSingleton(time).AddSingleton<ReadClock>(() => _machine), provider, "Clock:Mode=Kernel", "Clock:Check=1.00:00:00");

    private static ReceptionClock Of(World world) => world.Site.Services.GetRequiredService<ReceptionClock>();

    private static Task Look(World world) => world.Site.Services.GetRequiredService<SiteWatch>().LookAtClock(Ct);

    private static async Task<AcknowledgementStatement> Received(World world, string text)
    {
        var (_, acknowledgement) = await world.Clinic.Send(world.Payer, System.Text.Encoding.UTF8.GetBytes(text));
        var signed = new System.Security.Cryptography.Pkcs.SignedCms();
        signed.Decode(acknowledgement);
        return AcknowledgementStatement.Parse(Acknowledgement.Parse(signed.ContentInfo.Content).Value.Statement.Span).Value;
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 2000; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50, Ct);
        }

        Assert.Fail("did not come to hold");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
