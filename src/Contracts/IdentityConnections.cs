using Sekisho.Wire;

namespace Sekisho.Contracts.Identity;

/// <summary>回線の種類.</summary>
public enum LineKind
{
    /// <summary>閉域 IP 網 (IP-VPN).</summary>
    IpVpn,

    /// <summary>IPsec と IKE.</summary>
    IpsecIke,

    /// <summary>ほかの閉域網 (専用線など).</summary>
    OtherClosed,
}

/// <summary>接続の状態.</summary>
public enum ConnectionState
{
    /// <summary>センターの確認待ち.</summary>
    Waiting,

    /// <summary>有効.</summary>
    InForce,

    /// <summary>却下.</summary>
    Declined,

    /// <summary>終了.</summary>
    Ended,
}

/// <summary>What an organisation states about a line.</summary>
/// <param name="Provider">回線事業者.</param>
/// <param name="Line">Kind.</param>
/// <param name="Ranges">接続元: CIDR, v4 or v6.</param>
/// <param name="OutsideAnswer">Day of the carrier's answer that access from outside is blocked (別表5).</param>
/// <param name="BetweenAnswer">Day of the carrier's answer that traffic between institutions is blocked (別表8).</param>
/// <param name="AnswerUntil">Until when the answers hold.</param>
/// <param name="Note">備考.</param>
public sealed record LineFacts(
    string Provider, LineKind Line, IReadOnlyList<string> Ranges, DateOnly? OutsideAnswer, DateOnly? BetweenAnswer, DateOnly? AnswerUntil, string Note);

/// <summary>A line of an organisation.</summary>
public sealed record RegisteredLine(
    Guid Id,
    OrganisationId Organisation,
    string OrganisationName,
    LineFacts Facts,
    ConnectionState State,
    DateTimeOffset Applied,
    string Reason,
    IReadOnlyList<DeviceWarning> Warnings);

/// <summary>接続 — by which lines organisations come. Acts are recorded and commit on their own.</summary>
public interface IConnections
{
    /// <summary>True when requests from elsewhere are refused.</summary>
    bool IsEnforced { get; }

    /// <summary>The lines of the actor's organisation, current ones first.</summary>
    ValueTask<IReadOnlyList<RegisteredLine>> List(Actor by, CancellationToken ct);

    /// <summary>Lines of all organisations that wait for the centre, oldest first.</summary>
    ValueTask<IReadOnlyList<RegisteredLine>> Waiting(Actor by, CancellationToken ct);

    /// <summary>States a line; it holds once the centre has confirmed it. ID-0701 says what is wrong.</summary>
    ValueTask<Outcome<Guid>> State(Actor by, LineFacts facts, CancellationToken ct);

    /// <summary>The centre confirms, or declines with a reason. ID-0703 for one's own statement.</summary>
    ValueTask<Outcome<Guid>> Decide(Actor by, Guid id, bool confirmed, string reason, CancellationToken ct);

    /// <summary>Ends a line of the actor's organisation.</summary>
    ValueTask<Outcome<Guid>> End(Actor by, Guid id, string reason, CancellationToken ct);

    /// <summary>States and confirms in one step, by the operator at the site's machine (a first line must come from somewhere).</summary>
    ValueTask<Outcome<Guid>> Confirmed(OrganisationId organisation, LineFacts facts, CancellationToken ct);
}
