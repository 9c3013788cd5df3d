namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>本人の紐付けと閲覧停止 as the centre's administrator decides.</summary>
public sealed class PersonsTests
{
    [Fact]
    public async Task Candidate_IsSeenSideBySide_AndDecided()
    {
        await using var site = await PagesSite.Open();
        await Has(site, "insurer", "06139018", "45", "東京都架空区1-2-3");
        await Has(site, "wakaba", "06139026", "9", "東京都架空区4-5-6");
        await using var centre = await site.Visit();
        await centre.SignIn(site.Account("centre"));
        await centre.Click("本人の紐付け");
        await centre.SeeHeading("本人の紐付けと閲覧停止");
        await centre.See("東京都架空区4-5-6");
        await centre.LookAtBothWidths("persons");
        await centre.Page.GetByLabel("理由 ※必須", new() { Exact = true }).First.FillAsync("両保険者に確認した");
        await centre.Click("同じ人");
        await centre.See("同じ人として結びました");
        await centre.See("判断を待つ候補はありません");
    }

    private static async Task Has(PagesSite site, string who, string insurer, string number, string address)
    {
        using var participant = new Participant(site.Server.Machines, site.Server.Demo(who + ".pfx"));
        await participant.Post("/eligibility/coverages", new
        {
            id = "K-" + number,
            coverage = new
            {
                insurer,
                symbol = "12",
                number,
                branch = "01",
                name = "架空　花子",
                kana = "カクウ ハナコ",
                sex = "2",
                birth = "1980-05-05",
                address,
                acquired = "2020-04-01",
            },
        });
    }
}
