using Sekisho.Wire;

namespace Sekisho.Contracts.Identity;

/// <summary>証明書 — what the platform CA vouches for.</summary>
public interface ICertificates
{
    /// <summary>The environment of this site.</summary>
    SiteEnvironment Environment { get; }

    /// <summary>Roots, environment and the current revocation list, for verifying what organisations signed. Preloaded: never touches the database or the line.</summary>
    Trust Trust { get; }

    /// <summary>Signs on behalf of the centre (acknowledgements, checkpoints, delivery envelopes).</summary>
    byte[] SignAsCentre(ReadOnlySpan<byte> content);

    /// <summary>True when the device's certificate is in force now (known, not revoked, device neither carried out nor retired).</summary>
    bool IsInForce(DeviceId device);
}

/// <summary>The detached signatures of the inquiry path (<see cref="DetachedJws"/>): what a device asked, and what the centre answered.</summary>
public interface ISignedInquiries
{
    /// <summary>
    /// That the device of the current connection signed exactly these bytes a moment ago. ID-0303 no signature, ID-0304 by another certificate than the connection's,
    /// ID-0305 at another time, WI-08xx malformed or not over these bytes.
    /// </summary>
    Outcome<JwsHeader> Verify(string? signature, ReadOnlySpan<byte> question);

    /// <summary>The centre's signature over an answer; it names the signature of the question.</summary>
    string Sign(ReadOnlySpan<byte> answer, string question);
}

/// <summary>A device with its new certificate. The key leaves with the caller; the centre keeps none of it.</summary>
/// <param name="Device">Which.</param>
/// <param name="Serial">Certificate serial, hex.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="Pfx">PKCS#12 with key and CA certificate.</param>
public sealed record IssuedDevice(DeviceId Device, string Serial, DateTimeOffset NotAfter, byte[] Pfx);

/// <summary>Certificate authority and devices as health reports show them.</summary>
/// <param name="AuthorityNotAfter">End of the CA certificate.</param>
/// <param name="ListNextUpdate">Promise of the revocation list.</param>
/// <param name="DevicesInForce">Devices with a certificate in force.</param>
public sealed record AuthorityHealth(DateTimeOffset AuthorityNotAfter, DateTimeOffset ListNextUpdate, int DevicesInForce);

/// <summary>Administration of devices and their certificates. Acts are recorded and commit on their own.</summary>
public interface IDeviceAdministration
{
    /// <summary>The root certificate, PEM.</summary>
    string AuthorityPem { get; }

    /// <summary>Issues a device certificate of an organisation; ID-0101 when it is unknown. An empty <paramref name="password"/> leaves the file open.</summary>
    ValueTask<Outcome<IssuedDevice>> Issue(OrganisationId organisation, string name, string password, CancellationToken ct);

    /// <summary>The device whose certificate has this serial (hex); ID-0302 when there is none.</summary>
    ValueTask<Outcome<DeviceId>> DeviceOf(string serial, CancellationToken ct);

    /// <summary>Revokes all certificates of a device and publishes a new list; again changes nothing. ID-0302 when unknown.</summary>
    ValueTask<Outcome<DeviceId>> Revoke(DeviceId device, string reason, CancellationToken ct);

    /// <summary>State of the authority.</summary>
    ValueTask<AuthorityHealth> Health(CancellationToken ct);

    /// <summary>What runs out or is missing on the site: counts, no names. Nothing of it refuses anybody.</summary>
    ValueTask<IReadOnlyList<string>> Warnings(CancellationToken ct);
}

/// <summary>端末の用途.</summary>
public enum DevicePurpose
{
    /// <summary>送信.</summary>
    Send,

    /// <summary>受信.</summary>
    Receive,

    /// <summary>送受信.</summary>
    SendAndReceive,

    /// <summary>窓口 (資格確認).</summary>
    Desk,

    /// <summary>管理.</summary>
    Administration,

    /// <summary>システム (機械だけが使う).</summary>
    System,
}

