using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Audit;

/// <summary>保護対象者: registers, ends and lists. The list never names anybody; whom it is about is typed and travels in the body only.</summary>
[Requires(Permission.ProtectPersons)]
[Audits(AuditKind.AuditRead)]
internal sealed class ProtectionsModel(ICurrentActor current, IProtectedPersons persons) : SitePage
{
    [BindProperty]
    public ProtectionForm Form { get; set; } = new();

    public IReadOnlyList<Protection> Protections { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Show(null, ct);

    public async Task<IActionResult> OnPost(CancellationToken ct) =>
        (await persons.Protect(current.Actor, Form.ToSubject(), Form.Ground, Form.Reason ?? "", ct)).Refused(out var refusal, out _)
            ? await Show(refusal, ct)
            : Done("保護の対象として登録しました。いまから、この人の記録は監査ログの閲覧と書き出しに現れません。", "/protections");

    public async Task<IActionResult> OnPostEnd(Guid id, string? reason, CancellationToken ct) =>
        (await persons.End(current.Actor, id, reason ?? "", ct)).Refused(out var refusal, out _)
            ? await Show(refusal, ct)
            : Done("保護を解除しました。", "/protections");

    private async Task<IActionResult> Show(Refusal? problem, CancellationToken ct)
    {
        Protections = await persons.List(ct);
        return problem is null ? Page() : Again(problem);
    }
}

/// <summary>Whom to protect, as typed.</summary>
internal sealed class ProtectionForm
{
    public string? Insurer { get; set; }

    public string? Symbol { get; set; }

    public string? Number { get; set; }

    public string? Branch { get; set; }

    public string? Name { get; set; }

    public string? Birth { get; set; }

    public ProtectionGround Ground { get; set; } = ProtectionGround.Violence;

    public string? Reason { get; set; }

    public DataSubject ToSubject() => new()
    {
        Insurer = Insurer?.Trim() ?? "",
        Symbol = Symbol?.Trim() ?? "",
        Number = Number?.Trim() ?? "",
        Branch = Branch?.Trim() ?? "",
        Name = Name?.Trim() ?? "",
        Birth = AuditForm.Day(Birth?.Trim()),
    };
}
