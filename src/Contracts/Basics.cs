using Sekisho.Wire;

namespace Sekisho.Contracts;

/// <summary>組織.</summary>
public readonly record struct OrganisationId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>端末 — a device with its one certificate.</summary>
public readonly record struct DeviceId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>利用者.</summary>
public readonly record struct PersonId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>伝送.</summary>
public readonly record struct TransmissionId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>What an endpoint lets somebody do. An organisation's kind and a person's role grant them; see IDirectory.</summary>
public enum Permission
{
    /// <summary>伝送の送信: send claim files.</summary>
    SendTransmissions,

    /// <summary>伝送の受領: fetch and acknowledge what waits.</summary>
    ReceiveTransmissions,

    /// <summary>受付結果の閲覧 of one's own institution.</summary>
    ReadReceptions,

    /// <summary>請求確定・取消 of one's own institution.</summary>
    ConfirmClaims,

    /// <summary>審査支払機関: 受付状況の閲覧.</summary>
    ReadSubmissions,

    /// <summary>審査支払機関: 締切・審査・決定・配信.</summary>
    ReviewClaims,

    /// <summary>医療機関届出の管理: load and read the registry.</summary>
    ManageRegistry,

    /// <summary>証明書・端末・模擬業務日の管理.</summary>
    ManageSite,
}

/// <summary>監査事象 — every kind of event the audit trail can hold.</summary>
public enum AuditKind
{
    /// <summary>サインイン (成功・失敗).</summary>
    SignIn,

    /// <summary>サインアウト.</summary>
    SignOut,

    /// <summary>アクセス拒否.</summary>
    AccessDenied,

    /// <summary>組織の登録・変更.</summary>
    OrganisationChanged,

    /// <summary>証明書の発行.</summary>
    CertificateIssued,

    /// <summary>証明書の失効.</summary>
    CertificateRevoked,

    /// <summary>伝送の開始.</summary>
    TransmissionOpened,

    /// <summary>伝送内容の受信・照会・中止.</summary>
    TransmissionUpload,

    /// <summary>伝送の受領 (受領確認の付与).</summary>
    TransmissionAcknowledged,

    /// <summary>伝送の拒否.</summary>
    TransmissionRefused,

    /// <summary>受領確認の閲覧.</summary>
    AcknowledgementRead,

    /// <summary>配信の閲覧・取得.</summary>
    DeliveryRead,

    /// <summary>配信の受領確認.</summary>
    DeliveryAcknowledged,

    /// <summary>医療機関届出の登録.</summary>
    RegistryChanged,

    /// <summary>医療機関届出の閲覧.</summary>
    RegistryRead,

    /// <summary>受付状況・結果の閲覧.</summary>
    ReceptionRead,

    /// <summary>レセプトの閲覧.</summary>
    ClaimRead,

    /// <summary>請求の状態遷移 (受付点検・確定・取消・締切・審査・決定・配信).</summary>
    ClaimsTransition,

    /// <summary>送信前の点検 (内容も結果も残さない).</summary>
    ClaimPreviewed,

    /// <summary>点検の指摘についての人の判断.</summary>
    FindingJudged,

    /// <summary>画面の閲覧 (個人情報なし).</summary>
    PageRead,

    /// <summary>模擬業務日の変更 (開発のみ).</summary>
    BusinessTimeChanged,
}

/// <summary>Who acts: an organisation, through a device, a person, or both; with what they may do.</summary>
/// <param name="Organisation">On whose behalf; one at a time.</param>
/// <param name="OrganisationName">For display.</param>
/// <param name="Device">The certificate's device, when there is one.</param>
/// <param name="Person">The signed-in person, when there is one.</param>
/// <param name="PersonName">For display; empty without a person.</param>
/// <param name="Permissions">What they may do.</param>
public sealed record Actor(
    OrganisationId Organisation,
    string OrganisationName,
    DeviceId? Device,
    PersonId? Person,
    string PersonName,
    IReadOnlySet<Permission> Permissions)
{
    /// <summary>True when the permission is held.</summary>
    public bool May(Permission permission) => Permissions.Contains(permission);
}

/// <summary>The actor of the current request.</summary>
public interface ICurrentActor
{
    /// <summary>The authenticated actor; a bug if nobody is authenticated.</summary>
    Actor Actor { get; }

    /// <summary>False on public pages without sign-in.</summary>
    bool IsKnown { get; }
}

/// <summary>業務日時 — JST time that business rules go by. Equals real time except with a simulated business day (開発 only).</summary>
public interface IBusinessTime
{
    /// <summary>Now, +09:00.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The business time of a real instant.</summary>
    DateTimeOffset At(DateTimeOffset instant);

    /// <summary>True when a simulated business day is set.</summary>
    bool IsSimulated { get; }
}

/// <summary>The endpoint or page requires this permission.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    /// <summary>The permission.</summary>
    public Permission Permission { get; } = permission;
}

/// <summary>The endpoint or page is open to anybody, for this reason.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAllAttribute(string reason) : Attribute
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}

/// <summary>The endpoint or page is open to every authenticated actor, for this reason.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToMembersAttribute(string reason) : Attribute
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Calls of the endpoint or page leave this event. GET and HEAD are recorded before they are answered; other methods record in their own transaction.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AuditsAttribute(AuditKind kind) : Attribute
{
    /// <summary>The event.</summary>
    public AuditKind Kind { get; } = kind;
}

/// <summary>The answer's classification when it is not 厳秘.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ClassifiedAttribute(Classification classification) : Attribute
{
    /// <summary>The classification.</summary>
    public Classification Classification { get; } = classification;
}

/// <summary>The endpoint or page leaves no audit event, for this reason.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NotAuditedAttribute(string reason) : Attribute
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}
