using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Devices;

/// <summary>By which lines the organisation comes; and for the centre what waits to be confirmed.</summary>
[Requires(Permission.ManageConnections)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class ConnectionsModel(ICurrentActor current, IConnections connections) : SitePage
{
    public IReadOnlyList<RegisteredLine> Lines { get; private set; } = [];

    public IReadOnlyList<RegisteredLine> Waiting { get; private set; } = [];

    public bool MayApprove => current.Actor.May(Permission.ApproveConnections);

    public bool IsEnforced => connections.IsEnforced;

    /// <summary>From where this very request came.</summary>
    public string Here => HttpContext.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "";

    [BindProperty]
    public LineForm Form { get; set; } = new();

    public Task<IActionResult> OnGet(CancellationToken ct) => Show(null, ct);

    public async Task<IActionResult> OnPostState(CancellationToken ct) =>
        await Act(await connections.State(current.Actor, Form.Facts(), ct), "接続を届け出ました。センターが確かめると有効になります。", ct);

    public async Task<IActionResult> OnPostDecide(Guid line, bool confirmed, string? reason, CancellationToken ct) =>
        await Act(await connections.Decide(current.Actor, line, confirmed, reason ?? "", ct), confirmed ? "接続を確認しました。" : "接続の届出を却下しました。", ct);

    public async Task<IActionResult> OnPostEnd(Guid line, string? reason, CancellationToken ct) =>
        await Act(await connections.End(current.Actor, line, reason ?? "", ct), "接続を終了しました。", ct);

    private async Task<IActionResult> Act(Outcome<Guid> outcome, string notice, CancellationToken ct) =>
        outcome.Succeeded(out _, out var refusal) ? Done(notice, "/connections") : await Show(refusal, ct);

    private async Task<IActionResult> Show(Refusal? problem, CancellationToken ct)
    {
        Lines = await connections.List(current.Actor, ct);
        Waiting = await connections.Waiting(current.Actor, ct);
        return problem is null ? Page() : Again(problem);
    }
}

/// <summary>What is typed.</summary>
internal sealed class LineForm
{
    public string? Provider { get; set; }

    public LineKind Line { get; set; }

    public string? Ranges { get; set; }

    public DateOnly? OutsideAnswer { get; set; }

    public DateOnly? BetweenAnswer { get; set; }

    public DateOnly? AnswerUntil { get; set; }

    public string? Note { get; set; }

    public LineFacts Facts() => new(
        Provider ?? "",
        Line,
        (Ranges ?? "").Split((char[])['\r', '\n', ' ', ',', '、', '　'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        OutsideAnswer,
        BetweenAnswer,
        AnswerUntil,
        Note ?? "");
}
