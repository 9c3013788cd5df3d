using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Passwords;

namespace Sekisho.Modules.Tests.Identity.SignIn;

/// <summary>What a password may not be, and for how long it serves.</summary>
public sealed class PasswordRulesTests
{
    private static readonly PasswordOwner _owner = new("hanako.suzuki", "鈴木 花子", ["関所内科 Sekisho Clinic", "1319000012"], new DateOnly(1985, 4, 3));

    [Theory]
    [Trait("Clause", "OQ-6-10")]
    [InlineData("ab1!", PasswordPolicy.TwoMonths8, "ID-0105")]
    [InlineData("kT4!mw9z", PasswordPolicy.Long13, "ID-0105")]
    [InlineData("kT4!mw9zパス", PasswordPolicy.TwoMonths8, "ID-0501")]
    [InlineData("kTqmwpzrbnxv", PasswordPolicy.TwoMonths8, "ID-0502")]
    [InlineData("kTqmw7zrbnxv", PasswordPolicy.TwoMonths8, "ID-0502")]
    [InlineData("a1!a1!a1!a1!", PasswordPolicy.TwoMonths8, "ID-0503")]
    [InlineData("aaaaaaaaaB7!", PasswordPolicy.TwoMonths8, "ID-0503")]
    [InlineData("abcde1!abcde1!", PasswordPolicy.Long13, "ID-0503")]
    [InlineData("P@ssw0rd2024!", PasswordPolicy.Long13, "ID-0504")]
    [InlineData("Qwerty123456!", PasswordPolicy.Long13, "ID-0504")]
    [InlineData("!1234567abcdefg", PasswordPolicy.Long13, "ID-0504")]
    [InlineData("Sakura1234567!!", PasswordPolicy.Long13, "ID-0504")]
    [InlineData("Hanako-Suzuki7!", PasswordPolicy.Long13, "ID-0505")]
    [InlineData("h4nak0.suzuk1-9!", PasswordPolicy.Long13, "ID-0505")]
    [InlineData("ikuzus.okanah.7!", PasswordPolicy.Long13, "ID-0505")]
    [InlineData("Sekisho-Clinic9", PasswordPolicy.Long13, "ID-0505")]
    [InlineData("1319000012-xZ!", PasswordPolicy.Long13, "ID-0505")]
    [InlineData("hanako!19850403", PasswordPolicy.Long13, "ID-0505")]
    public void OQ_6_10_Password_ThatCanBeGuessed_IsRefusedByItsRule(string password, PasswordPolicy policy, string code) =>
        Assert.Equal(code, PasswordRules.Check(password, policy, _owner)?.Code);

    [Theory]
    [InlineData("kT4!mw9zRb", PasswordPolicy.TwoMonths8)]
    [InlineData("kT4!mw9zRb", PasswordPolicy.TwoFactor8)]
    [InlineData("umi-8-tsukue-yozora", PasswordPolicy.Long13)]
    [InlineData("hiyoko-7-tests-kagami", PasswordPolicy.Long13)]
    public void Password_ThatFollowsTheRules_IsTaken(string password, PasswordPolicy policy) => Assert.Null(PasswordRules.Check(password, policy, _owner));

    [Theory]
    [Trait("Clause", "OQ-6-10")]
    [InlineData("umi-8-tsukue-yozora", "umi-9-tsukue-yozora", true)]
    [InlineData("umi-8-tsukue-yozora", "UMI-8-TSUKUE-YOZORA!", true)]
    [InlineData("umi-8-tsukue-yozora1", "arozoy-eukust-8-imu", true)]
    [InlineData("tsukue2024!", "99##tsukue", true)]
    [InlineData("umi-8-tsukue-yozora", "kawa-3-hashi-tsumiki", false)]
    public void OQ_6_10_Password_LikeTheOldOne_IsSimilar(string password, string old, bool similar) => Assert.Equal(similar, PasswordRules.IsSimilar(password, old));

    [Theory]
    [Trait("Clause", "OQ-6-9")]
    [InlineData(PasswordPolicy.TwoMonths8, false, "2027-01-22")]
    [InlineData(PasswordPolicy.TwoMonths8, true, null)]
    [InlineData(PasswordPolicy.Long13, false, null)]
    [InlineData(PasswordPolicy.TwoFactor8, false, null)]
    public void OQ_6_9_Password_Alone_ServesTwoCalendarMonths(PasswordPolicy policy, bool twoFactor, string? due)
    {
        // 16:00 UTC is the next day in Japan.
        var changed = new DateTimeOffset(2026, 11, 21, 16, 0, 0, TimeSpan.Zero);
        var day = PasswordAge.Due(policy, twoFactor, changed);
        Assert.Equal(due, day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (day is null)
        {
            return;
        }

        var midnight = new DateTimeOffset(2027, 1, 22, 0, 0, 0, TimeSpan.FromHours(9));
        Assert.False(PasswordAge.IsOver(day, midnight.AddSeconds(-1)));
        Assert.True(PasswordAge.IsOver(day, midnight));
        Assert.False(PasswordAge.IsNear(day, midnight.AddDays(-7).AddSeconds(-1)));
        Assert.True(PasswordAge.IsNear(day, midnight.AddDays(-7)));
    }

    [Fact]
    public void Totp_PublishedValues_AreComputed()
    {
        // RFC 6238 appendix B, the last six of eight digits.
        var key = "12345678901234567890"u8;
        foreach (var (second, code) in new[] { (59L, "287082"), (1111111109L, "081804"), (1234567890L, "005924"), (20000000000L, "353130") })
        {
            Assert.Equal(code, Totp.Code(key, second / 30));
        }

        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Base32(key));
    }

    [Fact]
    public void Totp_OneStepOfDrift_IsTaken_TwoAreNot_AndNoneTwice()
    {
        var key = Totp.NewKey();
        var now = new DateTimeOffset(2026, 11, 22, 9, 0, 10, TimeSpan.FromHours(9));
        var step = Totp.StepAt(now);
        Assert.Equal(step, Totp.Match(key, Totp.Code(key, step), now, 0));
        Assert.Equal(step - 1, Totp.Match(key, Totp.Code(key, step - 1), now, 0));
        Assert.Equal(step + 1, Totp.Match(key, " " + Totp.Code(key, step + 1), now, 0));
        Assert.Null(Totp.Match(key, Totp.Code(key, step - 2), now, 0));
        Assert.Null(Totp.Match(key, Totp.Code(key, step + 2), now, 0));
        Assert.Null(Totp.Match(key, Totp.Code(key, step), now, step));
    }
}
