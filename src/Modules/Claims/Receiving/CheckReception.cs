using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>
/// 受付・事務点検 of one reception. The file is read outside any write transaction; what was found, the new state and the result for the institution
/// become true together. Broken off at any point, it is simply done again.
/// </summary>
internal sealed class CheckReception(
    DbSession session, Receptions receptions, Examine examine, StoreResult store, IExchange exchange, MasterShelf masters)
{
    /// <summary>False when there was nothing to do (any more).</summary>
    public async Task<bool> Run(string number, CancellationToken ct)
    {
        if (await session.InReading(async () => await receptions.Find(number, ct), ct) is not { State: ReceptionState.Received } reception)
        {
            return false;
        }

        await using var content = (await exchange.Open(reception.Transmission, ct)).Value;
        var received = YearMonth.Of(DateOnly.FromDateTime(reception.BusinessAt.DateTime));
        var file = new CheckedFile();
        file.Report = await Task.Run(() => ClaimFileCheck.Run(content, new CheckContext(received, masters.Current), file), ct);
        await examine.Run(
            new Submitted(reception.Sender, reception.Recipient, reception.BusinessAt),
            file,
            async claim => ClaimMarks.Of(await Slices.Read(content, claim.Offset, claim.Length, ct)),
            ct);
        FaultPoints.Pass("claims.check.judged");
        return await store.Run(reception, file, ct);
    }
}
