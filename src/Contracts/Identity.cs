using Sekisho.Wire;

namespace Sekisho.Contracts.Identity;

/// <summary>組織種別 — an organisation may have several.</summary>
public enum OrganisationKind
{
    /// <summary>センター運営 (this site's operator).</summary>
    Centre,

    /// <summary>医療機関.</summary>
    MedicalInstitution,

    /// <summary>審査支払機関.</summary>
    Payer,

    /// <summary>医療保険者.</summary>
    Insurer,

    /// <summary>公費負担者.</summary>
    PublicPayer,

    /// <summary>事務代行者.</summary>
    Agent,
}

/// <summary>組織コード体系.</summary>
public enum CodeSystem
{
    /// <summary>審査支払機関: 1 = 支払基金; 2 + 都道府県 (e.g. 213) = 国保連.</summary>
    Payer,

    /// <summary>保険者番号, without padding.</summary>
    Insurer,

    /// <summary>公費負担者番号.</summary>
    PublicPayer,

    /// <summary>医療機関コード 10 digits: 都道府県 + 点数表 + 7 digits.</summary>
    Institution,
}

/// <summary>A code an organisation holds.</summary>
public sealed record OrganisationCode(CodeSystem System, string Value);

/// <summary>組織.</summary>
public sealed record Organisation(OrganisationId Id, string Name, IReadOnlySet<OrganisationKind> Kinds, IReadOnlyList<OrganisationCode> Codes);

/// <summary>Asks who is who. Identity answers.</summary>
public interface IDirectory
{
    /// <summary>The organisation; ID-0101 when unknown.</summary>
    ValueTask<Outcome<Organisation>> Organisation(OrganisationId id, CancellationToken ct);

    /// <summary>Who holds <paramref name="code"/>; ID-0102 when nobody does.</summary>
    ValueTask<Outcome<Organisation>> Holder(OrganisationCode code, CancellationToken ct);

    /// <summary>All organisations of a kind, by name.</summary>
    ValueTask<IReadOnlyList<Organisation>> OfKind(OrganisationKind kind, CancellationToken ct);

    /// <summary>This site's operator.</summary>
    ValueTask<Organisation> Centre(CancellationToken ct);

    /// <summary>Registers an organisation or changes the one with this id; recorded, commits on its own. ID-0103 when a code is already held by another.</summary>
    ValueTask<Outcome<Organisation>> Register(Organisation organisation, CancellationToken ct);
}

/// <summary>証明書 — what the platform CA vouches for.</summary>
public interface ICertificates
{
    /// <summary>The environment of this site.</summary>
    SiteEnvironment Environment { get; }

    /// <summary>Roots, environment and the current revocation list, for verifying what organisations signed. Preloaded: never touches the database or the line.</summary>
    Trust Trust { get; }

    /// <summary>Signs on behalf of the centre (acknowledgements, checkpoints, delivery envelopes).</summary>
    byte[] SignAsCentre(ReadOnlySpan<byte> content);

    /// <summary>True when the device's certificate is in force now (known, not revoked, device not retired).</summary>
    bool IsInForce(DeviceId device);
}

/// <summary>Sign-in of people.</summary>
public interface ISignIn
{
    /// <summary>Checks a password; ID-0201 for every failure (uniform), ID-0202 while locked. Recorded either way.</summary>
    ValueTask<Outcome<Actor>> Password(string login, string password, CancellationToken ct);

    /// <summary>Re-reads a signed-in person; ID-0203 when the account has ended since.</summary>
    ValueTask<Outcome<Actor>> Person(PersonId id, CancellationToken ct);

    /// <summary>Records that a person signed out. Commits.</summary>
    ValueTask Ended(Actor by, CancellationToken ct);
}

/// <summary>業務上の役割 of a person; what it allows is limited to what the organisation's kinds grant.</summary>
public enum BusinessRole
{
    /// <summary>請求担当.</summary>
    ClaimsClerk,

    /// <summary>審査職員.</summary>
    Reviewer,

    /// <summary>給付・点検担当.</summary>
    BenefitsClerk,

    /// <summary>システム管理者.</summary>
    SystemAdministrator,
}

/// <summary>A person to be given an account.</summary>
/// <param name="Organisation">Where they work.</param>
/// <param name="Login">Unique; lower-case.</param>
/// <param name="Name">For display.</param>
/// <param name="Role">Business role.</param>
public sealed record NewPerson(OrganisationId Organisation, string Login, string Name, BusinessRole Role);

/// <summary>A device with its new certificate. The key leaves with the caller; the centre keeps none of it.</summary>
/// <param name="Device">Which.</param>
/// <param name="Serial">Certificate serial, hex.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="Pfx">PKCS#12 with key and CA certificate.</param>
public sealed record IssuedDevice(DeviceId Device, string Serial, DateTimeOffset NotAfter, byte[] Pfx);

/// <summary>Certificate authority as health reports show it.</summary>
public sealed record AuthorityHealth(DateTimeOffset AuthorityNotAfter, DateTimeOffset ListNextUpdate, int DevicesInForce);

/// <summary>Administration of devices and people. Acts are recorded and commit on their own.</summary>
public interface IIdentityAdministration
{
    /// <summary>The root certificate, PEM.</summary>
    string AuthorityPem { get; }

    /// <summary>Issues a device certificate of an organisation; ID-0101 when it is unknown. An empty <paramref name="password"/> leaves the file open.</summary>
    ValueTask<Outcome<IssuedDevice>> Issue(OrganisationId organisation, string name, string password, CancellationToken ct);

    /// <summary>The device whose certificate has this serial (hex); ID-0302 when there is none.</summary>
    ValueTask<Outcome<DeviceId>> DeviceOf(string serial, CancellationToken ct);

    /// <summary>Revokes a device's certificate and publishes a new list; again changes nothing. ID-0302 when unknown.</summary>
    ValueTask<Outcome<DeviceId>> Revoke(DeviceId device, string reason, CancellationToken ct);

    /// <summary>Gives a person an account; ID-0104 when the login is taken, ID-0105 when the password is too short.</summary>
    ValueTask<Outcome<PersonId>> AddPerson(NewPerson person, string password, CancellationToken ct);

    /// <summary>State of the authority.</summary>
    ValueTask<AuthorityHealth> Health(CancellationToken ct);
}
