using System.Net;
using Sekisho.EndToEnd.Tests.Death;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>The command line waits in line like everybody, says so, and gets in.</summary>
public sealed class LineUpTests
{
    [Fact]
    public async Task Send_WhenCrowded_SaysItsPlaceWaitsAndGetsIn()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite, "Admission:Active=1", "Admission:Idle=00:05:00", "Admission:Longest=00:00:02");
        using var other = new Courier(clinic.Server, "clinic");
        var sending = new Sending(other, TransmissionChain.Payer(clinic.Server), Sending.Variant(await File.ReadAllBytesAsync(clinic.File, TestContext.Current.CancellationToken), 7));
        using (var opened = await other.Open(sending.Cms))
        {
            await Courier.Expect(opened, "open", HttpStatusCode.Created);
        }

        using var send = clinic.Sekisho.Launch(["send", clinic.File, "--no-wait", .. clinic.Connected("clinic")]);
        var told = await send.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        using (var given = await other.Send(HttpMethod.Delete, $"/exchange/uploads/{sending.Id}"))
        {
            await Courier.Expect(given, "give up", HttpStatusCode.NoContent);
        }

        var sent = await ProcessResult.Finish(send);

        Assert.Equal("センターが混み合っています。順番は 1 番目です。1 秒後にもう一度たずねます（順番は保たれます）。", told);
        Assert.Contains("受付番号", sent.Expect(0).Out, StringComparison.Ordinal);
        Assert.Contains("付記 不正ソフトウェア検査: 未検査", sent.Out, StringComparison.Ordinal);

        // Who gave up gets in again as soon as there is room.
        await sending.Advance(other);
    }
}
