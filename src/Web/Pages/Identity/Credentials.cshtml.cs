using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("サインインの途中でも使う画面。自分のセッションのことしかできない。")]
[NotAudited("自分自身の情報だけを表示する。変更は変更の処理が記録する。")]
[Classified(Classification.Confidential)]
internal sealed class CredentialsModel(ISignIn signIn, IOwnCredentials credentials) : StepPage(signIn)
{
    private const string Here = "/me/credentials";

    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public string? State { get; set; }

    public OwnCredentials Own { get; private set; } = null!;

    public PasskeyRequest Creation { get; private set; } = new("", "");

    /// <summary>Recovery codes made just now.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public bool Enrolling => Status?.Stage == SignInStage.EnrolFactor;

    public string Warning => Status?.Notice ?? "";

    public IReadOnlyList<OrganisationChoice> Organisations => Status?.Organisations ?? [];

    public Task<IActionResult> OnGet(CancellationToken ct) => Show(null, ct);

    public Task<IActionResult> OnPostRename(CancellationToken ct) => Act(credentials.RenamePasskey(Id, Name ?? "", ct), "パスキーの名前を変えました。", ct);

    public Task<IActionResult> OnPostRemove(CancellationToken ct) => Act(credentials.RemovePasskey(Id, ct), "パスキーを外しました。", ct);

    public Task<IActionResult> OnPostRemoveTotp(CancellationToken ct) => Act(credentials.RemoveTotp(ct), "ワンタイムパスワードをやめました。", ct);

    public Task<IActionResult> OnPostEndSession(CancellationToken ct) => Act(credentials.EndSession(Id, ct), "サインインを終了しました。", ct);

    public async Task<IActionResult> OnPostPasskey(CancellationToken ct)
    {
        var added = await credentials.AddPasskey(Name ?? "", Credential ?? "", State ?? "", ct);
        if (added.Refused(out var refusal, out _))
        {
            return await Show(refusal, ct);
        }

        return (await Steps.Status(ct))?.Stage == SignInStage.EnrolFactor ? await OnPostContinue(ct) : Done("パスキーを登録しました。次から、利用者IDを入力せずにサインインできます。", Here);
    }

    public async Task<IActionResult> OnPostCodes(CancellationToken ct)
    {
        var renewed = await credentials.RenewRecoveryCodes(ct);
        if (renewed.Succeeded(out var sheet, out var refusal))
        {
            Codes = sheet.Codes;
        }

        return await Show(refusal, ct);
    }

    public async Task<IActionResult> OnPostContinue(CancellationToken ct)
    {
        var outcome = await credentials.Continue(ct);
        return outcome.Succeeded(out var step, out var refusal) ? Next(step) : await Show(refusal, ct);
    }

    public async Task<IActionResult> OnPostOrganisation(CancellationToken ct)
    {
        var outcome = await Steps.ActFor(new OrganisationId(Id), ct);
        return outcome.Succeeded(out var actor, out var refusal) ? Done($"{actor.OrganisationName} として操作します。", "/") : await Show(refusal, ct);
    }

    private async Task<IActionResult> Act(ValueTask<Outcome<OwnCredentials>> act, string done, CancellationToken ct) =>
        (await act).Succeeded(out _, out var refusal) ? Done(done, Here) : await Show(refusal, ct);

    private async Task<IActionResult> Show(Refusal? refusal, CancellationToken ct)
    {
        if (await Misplaced(SignInStage.EnrolFactor, ct) is { } elsewhere && Status?.Stage != SignInStage.Complete)
        {
            return elsewhere;
        }

        if ((await credentials.Overview(ct)).Refused(out _, out var own) || (await credentials.PasskeyCreation(ct)).Refused(out _, out var creation))
        {
            return Redirect("/sign-in");
        }

        (Own, Creation) = (own, creation);
        return refusal is null ? Page() : Again(refusal);
    }
}
