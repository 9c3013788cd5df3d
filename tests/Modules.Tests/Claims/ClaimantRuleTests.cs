using Sekisho.Contracts;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Modules.Claims.Registry;

namespace Sekisho.Modules.Tests.Claims;

public sealed class ClaimantRuleTests
{
    private static readonly OrganisationId _clinic = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));
    private static readonly OrganisationId _agent = new(Guid.Parse("00000000-0000-7000-8000-000000000002"));
    private static readonly OrganisationId _stranger = new(Guid.Parse("00000000-0000-7000-8000-000000000003"));
    private static readonly ClaimFileHeader _header = new("1", "13", "1", "0101017", "関所診療所", "202111", "00");

    private static readonly RegisteredInstitution _institution = new(
        "1310101017",
        "関所診療所",
        "東京都架空区関所町1-1",
        _clinic,
        [new("1", new Months(Month(2021, 4), Month(2021, 12))), new("213", new Months(Month(2021, 12), null))],
        [new Agency(_agent, new Months(Month(2021, 10), Month(2021, 11)))]);

    private static readonly Claimant _proper = new(_header, _clinic, ["1"], _institution, null, At(8, 10));

    [Fact]
    public void Judge_OwnInstitutionPayerAndMonth_FindsNothing() => Assert.Empty(ClaimantRule.Judge(_proper));

    [Fact]
    public void Judge_NotifiedAgent_FindsNothing() => Assert.Empty(ClaimantRule.Judge(_proper with { Sender = _agent }));

    [Fact]
    public void Judge_UnknownInstitution_IsL1912() => Fires(_proper with { Institution = null }, "L1912");

    [Fact]
    public void Judge_KnownUnderAnotherTable_IsR1006() => Fires(_proper with { Institution = null, OtherTable = "1330101017" }, "R1006");

    [Fact]
    public void Judge_AnothersInstitution_IsR1001() => Fires(_proper with { Sender = _stranger }, "R1001");

    [Fact]
    public void Judge_PayerNeverNotified_IsR1002() =>
        Fires(_proper with { Institution = _institution with { Notifications = [_institution.Notifications[1]] } }, "R1002");

    [Fact]
    public void Judge_MonthOutsideNotification_IsR1003() =>
        Fires(_proper with { Header = _header with { Payer = "2" }, RecipientPayers = ["213"] }, "R1003");

    [Fact]
    public void Judge_OtherBillingMonth_IsR1004() => Fires(_proper with { Header = _header with { BillingMonth = "202110" } }, "R1004");

    [Fact]
    public void Judge_RecipientIsNotThePayerOfTheFile_IsR1005() => Fires(_proper with { RecipientPayers = ["213"] }, "R1005");

    [Fact]
    public void Judge_AgencyEnded_IsR1008() => Fires(
        _proper with
        {
            Sender = _agent,
            Institution = _institution with { Agents = [new Agency(_agent, new Months(Month(2021, 4), Month(2021, 10)))] },
        },
        "R1008");

    [Fact]
    public void Judge_ReceivedOutsideTheMonthsWindows_IsR1009() => Fires(_proper with { At = At(13, 0) }, "R1009");

    [Fact]
    public void Judge_OtherName_IsNoticeOnly()
    {
        var finding = Assert.Single(ClaimantRule.Judge(_proper with { Header = _header with { InstitutionName = "関所医院" } }));
        Assert.Equal(("R4801", Severity.L48), (finding.Rule.Number, finding.Rule.Severity));
    }

    [Fact]
    public void Rules_Numbers_AreUnique() =>
        Assert.Equal(ReceptionRules.All.Count, ReceptionRules.All.Select(r => r.Number).Distinct().Count());

    private static void Fires(Claimant claimant, string number)
    {
        var finding = Assert.Single(ClaimantRule.Judge(claimant));
        Assert.Equal((number, Severity.L1), (finding.Rule.Number, finding.Rule.Severity));
    }

    private static Standing At(int day, int hour) => ClaimsCalendar.Published.At(new DateTimeOffset(2021, 11, day, hour, 0, 0, TimeSpan.FromHours(9)));

    private static YearMonth Month(int year, int month) => YearMonth.TryCreate(year, month, out var value) ? value : throw new ArgumentOutOfRangeException(nameof(month));
}
