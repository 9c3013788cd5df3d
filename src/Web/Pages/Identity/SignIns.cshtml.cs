using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[Requires(Permission.ManageSignIn)]
[Audits(AuditKind.SignInRead)]
[Classified(Classification.Confidential)]
internal sealed class SignInsModel(ISignInAdministration administration, ICurrentActor current) : SitePage
{
    [BindProperty]
    public Guid Id { get; set; }

    public IReadOnlyList<RecoveryRequest> Waiting { get; private set; } = [];

    public IReadOnlyList<SessionSummary> Sessions { get; private set; } = [];

    /// <summary>The one-time code issued just now.</summary>
    public string Code { get; private set; } = "";

    public Task<IActionResult> OnGet(CancellationToken ct) => Show(null, ct);

    public async Task<IActionResult> OnPostApprove(CancellationToken ct)
    {
        var approved = await administration.Approve(current.Actor, Id, ct);
        if (approved.Succeeded(out var code, out var refusal) && code.Length == 0)
        {
            return Done("承認しました。もう一人が承認すると、コードが発行されます。", "/sign-ins");
        }

        Code = code ?? "";
        return await Show(refusal, ct);
    }

    public async Task<IActionResult> OnPostReject(CancellationToken ct) =>
        (await administration.Reject(current.Actor, Id, ct)).Succeeded(out _, out var refusal) ? Done("却下しました。", "/sign-ins") : await Show(refusal, ct);

    public async Task<IActionResult> OnPostEnd(CancellationToken ct) =>
        (await administration.EndSession(current.Actor, Id, ct)).Succeeded(out _, out var refusal) ? Done("サインインを終了しました。", "/sign-ins") : await Show(refusal, ct);

    private async Task<IActionResult> Show(Refusal? refusal, CancellationToken ct)
    {
        Waiting = await administration.Waiting(current.Actor, ct);
        Sessions = await administration.Sessions(current.Actor, ct);
        return refusal is null ? Page() : Again(refusal);
    }
}
