using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Identity;

/// <summary>A page of the sign-in: each leads to the one that asks for what is still missing.</summary>
internal abstract class StepPage(ISignIn signIn) : SitePage
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Where the current sign-in stands; null when none was begun.</summary>
    public SignInStatus? Status { get; private set; }

    protected ISignIn Steps => signIn;

    protected string Target => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    /// <summary>Null when this page is the one to show; otherwise the way to the right one.</summary>
    protected async Task<IActionResult?> Misplaced(SignInStage stage, CancellationToken ct)
    {
        Status = await signIn.Status(ct);
        return Status is null ? Redirect("/sign-in") : Status.Stage == stage ? null : Redirect(Address(Status.Stage));
    }

    /// <summary>On to what is still asked, or to where the person wanted to go.</summary>
    protected IActionResult Next(SignInStep step)
    {
        var address = Address(step.Stage);
        return step.Notice.Length > 0 ? Done(step.Notice, step.Stage == SignInStage.Complete ? "/me/credentials" : address) : LocalRedirect(address);
    }

    protected string Address(SignInStage stage)
    {
        var back = Target == "/" ? "" : "?returnUrl=" + Uri.EscapeDataString(Target);
        return stage switch
        {
            SignInStage.SecondStep => "/sign-in/code" + back,
            SignInStage.ChangePassword => "/me/password" + back,
            SignInStage.EnrolFactor => "/me/credentials" + back,
            SignInStage.Elsewhere => "/sign-in/elsewhere" + back,
            SignInStage.Complete => Target,
            _ => "/",
        };
    }
}
