using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Operations;

/// <summary>What is received and kept closed: operators see all of it and decide, senders see their own.</summary>
[OpenToMembers("自組織が送信したものだけを表示する。すべての表示と決定はサイトの運用者に限り、ここで確かめる。")]
[Audits(AuditKind.QuarantineRead)]
[Classified(Classification.Confidential)]
internal sealed class QuarantineModel(ICurrentActor current, IQuarantine quarantine, IDirectory directory) : SitePage
{
    private readonly Dictionary<OrganisationId, string> _names = [];

    public bool IsOperator => current.Actor.May(Permission.ManageSite);

    public ScannerCondition Scanner => quarantine.Scanner;

    public ClockCondition Clock => quarantine.Clock;

    public IReadOnlyList<QuarantineItem> Items { get; private set; } = [];

    public string Name(OrganisationId id) => _names.GetValueOrDefault(id, "");

    public static string Word(QuarantineState state) => state switch
    {
        QuarantineState.Infected => "不正ソフトウェアを検出",
        QuarantineState.Rejected => "開封しないと決定",
        QuarantineState.Opened => "開封済み",
        _ => "開封していない",
    };

    public static string Why(QuarantineItem item) => item switch
    {
        { Scan: ScanState.Infected } => $"検出したもの: {item.Detail}。開封できません。",
        { Scan: ScanState.Unscannable } => $"検査できません（{item.Detail}）。",
        { Scan: ScanState.Waiting, Detail.Length: > 0 } => $"検査を待っています（{item.Detail}）。",
        { Scan: ScanState.Waiting } => "検査を待っています。",
        { ClockHeld: true } => "受領した時刻の確認を待っています。",
        _ => "まもなく開封します。",
    };

    public static string Said(ClockCondition clock) => clock.State switch
    {
        ClockState.NotChecked => "確かめていません（設定）",
        ClockState.Synchronised => string.Create(CultureInfo.InvariantCulture, $"同期しています（誤差 {clock.Error?.TotalSeconds ?? 0:0.000} 秒以内）"),
        ClockState.Inaccurate => string.Create(CultureInfo.InvariantCulture, $"誤差が大きくなっています（{clock.Error?.TotalSeconds ?? 0:0.000} 秒以内）。時刻の提供元を確認してください。"),
        ClockState.Jumped => "跳躍を検出しました。時刻の提供元を確認してください。",
        _ => "同期していません。時刻の提供元を確認してください。",
    };

    public Task OnGet(CancellationToken ct) => Prepare(ct);

    public async Task<IActionResult> OnPost([FromForm] Guid id, [FromForm] string? act, [FromForm] string? reason, CancellationToken ct)
    {
        if (!IsOperator)
        {
            return Refused(Refusals.OperatorsOnly);
        }

        var by = new Decider(current.Actor, (current.Actor.Person?.Value ?? current.Actor.Device?.Value ?? Guid.Empty).ToString("D"));
        var outcome = act == "open"
            ? await quarantine.Open(new TransmissionId(id), by, reason ?? "", ct)
            : await quarantine.Reject(new TransmissionId(id), by, reason ?? "", ct);
        if (outcome.Refused(out var refusal, out var item))
        {
            await Prepare(ct);
            return Again(refusal);
        }

        return Done(
            item.State switch
            {
                QuarantineState.Opened => $"受付番号 {item.Number} を開封しました。",
                QuarantineState.Rejected => $"受付番号 {item.Number} を開封しないと決め、送信者に知らせました。",
                _ => $"受付番号 {item.Number} の開封を申し出ました。もう一人の担当者が決定してください。",
            },
            "/operations/quarantine");
    }

    private async Task Prepare(CancellationToken ct)
    {
        Items = await quarantine.Held(IsOperator ? null : current.Actor.Organisation, ct);
        foreach (var sender in Items.Select(i => i.Sender).Distinct())
        {
            _names[sender] = (await directory.Organisation(sender, ct)).Succeeded(out var organisation, out _) ? organisation.Name : "";
        }
    }
}