/// <summary>端末の状態. Only <see cref="InUse"/> is served.</summary>
public enum DeviceCondition
{
    /// <summary>使用中.</summary>
    InUse,

    /// <summary>持出し中.</summary>
    CarriedOut,

    /// <summary>廃止.</summary>
    Retired,
}

/// <summary>What was done with a device.</summary>
public enum DeviceAct
{
    /// <summary>登録.</summary>
    Registered,

    /// <summary>変更.</summary>
    Changed,

    /// <summary>台帳の確認.</summary>
    Confirmed,

    /// <summary>ウイルス対策の報告.</summary>
    AntivirusReported,

    /// <summary>持出し.</summary>
    CarriedOut,

    /// <summary>返却.</summary>
    Returned,

    /// <summary>廃止.</summary>
    Retired,

    /// <summary>証明書の申請.</summary>
    CertificateApplied,

    /// <summary>証明書の申請の承認.</summary>
    CertificateApproved,

    /// <summary>証明書の申請の却下.</summary>
    CertificateDeclined,

    /// <summary>証明書の発行.</summary>
    CertificateIssued,

    /// <summary>証明書の更新.</summary>
    CertificateRenewed,

    /// <summary>証明書の失効.</summary>
    CertificateRevoked,
}

/// <summary>証明書の状態.</summary>
public enum CertificateState
{
    /// <summary>有効.</summary>
    InForce,

    /// <summary>失効.</summary>
    Revoked,
}

/// <summary>失効理由 (RFC 5280 §5.3.1).</summary>
public enum RevocationReason
{
    /// <summary>理由の区分なし.</summary>
    Unspecified,

    /// <summary>鍵の危殆化 (紛失・盗難).</summary>
    KeyCompromise,

    /// <summary>所属の変更.</summary>
    AffiliationChanged,

    /// <summary>更新による置換え.</summary>
    Superseded,

    /// <summary>使用の終了 (廃止).</summary>
    CessationOfOperation,
}

/// <summary>How the key of a certificate comes about.</summary>
public enum CertificateForm
{
    /// <summary>The applicant made it and shows a CSR.</summary>
    Csr,

    /// <summary>The centre makes it and hands it over once as PKCS#12.</summary>
    Pkcs12,
}

/// <summary>証明書の申請の状態.</summary>
public enum ApplicationState
{
    /// <summary>承認待ち.</summary>
    Waiting,

    /// <summary>承認済み・受取り待ち.</summary>
    Approved,

    /// <summary>発行済み.</summary>
    Issued,

    /// <summary>却下.</summary>
    Declined,
}

/// <summary>What the register says of a device.</summary>
/// <param name="Name">端末名.</param>
/// <param name="Purpose">用途.</param>
/// <param name="Dedicated">専用: nothing but this business runs on it.</param>
/// <param name="Place">設置場所.</param>
/// <param name="OperatingSystem">OS.</param>
/// <param name="SystemVersion">Its version.</param>
/// <param name="Antivirus">ウイルス対策ソフト; empty when there is none.</param>
/// <param name="AntivirusPattern">Day of its pattern.</param>
/// <param name="AntivirusScan">Day of the last full scan.</param>
/// <param name="Media">使用を許可する外部記憶媒体; empty = none.</param>
/// <param name="Responsible">管理責任者.</param>
/// <param name="Classification">重要度分類 of what it holds.</param>
public sealed record DeviceFacts(
    string Name,
    DevicePurpose Purpose,
    bool Dedicated,
    string Place,
    string OperatingSystem,
    string SystemVersion,
    string Antivirus,
    DateOnly? AntivirusPattern,
    DateOnly? AntivirusScan,
    string Media,
    string Responsible,
    Classification Classification);

/// <summary>How urgent something is.</summary>
public enum WarningLevel
{
    /// <summary>Amber: soon, or untidy.</summary>
    Soon,

    /// <summary>Red: over, or within a week.</summary>
    Now,
}

