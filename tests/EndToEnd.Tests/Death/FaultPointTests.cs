using System.Text.RegularExpressions;
using Sekisho.Tests.Services;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>The real server dies at every named fault point, one after the other, with work in flight; then everything is finished and compared.</summary>
public sealed partial class FaultPointTests
{
    private static readonly string[] _transmission =
    [
        "exchange.open.written", "exchange.open.committed",
        "exchange.upload.created", "exchange.upload.segment", "exchange.upload.segment:3", "exchange.upload.park-flushed", "exchange.upload.tail-written",
        "exchange.upload.tail-moved", "exchange.upload.parked", "exchange.upload.last-segment", "exchange.upload.flushed", "exchange.upload.finished",
        "exchange.completion.digested", "exchange.completion.numbered", "exchange.completion.written", "exchange.completion.committed",
        "exchange.ledger.signed:3", "exchange.ledger.written:4", "exchange.ledger.committed:2", "exchange.acknowledgement.answering",
    ];

    private static readonly string[] _month =
    [
        "platform.outbox.consumed", "platform.outbox.handled", "platform.outbox.done",
        "claims.check.judged", "claims.check.page", "claims.check.page:2", "exchange.post.stored:1", "claims.check.written", "claims.check.committed",
        "claims.confirm.written", "claims.confirm.committed", "claims.cancel.written", "claims.cancel.committed",
        "claims.autoconfirm.written", "claims.autoconfirm.committed",
        "claims.close.written", "claims.close.committed", "claims.review.written", "claims.review.committed",
        "claims.decide.written", "claims.decide.committed",
        "claims.deliver.packaged", "exchange.post.stored", "claims.deliver.posted", "claims.deliver.written", "claims.deliver.committed",
        "claims.settle.written", "claims.settle.committed",
        "exchange.receipt.written", "exchange.receipt.committed",
    ];

    private static readonly string[] _rest =
    [
        "exchange.refusal.written", "exchange.refusal.committed", "exchange.terminate.committed", "exchange.reopen.committed",
        "exchange.sweep.written", "exchange.sweep.expired", "exchange.sweep.removed",
        "exchange.handover.written", "exchange.handover.committed",
    ];

    private static readonly string[] _quarantine = ["exchange.quarantine.judged", "exchange.quarantine.written", "exchange.quarantine.opened"];

    [Fact]
    public void Points_AreAllDiedAt() => Assert.Equal(
        Documented().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/operations/fault-points.md"))).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal),
        _transmission.Concat(_month).Concat(_rest).Concat(_quarantine).Select(p => p.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Faults:Die=exchange.open.written", "Environment=test")]
    [InlineData("Faults:Die=exchange.open.written", "Environment=production")]
    [InlineData("Faults:Die=exchange.open.misspelt", "Environment=development")]
    [InlineData("Faults:Die=exchange.open.written:0", "Environment=development")]
    public async Task Start_ArmedWhereItMustNotBe_IsRefused(string setting, string environment)
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-e2e-").FullName;

        var refused = await ProcessResult.Run(
            Repository.Server, ["--" + setting, "--" + environment, "--DataFolder=" + folder], workingFolder: Path.GetDirectoryName(Repository.Server));

        Assert.Contains("Faults:Die", refused.Expect(3).Error, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    internal static Task Transmissions(Provider provider) => Die(provider, _transmission, (server, books) => new TransmissionChain(server, books));

    internal static Task Month(Provider provider) => Die(provider, _month, (server, books) => new MonthChain(server, books));

    internal static Task Rest(Provider provider) => Die(
        provider,
        _rest,
        (server, books) => new RestChain(server, books),
        "Exchange:UploadLifetime=00:00:08",
        "Exchange:SweepInterval=00:00:01",
        "Exchange:OrphanAge=00:00:30");

    internal static async Task Quarantine(Provider provider)
    {
        await using var clamav = await Clamav.Start();
        await Die(provider, _quarantine, (server, books) => new TransmissionChain(server, books), clamav.Settings);
    }

    private static async Task Die<T>(Provider provider, string[] points, Func<ServerProcess, Books, T> begin, params string[] settings)
        where T : IChain, IDisposable
    {
        await using var server = await ServerProcess.Start(provider, settings);
        var books = new Books(server);
        using var chain = begin(server, books);
        await server.Kill();
        foreach (var point in points)
        {
            await server.StartArmed(point);
            for (var round = 0; round < 4 && !server.IsDown; round++)
            {
                await Round(server, chain, point);
            }

            Assert.True(await server.Ends(TimeSpan.FromSeconds(60)), $"{point} was not reached\n{server.Output}");
            Assert.True(server.HasDiedAt(point), $"{point}: died elsewhere\n{server.Output}");
        }

        await server.Start();
        await chain.Finish();
        await books.Agree();
    }

    private static async Task Round(ServerProcess server, IChain chain, string point)
    {
        try
        {
            await chain.Drive(point);
            await server.Ends(TimeSpan.FromMilliseconds(500));
        }
        catch (Exception fault) when (Courier.IsGone(fault))
        {
            Assert.True(await server.Ends(TimeSpan.FromSeconds(60)), $"{point}: no answer, but alive\n{fault}\n{server.Output}");
        }
    }

    [GeneratedRegex("^\\| `([^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Documented();
}

/// <summary>A class each, so that they run side by side.</summary>
public sealed class TransmissionDeathTests
{
    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public Task Transmission_DeathAtEveryPoint_LosesAndDoublesNothing(Provider provider) => FaultPointTests.Transmissions(provider);
}

/// <inheritdoc cref="TransmissionDeathTests"/>
public sealed class MonthDeathTests
{
    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public Task Month_DeathAtEveryPoint_LosesAndDoublesNothing(Provider provider) => FaultPointTests.Month(provider);
}

/// <inheritdoc cref="TransmissionDeathTests"/>
public sealed class QuarantineDeathTests
{
    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public Task Quarantine_DeathAtEveryPoint_OpensEachOnce(Provider provider) => FaultPointTests.Quarantine(provider);
}

/// <inheritdoc cref="TransmissionDeathTests"/>
public sealed class RestDeathTests
{
    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public Task Rest_DeathAtEveryPoint_LosesAndDoublesNothing(Provider provider) => FaultPointTests.Rest(provider);
}
