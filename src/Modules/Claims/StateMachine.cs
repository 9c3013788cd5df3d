using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;

namespace Sekisho.Modules.Claims;

/// <summary>What is done to a reception.</summary>
internal enum Act
{
    /// <summary>受信.</summary>
    Receive,

    /// <summary>点検完了.</summary>
    Check,

    /// <summary>受付不能.</summary>
    Reject,

    /// <summary>請求確定.</summary>
    Confirm,

    /// <summary>自動確定.</summary>
    ConfirmAutomatically,

    /// <summary>取消.</summary>
    Cancel,

    /// <summary>締切.</summary>
    Close,

    /// <summary>審査.</summary>
    Review,

    /// <summary>決定.</summary>
    Decide,

    /// <summary>配信.</summary>
    Deliver,

    /// <summary>一部配信.</summary>
    DeliverPartly,
}

/// <summary>Who does it.</summary>
internal enum Party
{
    /// <summary>医療機関.</summary>
    Institution,

    /// <summary>審査支払機関.</summary>
    Payer,

    /// <summary>センター.</summary>
    Centre,
}

/// <summary>When it may be done.</summary>
internal enum Timing
{
    /// <summary>いつでも.</summary>
    Always,

    /// <summary>受け付けた期間 (送信・訂正) の間.</summary>
    WhilePeriodRuns,

    /// <summary>受け付けた期間の後.</summary>
    AfterPeriod,

    /// <summary>訂正期間の後.</summary>
    AfterCorrections,
}

/// <summary>One permitted step; null <paramref name="From"/> is the beginning.</summary>
internal sealed record Transition(ReceptionState? From, Act Act, ReceptionState To, Party Who, Timing When);

/// <summary>The claims month of a reception, whole. README.md shows this table to people; a test holds the two equal.</summary>
internal static class StateMachine
{
    public static IReadOnlyList<Transition> Transitions { get; } =
    [
        new(null, Act.Receive, ReceptionState.Received, Party.Centre, Timing.Always),
        new(ReceptionState.Received, Act.Check, ReceptionState.Checked, Party.Centre, Timing.Always),
        new(ReceptionState.Received, Act.Reject, ReceptionState.Rejected, Party.Centre, Timing.Always),
        new(ReceptionState.Checked, Act.Cancel, ReceptionState.Cancelled, Party.Institution, Timing.WhilePeriodRuns),
        new(ReceptionState.Checked, Act.Confirm, ReceptionState.Confirmed, Party.Institution, Timing.WhilePeriodRuns),
        new(ReceptionState.Checked, Act.ConfirmAutomatically, ReceptionState.Confirmed, Party.Centre, Timing.AfterPeriod),
        new(ReceptionState.Confirmed, Act.Close, ReceptionState.Closed, Party.Payer, Timing.AfterCorrections),
        new(ReceptionState.Closed, Act.Review, ReceptionState.UnderReview, Party.Payer, Timing.Always),
        new(ReceptionState.UnderReview, Act.Review, ReceptionState.UnderReview, Party.Payer, Timing.Always),
        new(ReceptionState.Closed, Act.Decide, ReceptionState.Decided, Party.Payer, Timing.Always),
        new(ReceptionState.UnderReview, Act.Decide, ReceptionState.Decided, Party.Payer, Timing.Always),
        new(ReceptionState.Decided, Act.Deliver, ReceptionState.Delivered, Party.Payer, Timing.Always),
        new(ReceptionState.Decided, Act.DeliverPartly, ReceptionState.Decided, Party.Payer, Timing.Always),
        new(ReceptionState.Decided, Act.Review, ReceptionState.UnderReview, Party.Payer, Timing.Always),
        new(ReceptionState.Delivered, Act.Review, ReceptionState.UnderReview, Party.Payer, Timing.Always),
    ];

    /// <summary>The step, or null when the state forbids the act.</summary>
    public static Transition? Find(ReceptionState? from, Act act) => Transitions.FirstOrDefault(t => t.From == from && t.Act == act);

    /// <summary>True when the step's time has come and has not gone.</summary>
    /// <param name="when">The step's timing.</param>
    /// <param name="calendar">The windows.</param>
    /// <param name="month">請求年月 of the reception.</param>
    /// <param name="received">Business time of its acknowledgement.</param>
    /// <param name="now">Business time now.</param>
    public static bool Permits(Timing when, ClaimsCalendar calendar, YearMonth month, DateTimeOffset received, DateTimeOffset now) => when switch
    {
        Timing.Always => true,
        Timing.WhilePeriodRuns => calendar.PhaseOf(month, now) <= Period(calendar, month, received),
        Timing.AfterPeriod => calendar.PhaseOf(month, now) > Period(calendar, month, received),
        Timing.AfterCorrections => calendar.PhaseOf(month, now) == Phase.Over,
        _ => throw new ArgumentOutOfRangeException(nameof(when)),
    };

    public static string Say(ReceptionState? state) => state switch
    {
        null => "―",
        ReceptionState.Received => "受信",
        ReceptionState.Rejected => "受付不能",
        ReceptionState.Checked => "結果",
        ReceptionState.Cancelled => "取消",
        ReceptionState.Confirmed => "請求確定",
        ReceptionState.Closed => "締切",
        ReceptionState.UnderReview => "審査中",
        ReceptionState.Decided => "決定",
        ReceptionState.Delivered => "配信",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Say(Act act) => act switch
    {
        Act.Receive => "受信",
        Act.Check => "点検完了",
        Act.Reject => "受付不能",
        Act.Confirm => "請求確定",
        Act.ConfirmAutomatically => "自動確定",
        Act.Cancel => "取消",
        Act.Close => "締切",
        Act.Review => "審査",
        Act.Decide => "決定",
        Act.Deliver => "配信",
        Act.DeliverPartly => "一部配信",
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    public static string Say(Party party) => party switch
    {
        Party.Institution => "医療機関",
        Party.Payer => "審査支払機関",
        Party.Centre => "センター",
        _ => throw new ArgumentOutOfRangeException(nameof(party)),
    };

    public static string Say(Timing when) => when switch
    {
        Timing.Always => "いつでも",
        Timing.WhilePeriodRuns => "受け付けた期間（送信・訂正）の間",
        Timing.AfterPeriod => "受け付けた期間（送信・訂正）の後",
        Timing.AfterCorrections => "訂正期間の後",
        _ => throw new ArgumentOutOfRangeException(nameof(when)),
    };

    private static Phase Period(ClaimsCalendar calendar, YearMonth month, DateTimeOffset received) =>
        calendar.PhaseOf(month, received) is Phase.Correcting or Phase.Over ? Phase.Correcting : Phase.Sending;
}
