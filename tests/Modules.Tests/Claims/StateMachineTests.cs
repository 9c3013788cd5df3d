using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims;
using Sekisho.Modules.Claims.Calendar;

namespace Sekisho.Modules.Tests.Claims;

public sealed class StateMachineTests
{
    /// <summary>Written down a second time, by acts: whatever is not here is forbidden.</summary>
    private static readonly (string Act, string From, string To)[] _allowed =
    [
        ("受信", "―", "受信"),
        ("点検完了", "受信", "結果"),
        ("受付不能", "受信", "受付不能"),
        ("請求確定", "結果", "請求確定"),
        ("自動確定", "結果", "請求確定"),
        ("取消", "結果", "取消"),
        ("締切", "請求確定", "締切"),
        ("審査", "締切", "審査中"),
        ("審査", "審査中", "審査中"),
        ("審査", "決定", "審査中"),
        ("審査", "配信", "審査中"),
        ("決定", "締切", "決定"),
        ("決定", "審査中", "決定"),
        ("配信", "決定", "配信"),
        ("一部配信", "決定", "決定"),
    ];

    [Fact]
    public void Transitions_OfTheReadme_AreThoseOfTheCode()
    {
        var readme = File.ReadAllLines(Path.Combine(Repository.Root(), "src/Modules/Claims/README.md"));
        var written = readme.Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(l => l.Trim('|', ' ')).ToList();
        var coded = StateMachine.Transitions.Select(t =>
            $"{StateMachine.Say(t.From)} | {StateMachine.Say(t.Act)} | {StateMachine.Say(t.To)} | {StateMachine.Say(t.Who)} | {StateMachine.Say(t.When)}");
        Assert.Equal(coded, written);
    }

    [Fact]
    public void Find_EveryStateAndAct_AllowsOnlyWhatIsListed()
    {
        foreach (var from in Enum.GetValues<ReceptionState>().Select(s => (ReceptionState?)s).Prepend(null))
        {
            foreach (var act in Enum.GetValues<Act>())
            {
                var expected = _allowed.Where(a => a.Act == StateMachine.Say(act) && a.From == StateMachine.Say(from)).Select(a => a.To).SingleOrDefault();
                var found = StateMachine.Find(from, act);
                Assert.Equal(expected, found is null ? null : StateMachine.Say(found.To));
            }
        }
    }

    [Theory]
    [InlineData("WhilePeriodRuns", 8, 9, true)]
    [InlineData("WhilePeriodRuns", 8, 11, false)]
    [InlineData("WhilePeriodRuns", 11, 12, true)]
    [InlineData("WhilePeriodRuns", 11, 13, false)]
    [InlineData("AfterPeriod", 8, 10, false)]
    [InlineData("AfterPeriod", 8, 11, true)]
    [InlineData("AfterPeriod", 11, 12, false)]
    [InlineData("AfterPeriod", 11, 13, true)]
    [InlineData("AfterCorrections", 8, 12, false)]
    [InlineData("AfterCorrections", 8, 13, true)]
    [InlineData("Always", 8, 1, true)]
    public void Permits_ByDayOfReceptionAndDayOfAct_FollowsThePeriod(string timing, int receivedOn, int actedOn, bool permitted)
    {
        Assert.True(YearMonth.TryCreate(2021, 11, out var month));
        var received = new DateTimeOffset(2021, 11, receivedOn, 10, 0, 0, TimeSpan.FromHours(9));
        var now = new DateTimeOffset(2021, 11, actedOn, 10, 0, 0, TimeSpan.FromHours(9));
        Assert.Equal(permitted, StateMachine.Permits(Enum.Parse<Timing>(timing), ClaimsCalendar.Published, month, received, now));
    }
}
