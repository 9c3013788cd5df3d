using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>本人の紐付けと閲覧停止: what looks like one person at two insurers, decided by people of the centre and taken back. Who is shown stays out of addresses.</summary>
[Requires(Permission.ManageRegistered)]
[Audits(AuditKind.MatchRead)]
internal sealed class PersonsModel(ICurrentActor current, IRegisteredPeople people) : SitePage
{
    private const string Address = "/eligibility/persons";

    /// <summary>Where the list goes on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty]
    public LookUpForm Card { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The pair or the decision that <see cref="Reason"/> was typed for; none for 閲覧停止.</summary>
    [BindProperty]
    public Guid About { get; set; }

    public MatchPage? Found { get; private set; }

    /// <summary>About the person that was asked for; null when nobody was.</summary>
    public IReadOnlyList<MatchDecision>? Decisions { get; private set; }

    /// <summary>What stands on both, side by side.</summary>
    public static IEnumerable<(string Name, string One, string Other)> Compare(Coverage one, Coverage other) =>
    [
        ("保険者番号", one.Insurer, other.Insurer),
        ("記号・番号・枝番", Keys(one), Keys(other)),
        ("氏名", one.Name, other.Name),
        ("氏名カナ", one.Kana, other.Kana),
        ("生年月日", Show.Day(one.Birth), Show.Day(other.Birth)),
        ("住所", one.Address, other.Address),
        ("資格の期間", Term(one), Term(other)),
    ];

    /// <summary>What was typed for this one, when it was refused.</summary>
    public string? ReasonOf(Guid about) => Problem is not null && About == about ? Reason : null;

    public Task<IActionResult> OnGet(CancellationToken ct) => List(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var asked = await people.Decisions(current.Actor, Card.ToCard(), ct);
        var page = await List(ct);
        if (asked.Refused(out var refusal, out var decisions))
        {
            return Found is null ? page : Again(refusal);
        }

        Decisions = decisions;
        return page;
    }

    public async Task<IActionResult> OnPostDecide(Guid other, bool same, CancellationToken ct) =>
        (await people.Decide(current.Actor, About, other, same, Reason ?? "", ct)).Refused(out var refusal, out _)
            ? await Again(refusal, ct)
            : Done(same ? "同じ人として結びました。照会の答えは、いまからもう一方の資格も考えに入れます。" : "別の人と記録しました。候補には、もう出ません。", Address);

    public async Task<IActionResult> OnPostUndo(CancellationToken ct) => (await people.Undo(current.Actor, About, Reason ?? "", ct)).Refused(out var refusal, out _)
        ? await Again(refusal, ct)
        : Done("判断を取り消しました。その判断から導かれていたことは、すべてなくなりました。", Address);

    public async Task<IActionResult> OnPostStop(CancellationToken ct) => (await people.Stop(current.Actor, Card.ToCard(), Reason ?? "", ct)).Refused(out var refusal, out var stopped)
        ? await Again(refusal, ct)
        : Done($"閲覧停止にしました（資格 {Show.Amount(stopped)}件）。保険者が氏名・カナ・生年月日・性別・住所のどれかを訂正するまで、照会には該当資格なしと答えます。", Address);

    private async Task<IActionResult> Again(Refusal refusal, CancellationToken ct)
    {
        var page = await List(ct);
        return Found is null ? page : Again(refusal);
    }

    private async Task<IActionResult> List(CancellationToken ct)
    {
        if ((await people.Proposals(current.Actor, After, ct)).Refused(out var refusal, out var found))
        {
            return Refused(refusal);
        }

        Found = found;
        return Page();
    }

    private static string Keys(Coverage coverage) => string.Join('　', new[] { coverage.Symbol, coverage.Number, coverage.Branch }.Where(k => k.Length > 0));

    private static string Term(Coverage coverage) => $"{Show.Day(coverage.Acquired)} から{(coverage.Lost is { } lost ? Show.Day(lost) + " の前日まで" : "")}";
}
