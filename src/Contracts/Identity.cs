using Sekisho.Wire;

namespace Sekisho.Contracts.Identity;

/// <summary>
/// 組織種別 — an organisation may have several. A sort of payer or insurer implies the general kind, which the directory adds: whoever asks for
/// 審査支払機関 finds 支払基金, too.
/// </summary>
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

    /// <summary>薬局.</summary>
    Pharmacy,

    /// <summary>訪問看護ステーション.</summary>
    HomeNursing,

    /// <summary>社会保険診療報酬支払基金; implies 審査支払機関.</summary>
    PaymentFund,

    /// <summary>国民健康保険団体連合会; implies 審査支払機関.</summary>
    HealthInsuranceFederation,

    /// <summary>国民健康保険中央会; implies 審査支払機関.</summary>
    CentralFederation,

    /// <summary>健康保険組合; implies 医療保険者.</summary>
    HealthInsuranceSociety,

    /// <summary>国民健康保険 (市町村); implies 医療保険者.</summary>
    MunicipalInsurer,

    /// <summary>国民健康保険組合; implies 医療保険者.</summary>
    NationalHealthSociety,

    /// <summary>後期高齢者医療広域連合; implies 医療保険者.</summary>
    LateElderlyUnion,

    /// <summary>共済組合; implies 医療保険者.</summary>
    MutualAid,

    /// <summary>全国健康保険協会; implies 医療保険者.</summary>
    HealthInsuranceAssociation,

    /// <summary>福祉事務所.</summary>
    WelfareOffice,

    /// <summary>実施機関 (オンライン資格確認等).</summary>
    ImplementingBody,

    /// <summary>事業主.</summary>
    Employer,

    /// <summary>社会保険労務士.</summary>
    LabourConsultant,

    /// <summary>回線事業者.</summary>
    Carrier,

    /// <summary>健康保険組合に直接API連携するクラウド事業者: its duties, no rights of its own.</summary>
    CloudOperator,
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

    /// <summary>医療機関コード 10 digits: 都道府県 + 点数表 + 7 digits; 薬局 and 訪問看護ステーション too.</summary>
    Institution,

    /// <summary>事務代行請求者コード, issued by 支払基金. Its length is not published here: 1 to 10 digits.</summary>
    Agent,

    /// <summary>事業所: 都道府県 (2) + 郡市区記号・事業所記号 joined by hyphens, then 事業所番号 (e.g. 13-27-アイウ-12345).</summary>
    Workplace,

    /// <summary>社会保険労務士登録番号 8 digits.</summary>
    LabourConsultant,
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

    /// <summary>Names of these people, whether they still work anywhere or not; nobody that is unknown.</summary>
    ValueTask<IReadOnlyDictionary<PersonId, string>> NamesOf(IReadOnlyCollection<PersonId> people, CancellationToken ct);

    /// <summary>This site's operator.</summary>
    ValueTask<Organisation> Centre(CancellationToken ct);

    /// <summary>Registers an organisation or changes the one with this id; recorded, commits on its own. ID-0103 when a code is already held by another.</summary>
    ValueTask<Outcome<Organisation>> Register(Organisation organisation, CancellationToken ct);
}
