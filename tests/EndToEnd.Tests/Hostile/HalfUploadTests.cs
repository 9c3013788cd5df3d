using System.Diagnostics;
using System.Net;
using Sekisho.EndToEnd.Tests.Death;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>Thousands of uploads begun and never ended.</summary>
public sealed class HalfUploadTests
{
    private const int Halves = 2000;
    private const int AtOnce = 8;
    private const long MostMemory = 900L << 20;

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Uploads_ThousandsOfHalves_CostNobodyElseAnything(Provider provider)
    {
        await using var server = await ServerProcess.Start(provider, $"Exchange:OpenUploads={Halves}", "Exchange:SweepInterval=00:00:01", "Exchange:OrphanAge=00:00:01");
        using var clinic = new Courier(server, "clinic");
        var payer = TransmissionChain.Payer(server);
        var file = await File.ReadAllBytesAsync(server.Demo("RECEIPTC.UKE"), TestContext.Current.CancellationToken);
        var whole = new Sending(clinic, payer, file);
        using (var opened = await clinic.Open(whole.Cms))
        {
            await Courier.Expect(opened, "open", HttpStatusCode.Created);
        }

        await Parallel.ForAsync(1, Halves, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => await Half(clinic, payer, Sending.Variant(file, i)));

        using (var refused = await clinic.Open(new Sending(clinic, payer, Sending.Variant(file, Halves)).Cms))
        {
            Assert.Equal((429, "EX-0214"), await HostileSite.Problem(refused));
        }

        using var process = Process.GetProcessById(server.Id);
        Assert.InRange(process.WorkingSet64, 1, MostMemory);
        await whole.Advance(clinic);

        await server.Kill();
        await server.Start();
        await whole.StillAcknowledged(clinic);
        await server.Database.Execute($"UPDATE {server.Database.Table("exchange", "transmission")} SET expires = 0 WHERE state = 'Open'");
        await Books.Eventually("all halves have expired and left no file", async () => await Open(server) == 0 && Files(server) <= await Kept(server), 240);
        await new Sending(clinic, payer, Sending.Variant(file, Halves + 1)).Advance(clinic);
    }

    private static async Task Half(Courier clinic, Guid payer, byte[] content)
    {
        var sending = new Sending(clinic, payer, content);
        using var opened = await clinic.Open(sending.Cms);
        await Courier.Expect(opened, "open", HttpStatusCode.Created);
        using var parked = await clinic.Patch(sending.Id, 0, content.AsMemory(0, content.Length / 2));
        await Courier.Expect(parked, "half", HttpStatusCode.NoContent);
    }

    private static async Task<long> Open(ServerProcess server) =>
        Convert.ToInt64(await server.Database.Scalar($"SELECT COUNT(*) FROM {server.Database.Table("exchange", "transmission")} WHERE state = 'Open'"), null);

    private static async Task<long> Kept(ServerProcess server) =>
        Convert.ToInt64(await server.Database.Scalar($"SELECT COUNT(*) FROM {server.Database.Table("exchange", "transmission")} WHERE state = 'Received'"), null);

    private static int Files(ServerProcess server) => Directory.EnumerateFiles(Path.Combine(server.Folder, "content"), "*", SearchOption.AllDirectories).Count();
}
