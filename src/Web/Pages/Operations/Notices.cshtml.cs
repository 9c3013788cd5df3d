using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Operations;

/// <summary>What operators must look into; cause and measure are asked for until they are given.</summary>
[Requires(Permission.ManageSite)]
[Audits(AuditKind.NoticeRead)]
[Classified(Classification.Confidential)]
internal sealed class NoticesModel(ICurrentActor current, INotices notices) : SitePage
{
    public IReadOnlyList<OperatorNotice> Items { get; private set; } = [];

    public static string Word(string kind) => kind switch
    {
        "content-infected" => "不正ソフトウェアの検出",
        "content-unscannable" => "検査できない内容",
        "quarantine-late" => "検査を待つ上限の超過",
        "scanner-away" => "検査機構の停止",
        "scanner-old" => "古い定義ファイル",
        "clock-jumped" => "時計の跳躍",
        "clock-untrusted" => "時計の同期",
        "misuse-signature" => "成り立たない署名",
        "misuse-certificate" => "有効でない証明書",
        "misuse-sign-in" => "サインインの失敗",
        "misuse-denied" => "権限のない操作",
        "misuse-pace" => "速さの上限の超過",
        _ => kind,
    };

    public async Task OnGet(CancellationToken ct) => Items = await notices.List(ct);

    public async Task<IActionResult> OnPost([FromForm] Guid id, [FromForm] string? cause, [FromForm] string? measure, CancellationToken ct)
    {
        var outcome = await notices.Answer(id, current.Actor, cause ?? "", measure ?? "", ct);
        if (outcome.Succeeded(out _, out var refusal))
        {
            return Done("原因と対策を記入しました。", "/operations/notices");
        }

        Items = await notices.List(ct);
        return Again(refusal);
    }
}
