using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Modules.Claims.Registry;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>
/// 受付・事務点検 of one reception. The file is read outside any write transaction; what was found, the new state and the result for the institution
/// become true together. Broken off at any point, it is simply done again.
/// </summary>
internal sealed class CheckReception(
    DbSession session,
    Receptions receptions,
    RegistryReader registry,
    Corrections corrections,
    AwaitedMarks awaitedMarks,
    StoreResult store,
    IExchange exchange,
    IDirectory directory,
    MasterShelf masters,
    ClaimsCalendar calendar)
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
        await JudgeClaimant(reception, file, ct);
        if (!file.IsRejected && calendar.At(reception.BusinessAt).Phase == Phase.Correcting)
        {
            await JudgeCorrections(reception, file, content, ct);
        }

        FaultPoints.Pass("claims.check.judged");
        return await store.Run(reception, file, ct);
    }

    private async Task JudgeClaimant(ReceptionRow reception, CheckedFile file, CancellationToken ct)
    {
        if (file.FileHeader is not { } header || Claimant.CodeOf(header) is not { Length: > 0 } code)
        {
            if (!file.IsRejected)
            {
                file.Add([new Finding(ReceptionRules.NoClaimant, new Place(1, 0, "IR", 0, ""), "", "医療機関情報レコードの都道府県・点数表・医療機関コードが正しく記録されていません。")]);
            }

            return;
        }

        var institution = await registry.Find(code, ct);
        var otherTable = institution is null ? await registry.OtherTable(code, ct) : null;
        var payers = await RecipientPayers.Of(directory, reception.Recipient, ct);
        var findings = ClaimantRule.Judge(new Claimant(header, reception.Sender, payers, institution, otherTable, calendar.At(reception.BusinessAt)));
        file.Add(findings);
        file.Institution = findings.Any(f => f.Rule.Severity == Severity.L1) ? null : institution;
    }

    private async Task JudgeCorrections(ReceptionRow reception, CheckedFile file, Stream content, CancellationToken ct)
    {
        var header = file.FileHeader!;
        var month = calendar.At(reception.BusinessAt).Month;
        var awaited = await session.InReading(async () => await corrections.Awaited(Claimant.CodeOf(header), Claimant.PayerOf(header), month, ct), ct);
        if (awaited.Count == 0)
        {
            file.Add([new Finding(ReceptionRules.NothingToCorrect, new Place(1, 0, "IR", 0, ""), "", "10日までに送信して訂正が必要となったレセプトがありません。")]);
            return;
        }

        var marks = await awaitedMarks.Of(awaited, ct);
        foreach (var claim in file.Entries)
        {
            var own = ClaimMarks.Of(await Slices.Read(content, claim.Offset, claim.Length, ct));
            var match = marks.FindIndex(m => m.Marks.Overlaps(own));
            if (match < 0)
            {
                file.Refuse(claim);
                continue;
            }

            file.Corrects(claim, marks[match].Claim);
            marks.RemoveAt(match);
        }
    }
}
