using System.Security.Cryptography;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Deliveries;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Quarantine;

/// <summary>What ends a waiting, or makes it one for ever; each in a transaction of its own. Scoped.</summary>
internal sealed class Opening(
    DbSession session,
    QuarantineTable table,
    ContentStore store,
    Clamd clamd,
    ScannerState scanner,
    ScannerOptions options,
    PostDelivery post,
    IDirectory directory,
    INotices notices,
    Outbox outbox,
    Audit audit,
    TimeProvider time)
{
    /// <summary>Looks at one content and keeps what was said; false when the scanner did not answer.</summary>
    public async ValueTask<bool> Scan(Unscanned content, CancellationToken ct)
    {
        var engine = scanner.Engine;
        Verdict verdict;
        await using (var plain = store.Read(content.Content, content.Length))
        {
            verdict = await clamd.Scan(plain, ct);
        }

        if (verdict.Result == ScanResult.Failed && content.Attempts + 1 >= options.Attempts && await clamd.Ask(ct) is not null)
        {
            // It is well, but fails on this one again and again.
            verdict = new(ScanResult.Unscannable, verdict.Detail);
        }

        FaultPoints.Pass("exchange.quarantine.judged");
        switch (verdict.Result)
        {
            case ScanResult.Failed:
                await session.Write(ct);
                await table.Failed(content.Id, verdict.Detail, ct);
                await session.Commit(ct);
                return false;
            case ScanResult.Infected:
                await Infected(content, verdict.Detail, engine, ct);
                break;
            default:
                await Judged(content, verdict, engine, ct);
                break;
        }

        scanner.Scanned();
        return true;
    }

    /// <summary>Opens what nothing holds any more: its receivers are told.</summary>
    public async ValueTask Release(QuarantineRow row, CancellationToken ct)
    {
        await session.Write(ct);
        if (await End(row, QuarantineState.Opened, null, null, ct))
        {
            await audit.Record(null, AuditKind.ContentOpened, row.Id.ToString(), row.Scan == ScanState.Clean ? "clean" : "not scanned", ct);
            FaultPoints.Pass("exchange.quarantine.written");
            await session.Commit(ct);
            FaultPoints.Pass("exchange.quarantine.opened");
        }
        else
        {
            await session.Rollback();
        }
    }

    /// <summary>Ends the waiting in the current transaction; opened content is published.</summary>
    public async ValueTask<bool> End(QuarantineRow row, QuarantineState state, string? by, string? reason, CancellationToken ct)
    {
        if (!await table.End(row.Id, state, by, reason, time.Now(), ct))
        {
            return false;
        }

        if (state == QuarantineState.Opened)
        {
            await outbox.Publish(new TransmissionAccepted(row.Id, row.Kind), row.Id.ToString(), ct);
        }

        return true;
    }

    /// <summary>Tells the sender by a delivery from the centre, begun in the current or a new transaction. Once, however often it is asked.</summary>
    public async ValueTask Tell(TransmissionId id, OrganisationId sender, string number, string what, string remedy, CancellationToken ct)
    {
        var centre = await directory.Centre(ct);
        var text = $"""
            受付番号 {number} の伝送（{id}）について

            {what}
            受領の事実と受領確認は変わりません。内容は開封していません。請求先には渡っていません。

            {remedy}
            """;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"quarantine notice {id}"));
        var posting = new Posting(
            new(new Guid(digest.AsSpan(0, 16))), centre.Id, sender, TransmissionKinds.Notice, $"【秘密】開封していない伝送のお知らせ_{number}.txt", Classification.Confidential);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));
        await post.Run(posting, content, ct);
    }

    private async ValueTask Judged(Unscanned content, Verdict verdict, string engine, CancellationToken ct)
    {
        var clean = verdict.Result == ScanResult.Clean;
        await session.Write(ct);
        if (await table.Scanned(content.Id, clean ? ScanState.Clean : ScanState.Unscannable, verdict.Detail, engine, time.Now(), ct))
        {
            await audit.Record(null, AuditKind.ContentScanned, content.Id.ToString(), clean ? "clean" : "not scannable", ct);
            if (!clean)
            {
                await notices.Raise(
                    "content-unscannable", content.Id.ToString(), $"受付番号 {content.Number} の内容は検査できません（{verdict.Detail}）。開封するかどうかを決めてください。", ct);
            }
        }

        await session.Commit(ct);
    }

    private async ValueTask Infected(Unscanned content, string signature, string engine, CancellationToken ct)
    {
        await Tell(
            content.Id,
            content.Sender,
            content.Number,
            $"内容から不正ソフトウェアを検出しました（{signature}）。",
            "送信した端末を検査し、ファイルを作り直して、新しい伝送として送信してください。心当たりがない場合はセンターに連絡してください。",
            ct);
        await session.Write(ct);
        if (!await table.Scanned(content.Id, ScanState.Infected, signature, engine, time.Now(), ct))
        {
            await session.Rollback();
            return;
        }

        await audit.Record(null, AuditKind.ContentScanned, content.Id.ToString(), "infected " + signature, ct);
        await notices.Raise(
            "content-infected", content.Id.ToString(), $"受付番号 {content.Number} の内容から不正ソフトウェアを検出しました（{signature}）。開封していません。送信者に知らせました。", ct);
        await session.Commit(ct);
    }
}
