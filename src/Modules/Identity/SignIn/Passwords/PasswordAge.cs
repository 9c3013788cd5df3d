using Sekisho.Contracts.Identity;
using Sekisho.Formats;

namespace Sekisho.Modules.Identity.SignIn.Passwords;

/// <summary>When a password alone must be replaced: two calendar months after the day it was set, Japanese time.</summary>
internal static class PasswordAge
{
    private const int Months = 2;
    private const int WarnedDays = 7;

    /// <summary>The first day on which it no longer serves; null when it need not be changed.</summary>
    public static DateOnly? Due(PasswordPolicy policy, bool twoFactor, DateTimeOffset changed) =>
        policy == PasswordPolicy.TwoMonths8 && !twoFactor ? Day(changed).AddMonths(Months) : null;

    public static bool IsOver(DateOnly? due, DateTimeOffset now) => due is { } day && Day(now) >= day;

    public static bool IsNear(DateOnly? due, DateTimeOffset now) => due is { } day && Day(now) >= day.AddDays(-WarnedDays);

    private static DateOnly Day(DateTimeOffset instant) => instant.DayInJapan();
}