/// <summary>Something that runs out or is missing, with what to do.</summary>
public sealed record DeviceWarning(WarningLevel Level, string Text, string Remedy);

/// <summary>A certificate of a device.</summary>
/// <param name="Serial">Hex.</param>
/// <param name="Issued">Since.</param>
/// <param name="NotAfter">Its own end.</param>
/// <param name="Until">Accepted until then (the overlap after a renewal ends before its own end).</param>
/// <param name="State">State.</param>
/// <param name="Reason">Why it was revoked.</param>
public sealed record DeviceCertificateFacts(
    string Serial, DateTimeOffset Issued, DateTimeOffset NotAfter, DateTimeOffset Until, CertificateState State, RevocationReason Reason);

/// <summary>An application for a certificate.</summary>
/// <param name="Id">Which.</param>
/// <param name="Organisation">Whose.</param>
/// <param name="OrganisationName">For display.</param>
/// <param name="Device">For which device.</param>
/// <param name="DeviceName">For display.</param>
/// <param name="Form">CSR or PKCS#12.</param>
/// <param name="KeyDigest">SHA-256 of the public key, hex; empty until it exists.</param>
/// <param name="State">State.</param>
/// <param name="Applied">When.</param>
/// <param name="AppliedBy">The person; null when a machine applied.</param>
/// <param name="Reason">Why it was declined.</param>
/// <param name="Serial">What was issued.</param>
/// <param name="IsWaitingForDownload">True while the PKCS#12 can be downloaded, once.</param>
public sealed record CertificateApplication(
    Guid Id,
    OrganisationId Organisation,
    string OrganisationName,
    DeviceId Device,
    string DeviceName,
    CertificateForm Form,
    string KeyDigest,
    ApplicationState State,
    DateTimeOffset Applied,
    PersonId? AppliedBy,
    string Reason,
    string? Serial,
    bool IsWaitingForDownload);

/// <summary>A device with everything its organisation sees of it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Facts">The register's entry.</param>
/// <param name="Condition">State.</param>
/// <param name="Since">In this state since.</param>
/// <param name="DueBack">持出し: due back.</param>
/// <param name="Confirmed">When the entry was last confirmed.</param>
/// <param name="Certificates">Newest first.</param>
/// <param name="Applications">Newest first.</param>
/// <param name="Warnings">Most urgent first.</param>
public sealed record RegisteredDevice(
    DeviceId Id,
    DeviceFacts Facts,
    DeviceCondition Condition,
    DateTimeOffset Since,
    DateOnly? DueBack,
    DateTimeOffset Confirmed,
    IReadOnlyList<DeviceCertificateFacts> Certificates,
    IReadOnlyList<CertificateApplication> Applications,
    IReadOnlyList<DeviceWarning> Warnings);

/// <summary>An entry of a device's history.</summary>
public sealed record DeviceEvent(DateTimeOffset At, DeviceAct Act, PersonId? By, string ByName, string Detail);

/// <summary>持出し.</summary>
/// <param name="Carrier">Who carries it.</param>
/// <param name="Destination">Where to.</param>
/// <param name="Reason">What for.</param>
/// <param name="DueBack">Until when.</param>
public sealed record CarryOut(string Carrier, string Destination, string Reason, DateOnly DueBack);

/// <summary>What an antivirus program says.</summary>
public sealed record AntivirusReport(string Product, DateOnly? Pattern, DateOnly? Scan);

/// <summary>端末台帳 of the actor's own organisation. Acts are recorded and commit on their own. ID-0302 for what is not theirs.</summary>
public interface IDeviceRegister
{
    /// <summary>All devices, retired ones last.</summary>
    ValueTask<IReadOnlyList<RegisteredDevice>> List(Actor by, CancellationToken ct);

    /// <summary>One device.</summary>
    ValueTask<Outcome<RegisteredDevice>> Find(Actor by, DeviceId id, CancellationToken ct);

    /// <summary>What was done with it, newest first.</summary>
    ValueTask<Outcome<IReadOnlyList<DeviceEvent>>> History(Actor by, DeviceId id, CancellationToken ct);

