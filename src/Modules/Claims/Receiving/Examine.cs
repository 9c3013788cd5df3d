using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Modules.Claims.Registry;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>Whose file it is, for whom, and when: what only reception knows of it.</summary>
internal sealed record Submitted(OrganisationId Sender, OrganisationId Recipient, DateTimeOffset BusinessAt);

/// <summary>What reception adds to the check of the file itself: claimant, corrections, sent twice. Used by the reception and by the preview alike. Scoped.</summary>
internal sealed class Examine(
    DbSession session,
    Receptions receptions,
    RegistryReader registry,
    Corrections corrections,
    AwaitedMarks awaitedMarks,
    IDirectory directory,
    ClaimsCalendar calendar)
{
    /// <summary>Judges claimant and, in the correcting period, each claim by its marks.</summary>
    public async Task Run(Submitted submitted, CheckedFile file, Func<ClaimEntry, ValueTask<IReadOnlySet<string>>> marks, CancellationToken ct)
    {
        await JudgeClaimant(submitted, file, ct);
        if (!file.IsRejected && calendar.At(submitted.BusinessAt).Phase == Phase.Correcting)
        {
            await JudgeCorrections(submitted, file, marks, ct);
        }
    }

    /// <summary>An earlier reception of the same sender with the same bytes: they may not be claimed twice.</summary>
    /// <param name="number">受付番号 of the file at hand; empty when it has none.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="sha256">Of its bytes.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<string?> SameBytes(string number, OrganisationId sender, string sha256, CancellationToken ct)
    {
        var same = await receptions.Where(
            "r.sha256 = @sha256 AND r.number <> @number AND r.state NOT IN ('Received', 'Rejected', 'Cancelled')", ct, ("sha256", sha256), ("number", number));
        return same.Count > 0 && same[0].Sender == sender ? same[0].Number : null;
    }

    private async Task JudgeClaimant(Submitted submitted, CheckedFile file, CancellationToken ct)
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
        var payers = await RecipientPayers.Of(directory, submitted.Recipient, ct);
        var findings = ClaimantRule.Judge(new Claimant(header, submitted.Sender, payers, institution, otherTable, calendar.At(submitted.BusinessAt)));
        file.Add(findings);
        file.Institution = findings.Any(f => f.Rule.Severity == Severity.L1) ? null : institution;
    }

    private async Task JudgeCorrections(Submitted submitted, CheckedFile file, Func<ClaimEntry, ValueTask<IReadOnlySet<string>>> marks, CancellationToken ct)
    {
        var header = file.FileHeader!;
        var month = calendar.At(submitted.BusinessAt).Month;
        var awaited = await session.InReading(async () => await corrections.Awaited(Claimant.CodeOf(header), Claimant.PayerOf(header), month, ct), ct);
        if (awaited.Count == 0)
        {
            file.Add([new Finding(ReceptionRules.NothingToCorrect, new Place(1, 0, "IR", 0, ""), "", "10日までに送信して訂正が必要となったレセプトがありません。")]);
            return;
        }

        var open = await awaitedMarks.Of(awaited, ct);
        foreach (var claim in file.Entries)
        {
            var own = await marks(claim);
            var match = open.FindIndex(m => m.Marks.Overlaps(own));
            if (match < 0)
            {
                file.Refuse(claim);
                continue;
            }

            file.Corrects(claim, open[match].Claim);
            open.RemoveAt(match);
        }
    }
}
