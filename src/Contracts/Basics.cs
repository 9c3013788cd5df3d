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

    /// <summary>利用者の認証の回復とサインイン中の一覧・終了 (システム管理者).</summary>
    ManageSignIn,

    /// <summary>台帳の記録 (エントリー) の取得: audit the whole ledger from outside.</summary>
    ReadLedger,

    /// <summary>職員と役割の閲覧 of one's own organisation.</summary>
    ReadPeople,

    /// <summary>職員の登録・役割・退職 of one's own organisation.</summary>
    ManagePeople,

    /// <summary>任命 and 規程の採用 of one's own organisation.</summary>
    AppointPeople,

    /// <summary>端末の登録・証明書の申請・持出し・廃止 of one's own organisation.</summary>
    ManageDevices,

    /// <summary>接続の届出 of one's own organisation.</summary>
    ManageConnections,

    /// <summary>利用規約への同意 for one's own organisation.</summary>
    AcceptTerms,

    /// <summary>センター: 証明書の申請の承認.</summary>
    ApproveCertificates,

    /// <summary>センター: 接続の確認.</summary>
    ApproveConnections,

    /// <summary>センター・審査支払機関: 利用規約の公開.</summary>
    PublishTerms,

    /// <summary>監査ログの閲覧 of one's own organisation.</summary>
    ReadAudit,

    /// <summary>監査ログの閲覧 of the whole site.</summary>
    ReadSiteAudit,

    /// <summary>封印された値と保護対象の開示; asks for a reason.</summary>
    OpenSealed,

    /// <summary>監査ログの書き出し; asks for a reason.</summary>
    ExportAudit,

    /// <summary>保護対象者の登録・解除.</summary>
    ProtectPersons,

    /// <summary>資格確認の照会, 照会番号の登録.</summary>
    InquireEligibility,

    /// <summary>加入者情報の登録・訂正・照会 of one's own insurer.</summary>
    RegisterCoverage,

    /// <summary>本人の紐付け・閲覧停止.</summary>
    ManageRegistered,

    /// <summary>医療券・調剤券の登録・訂正・照会 of one's own 福祉事務所.</summary>
    RegisterTickets,

    /// <summary>本人のデータの利用の記録 (だれが見たか) の交付 to the person who asks for it.</summary>
    HandOutAccessLog,

    /// <summary>薬剤情報の閲覧.</summary>
    ViewMedicines,

    /// <summary>診療情報・手術情報の閲覧.</summary>
    ViewDiagnoses,

    /// <summary>目視用パスコードの発行 of one's own facility.</summary>
    ManageKiosks,

    /// <summary>センター: 電子証明書の引継ぎと認証局の状態, 救急時の閲覧の許可.</summary>
    ManageCards,

    /// <summary>救急時の閲覧.</summary>
    OpenInEmergency,

    /// <summary>救急時の閲覧の事後確認 of one's own facility.</summary>
    ReviewEmergencies,
    /// <summary>特定健診情報の閲覧; narrower than 薬剤情報.</summary>
    ViewCheckups,

    /// <summary>医療機関環境設定情報の変更 of one's own facility.</summary>
    ManageFacilitySettings,
}

/// <summary>規程上の役割 — what the organisation's adopted regulation (規程) appoints people to.</summary>
public enum GovernanceRole
{
    /// <summary>機関の長 (理事長・医院長).</summary>
    Head,

    /// <summary>システム管理者.</summary>
    SystemAdministrator,

    /// <summary>情報管理責任者.</summary>
    InformationManager,

    /// <summary>運用責任者.</summary>
    OperationsManager,

    /// <summary>利用者.</summary>
    User,

    /// <summary>監査人: reads, never changes.</summary>
    Auditor,
}

/// <summary>業務上の役割 of a person; what it allows is limited to what the organisation's kinds grant.</summary>
public enum BusinessRole
{
    /// <summary>医師・歯科医師.</summary>
    Physician,

    /// <summary>薬剤師.</summary>
    Pharmacist,

    /// <summary>看護師等.</summary>
    Nurse,

    /// <summary>一般 (資格確認のみ).</summary>
    ReceptionClerk,

    /// <summary>医療情報閲覧.</summary>
    MedicalViewer,

    /// <summary>請求担当.</summary>
    ClaimsClerk,

    /// <summary>審査職員.</summary>
    Reviewer,

    /// <summary>審査委員.</summary>
    ReviewCommittee,

    /// <summary>保険者資格担当.</summary>
    EligibilityClerk,

    /// <summary>給付・点検担当.</summary>
    BenefitsClerk,

    /// <summary>適用 (届書) 担当.</summary>
    FilingsClerk,

    /// <summary>会計.</summary>
    Accountant,

    /// <summary>ポータル申請担当.</summary>
    PortalClerk,
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
    /// <summary>規程上の役割 in force; none for a machine.</summary>
    public IReadOnlySet<GovernanceRole> Governance { get; init; } = new HashSet<GovernanceRole>();

    /// <summary>業務上の役割 in force; none for a machine.</summary>
    public IReadOnlySet<BusinessRole> Business { get; init; } = new HashSet<BusinessRole>();

    /// <summary>The sign-in session, where there is one; never the secret that proves it.</summary>
    public Guid? Session { get; init; }

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

/// <summary>The endpoint or page requires this permission, or one of these.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(params Permission[] anyOf) : Attribute
{
    /// <summary>The permissions of which one is enough.</summary>
    public IReadOnlyList<Permission> AnyOf { get; } = anyOf;
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

/// <summary>
/// The endpoint or page answers with a 厳秘 file for people (書き出し): a person states why, and an event of this kind keeps it. A device that fetches
/// what the protocol addresses to it states nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ExportsAttribute(AuditKind kind = AuditKind.FileExported) : Attribute
{
    /// <summary>The kind of event that keeps the reason.</summary>
    public AuditKind Kind { get; } = kind;
}

/// <summary>The endpoint or page answers with a file that is not an export of 厳秘 data, for this reason.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NotAnExportAttribute(string reason) : Attribute
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}