    /// <summary>Registers a device; ID-0601 says what is missing.</summary>
    ValueTask<Outcome<DeviceId>> Register(Actor by, DeviceFacts facts, CancellationToken ct);

    /// <summary>Changes the entry, or confirms it when nothing changed.</summary>
    ValueTask<Outcome<DeviceId>> Change(Actor by, DeviceId id, DeviceFacts facts, CancellationToken ct);

    /// <summary>Takes an antivirus report.</summary>
    ValueTask<Outcome<DeviceId>> Report(Actor by, DeviceId id, AntivirusReport report, CancellationToken ct);

    /// <summary>Approves that it is carried out; it stops working at once. ID-0603 when it is not in use.</summary>
    ValueTask<Outcome<DeviceId>> CarryOut(Actor by, DeviceId id, CarryOut how, CancellationToken ct);

    /// <summary>Records that it came back; it works again with the certificate it has.</summary>
    ValueTask<Outcome<DeviceId>> Return(Actor by, DeviceId id, string note, CancellationToken ct);

    /// <summary>Retires it for ever: its certificates are revoked.</summary>
    ValueTask<Outcome<DeviceId>> Retire(Actor by, DeviceId id, string reason, CancellationToken ct);
}

/// <summary>A certificate as handed to whoever holds its key.</summary>
/// <param name="Device">Which device.</param>
/// <param name="Serial">Hex.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="Pem">The certificate, then its authority.</param>
public sealed record IssuedCertificate(DeviceId Device, string Serial, DateTimeOffset NotAfter, string Pem);

/// <summary>証明書の申請・承認・受取り・更新・失効. Acts are recorded and commit on their own. ID-0302/ID-0605 for what is not theirs.</summary>
public interface ICertificateOffice
{
    /// <summary>Applies for a certificate; with a CSR (PEM or DER) the key stays with the applicant, without one the centre makes it at collection.</summary>
    ValueTask<Outcome<CertificateApplication>> Apply(Actor by, DeviceId device, byte[]? csr, CancellationToken ct);

    /// <summary>An application of the actor's organisation.</summary>
    ValueTask<Outcome<CertificateApplication>> Find(Actor by, Guid application, CancellationToken ct);

    /// <summary>Applications of all organisations that wait for a decision of the centre, oldest first.</summary>
    ValueTask<IReadOnlyList<CertificateApplication>> Waiting(Actor by, CancellationToken ct);

    /// <summary>Approves; a CSR is answered with its certificate at once. ID-0609 for one's own application.</summary>
    ValueTask<Outcome<CertificateApplication>> Approve(Actor by, Guid application, CancellationToken ct);

    /// <summary>Declines with a reason.</summary>
    ValueTask<Outcome<CertificateApplication>> Decline(Actor by, Guid application, string reason, CancellationToken ct);

    /// <summary>Makes key and certificate of an approved application and answers the one-time password of its PKCS#12, which is told only here.</summary>
    ValueTask<Outcome<string>> Collect(Actor by, Guid application, CancellationToken ct);

    /// <summary>The PKCS#12, once.</summary>
    ValueTask<Outcome<byte[]>> Download(Actor by, Guid application, CancellationToken ct);

    /// <summary>The certificate that answered a CSR.</summary>
    ValueTask<Outcome<IssuedCertificate>> Certificate(Actor by, Guid application, CancellationToken ct);

    /// <summary>A machine renews its own certificate with a CSR; the old one stays in force for at most 30 days. The same CSR again answers the same certificate.</summary>
    ValueTask<Outcome<IssuedCertificate>> Renew(Actor machine, string presented, byte[] csr, CancellationToken ct);

    /// <summary>Revokes the certificates of a device of the actor's organisation; the device stays in the register.</summary>
    ValueTask<Outcome<DeviceId>> Revoke(Actor by, DeviceId device, RevocationReason reason, string text, CancellationToken ct);
}
