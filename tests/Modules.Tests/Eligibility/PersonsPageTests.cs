using System.Net;
using System.Text.RegularExpressions;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>/eligibility/persons: what looks like one person is decided and taken back by the centre's people, and a person is stopped from being viewed.</summary>
public sealed partial class PersonsPageTests
{
    private const string Page = "/eligibility/persons";

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Candidates_AreDecided_Found_AndTakenBack(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var old = await world.Has(Entry("A1", until: "2026-10-01"));
        await world.Has(With(Entry("B1", number: "55", insurer: SecondNumber, from: "2026-10-01"), c => c with { Kana = "ｾｷｼｮA1", Address = "大阪府架空市1" }), world.OtherInsurer);
        using var office = world.Site.Browser(world.Office.Person);
        var (status, text) = await PageForms.Get(office, Page);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("大阪府架空市1", text, StringComparison.Ordinal);
        Assert.Equal(2, (await world.Site.Audited(AuditKind.MatchRead)).Count(e => e.StartsWith("version:", StringComparison.Ordinal)));
        var (one, other) = (Hidden(text, "About"), Hidden(text, "other"));

        // Without a reason nothing is decided.
        var (refused, _, said) = await PageForms.Post(office, Page, Page + "?handler=decide", ("About", one), ("other", other), ("same", "true"), ("Reason", "はい"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("EL-0132", said, StringComparison.Ordinal);
        Assert.Contains("value=\"はい\"", WebUtility.HtmlDecode(said), StringComparison.Ordinal);
        Assert.Equal(2, (await world.Answer(Ask(old))).Code);

        var (done, _, _) = await PageForms.Post(office, Page, Page + "?handler=decide", ("About", one), ("other", other), ("same", "true"), ("Reason", Why));
        Assert.Equal(HttpStatusCode.Redirect, done);
        Assert.Equal(3, (await world.Answer(Ask(old))).Code);
        Assert.Contains("判断を待つ候補はありません", (await PageForms.Get(office, Page)).Text, StringComparison.Ordinal);

        var (_, _, decided) = await PageForms.Post(office, Page, Page, Card(old));
        Assert.Contains($"保険者 {SecondNumber}", decided, StringComparison.Ordinal);
        var (undone, _, _) = await PageForms.Post(office, Page, Page + "?handler=undo", ("About", Hidden(decided, "About")), ("Reason", Why));
        Assert.Equal(HttpStatusCode.Redirect, undone);
        Assert.Equal(2, (await world.Answer(Ask(old))).Code);
    }

    [Fact]
    public async Task Stop_IsOneFormAway_AndOnlyForTheCentre()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var entry = await world.Has(Entry("A1"));
        using var insurer = world.Site.Browser((await world.Site.Person(world.First, BusinessRole.EligibilityClerk)).Id);
        using var office = world.Site.Browser(world.Office.Person);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(insurer, Page)).Status);

        var (unknown, _, said) = await PageForms.Post(office, Page, Page + "?handler=stop", [.. Card(Entry("X", number: "404")), ("Reason", Why)]);
        Assert.Equal(HttpStatusCode.NotFound, unknown);
        Assert.Contains("EL-0121", said, StringComparison.Ordinal);
        Assert.Contains("value=\"404\"", said, StringComparison.Ordinal);
        var (stopped, _, _) = await PageForms.Post(office, Page, Page + "?handler=stop", [.. Card(entry), ("Reason", Why)]);
        Assert.Equal(HttpStatusCode.Redirect, stopped);
        Assert.Equal(4, (await world.Answer(Ask(entry))).Code);
        Assert.Contains("資格 1件", (await PageForms.Get(office, Page)).Text, StringComparison.Ordinal);
    }

    private static (string Name, string Value)[] Card(Contracts.Eligibility.CoverageEntry entry)
    {
        var card = Ask(entry).Card;
        return
        [
            ("Card.Insurer", card.Insurer), ("Card.Symbol", card.Symbol), ("Card.Number", card.Number), ("Card.Branch", card.Branch),
            ("Card.Birth", card.Birth.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    private static string Hidden(string page, string name) => HiddenField().Matches(page).First(m => m.Groups[1].Value == name).Groups[2].Value;

    [GeneratedRegex("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
