using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages;

[OpenToAll("エラーの説明だけを表示する。")]
[NotAudited("エラーの説明だけを表示する。拒否そのものは拒否したところで記録される。")]
[Classified(Classification.Public)]
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : SitePage
{
    public int Status { get; private set; }

    public string Heading { get; private set; } = "";

    public string Remedy { get; private set; } = "";

    public string Code { get; private set; } = "";

    public string Correlation => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        Status = status is >= 400 and < 600 ? status : 404;
        Response.StatusCode = Status;
        (Heading, Remedy) = Status switch
        {
            400 => ("入力の有効期限が切れたか、送信が途中で切れました", "前のページに戻り、もう一度操作してください。"),
            401 => ("サインインが必要です", "サインインしてから、もう一度操作してください。"),
            403 => ("この操作の権限がありません", "所属組織の種別と役割を確認してください。必要な場合はシステム管理者に依頼してください。"),
            404 => ("ページが見つかりません", "アドレスを確認してください。ほかの組織の情報は表示されません。"),
            >= 500 => ("処理できませんでした", "しばらく待ってから、もう一度操作してください。続く場合は、下の番号をシステム管理者に伝えてください。"),
            _ => ("この操作は受け付けられません", "前のページに戻り、内容を確認してください。"),
        };
        if (HttpContext.Features.Get<Refusal>() is { } refusal && Status < 500)
        {
            (Heading, Remedy, Code) = (refusal.Text, refusal.Remedy, refusal.Code);
        }
    }
}
