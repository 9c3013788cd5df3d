using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Desk;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>/eligibility and /eligibility/visits as a clerk reads and types them.</summary>
public sealed partial class VisitPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_AreWhatTheAnswerCarries_InWords_AndLimitsOnlyWithConsent()
    {
        await using var world = await ReceptionWorld.Start(DatabaseProvider.Sqlite);
        var entry = await world.Registry.Has(With(Entry("A1"), c => c with
        {
            Relation = "2",
            Holder = "関所　主",
            CardFrom = new(2026, 8, 1),
            CardUntil = new(2026, 10, 14),
            Elderly = [new(null, new(2026, 8, 1), new(2027, 7, 31), "020")],
            Limits = [new("01", "A03", null, new(2026, 8, 1), new(2027, 7, 31), new(2026, 9, 1))],
        }));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", entry.Coverage!));
        var visit = Assert.Single((await world.Day(world.Clerk)).Visits).Id;
        using var clerk = world.Registry.Site.Browser(world.Clerk.Person);
        await world.Ask(world.Clerk, visit);
        string[] always =
        [
            "保険者: かくう健康保険組合 06139999",
            "記号・番号・枝番: １２－３・1（枝番 01）",
            "本人・家族: 家族（被保険者・世帯主 関所　主）",
            "窓口の負担割合: 2割（高齢受給者証による）",
            "資格取得: 2020年4月1日",
            "証の有効期限: 2026年8月1日 から 2026年10月14日 まで / 資格確認日には過ぎています",
            "高齢受給者証: 2割 / 2026年8月1日 から 2027年7月31日 まで",
        ];
        Assert.Equal(always, await Facts(clerk, visit));
        Assert.True((await world.Reception(r => r.Ask(world.Clerk, visit, true, Ct))).Succeeded(out _, out _));
        Assert.Equal(
            [.. always, "限度額適用認定証: 適用区分 ウ / 2026年8月1日 から 2027年7月31日 まで / 長期入院該当 2026年9月1日"], await Facts(clerk, visit));
    }

    [Fact]
    public async Task Facts_OfALostCoverage_SayWhy_AndOfACard_TheDiseasesAndTheWarning()
    {
        await using var world = await ReceptionWorld.Start(DatabaseProvider.Sqlite);
        var lost = await world.Registry.Has(With(Entry("A1", until: "2026-10-01"), c => c with { LossReason = "02" }));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", lost.Coverage!));
        var visit = Assert.Single((await world.Day(world.Clerk)).Visits).Id;
        using var clerk = world.Registry.Site.Browser(world.Clerk.Person);
        await world.Ask(world.Clerk, visit);
        Assert.Contains("資格喪失: 2026年10月1日から資格なし / 喪失事由 生活保護受給開始", await Facts(clerk, visit));

        var ill = await world.Registry.Has(Entry("B1", number: "2"));
        var answer = await world.Registry.Answer(EligibilityWorld.Ask(ill), world.Clerk);
        await using (var scope = world.Registry.Site.Services.CreateAsyncScope())
        {
            var session = scope.ServiceProvider.GetRequiredService<DbSession>();
            await session.Write(Ct);
            answer = answer with
            {
                Coverage = answer.Coverage! with { Diseases = [new("1", null, new(2026, 4, 1), null, 10_000)] },
                Warnings = [new CardWarning("EL-0440", "電子証明書の有効期限は2026年12月1日です。", "更新")],
            };
            await scope.ServiceProvider.GetRequiredService<CardResults>().Arrived(world.Clerk.Organisation, answer, Ct);
            await session.Commit(Ct);
        }

        var bound = (await world.Cards(c => c.BindNew(world.Clerk, answer.Id, Ct))).Value;
        Assert.Contains(await Facts(clerk, bound), f => f.StartsWith("特定疾病療養受療証: 人工透析を必要とする慢性腎不全 / 2026年4月1日 から / 自己負担限度額 月 10,000円", StringComparison.Ordinal));
        Assert.Contains("電子証明書の有効期限は2026年12月1日です。", WebUtility.HtmlDecode((await PageForms.Get(clerk, $"/eligibility/visits/{bound}")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_OfPublicAid_HaveTheTicketInWords()
    {
        await using var world = await TicketWorld.Start(DatabaseProvider.Sqlite);
        var aid = await world.Has(TicketWorld.Aid("A1"));
        await world.Has(TicketWorld.Ticket("T1", aid));
        using var clerk = world.World.Site.Browser((await world.World.Site.Person(world.World.ClinicOrganisation, BusinessRole.ReceptionClerk)).Id);
        var facts = await Facts(clerk, await Ask(clerk, ("Form.Insurer", TicketWorld.Number), ("Form.Number", "1234567"), ("Form.Birth", "Ｓ55.5.5")));
        Assert.Equal(
            [
                "福祉事務所・公費負担者番号: 架空市福祉事務所 12139991",
                "受給者番号: 1234567",
                "証の区分: 医療扶助",
                "本人・家族: 本人",
                "資格取得: 2026年4月1日",
                "医療券（2026年10月・入院外）: 交付番号 00012 / 2026年10月1日 から 2026年10月31日 まで / 指定 かくう医院 1319999991 / 傷病名 かぜ症候群（架空）、高血圧症（架空） / 本人支払額 1,200円 / 単独・併用 単独 / 社会保険 なし / 地区担当員 地区　太郎 / 取扱担当者 取扱　花子 / 備考 架空の券",
            ],
            facts);
    }

    [Fact]
    public async Task Refusal_GivesBackWhatWasTyped_AndNothingOfTheList()
    {
        await using var world = await ReceptionWorld.Start(DatabaseProvider.Sqlite);
        var entry = await world.Registry.Has(Entry("A1"));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", entry.Coverage!));
        using var clerk = world.Registry.Site.Browser(world.Clerk.Person);
        var visit = Assert.Single((await world.Day(world.Clerk)).Visits).Id;
        foreach (var address in new[] { "/eligibility?handler=card", $"/eligibility/visits/{visit}?handler=card" })
        {
            var (status, _, text) = await PageForms.Post(
                clerk, "/eligibility", address, ("Form.Insurer", "06139999"), ("Form.Symbol", "12-3"), ("Form.Number", "4567"), ("Form.Branch", "01"), ("Form.Birth", "昭和64年1月8日"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            text = WebUtility.HtmlDecode(text);
            Assert.Contains("WE-0802", text, StringComparison.Ordinal);
            Assert.All(["06139999", "12-3", "4567", "01", "昭和64年1月8日"], typed => Assert.Contains($"value=\"{typed}\"", text, StringComparison.Ordinal));
            Assert.DoesNotContain("関所　A1", text, StringComparison.Ordinal);
        }

        var (missing, _, again) = await PageForms.Post(clerk, "/eligibility", "/eligibility", ("chart", "99999"));
        Assert.Equal(HttpStatusCode.NotFound, missing);
        Assert.Contains("EL-0802", again, StringComparison.Ordinal);
        Assert.Contains("value=\"99999\"", again, StringComparison.Ordinal);
        Assert.DoesNotContain("関所　A1", WebUtility.HtmlDecode(again), StringComparison.Ordinal);
    }

    private static async Task<Guid> Ask(HttpClient clerk, params (string, string)[] card)
    {
        using var form = new FormUrlEncodedContent([
            .. card.Select(f => KeyValuePair.Create(f.Item1, f.Item2)), KeyValuePair.Create("form-token", await PageForms.Token(clerk, "/eligibility"))]);
        using var answer = await clerk.PostAsync(new Uri("/eligibility?handler=card", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
    }

    /// <summary>What stands in the result: each term, and its lines.</summary>
    private static async Task<IReadOnlyList<string>> Facts(HttpClient clerk, Guid visit)
    {
        var (status, text) = await PageForms.Get(clerk, $"/eligibility/visits/{visit}");
        Assert.Equal(HttpStatusCode.OK, status);
        return
        [
            .. Fact().Matches(WebUtility.HtmlDecode(text)).Select(
                m => $"{m.Groups[1].Value}: {string.Join(" / ", Line().Matches(m.Groups[2].Value).Select(l => l.Groups[1].Value))}"),
        ];
    }

    [GeneratedRegex("<dt>(.*?)</dt>\\s*<dd>(.*?)</dd>", RegexOptions.Singleline)]
    private static partial Regex Fact();

    [GeneratedRegex("<span class=\"block\">(.*?)</span>")]
    private static partial Regex Line();
}
