using System.Collections.Frozen;

namespace Sekisho.Contracts.Identity;

/// <summary>Roles, kinds and permissions in the words of those who have them: pages, documents and refusals say the same.</summary>
public static class PeopleNames
{
    /// <summary>規程上の役割.</summary>
    public static readonly FrozenDictionary<GovernanceRole, string> Governance = new Dictionary<GovernanceRole, string>
    {
        [GovernanceRole.Head] = "機関の長",
        [GovernanceRole.SystemAdministrator] = "システム管理者",
        [GovernanceRole.InformationManager] = "情報管理責任者",
        [GovernanceRole.OperationsManager] = "運用責任者",
        [GovernanceRole.User] = "利用者",
        [GovernanceRole.Auditor] = "監査人",
    }.ToFrozenDictionary();

    /// <summary>業務上の役割.</summary>
    public static readonly FrozenDictionary<BusinessRole, string> Business = new Dictionary<BusinessRole, string>
    {
        [BusinessRole.Physician] = "医師・歯科医師",
        [BusinessRole.Pharmacist] = "薬剤師",
        [BusinessRole.Nurse] = "看護師等",
        [BusinessRole.ReceptionClerk] = "一般（資格確認のみ）",
        [BusinessRole.MedicalViewer] = "医療情報閲覧",
        [BusinessRole.ClaimsClerk] = "請求担当",
        [BusinessRole.Reviewer] = "審査職員",
        [BusinessRole.ReviewCommittee] = "審査委員",
        [BusinessRole.EligibilityClerk] = "保険者資格担当",
        [BusinessRole.BenefitsClerk] = "給付・点検担当",
        [BusinessRole.FilingsClerk] = "適用（届書）担当",
        [BusinessRole.Accountant] = "会計",
        [BusinessRole.PortalClerk] = "ポータル申請担当",
    }.ToFrozenDictionary();

    /// <summary>組織種別.</summary>
    public static readonly FrozenDictionary<OrganisationKind, string> Kinds = new Dictionary<OrganisationKind, string>
    {
        [OrganisationKind.Centre] = "センター",
        [OrganisationKind.MedicalInstitution] = "医療機関",
        [OrganisationKind.Payer] = "審査支払機関",
        [OrganisationKind.Insurer] = "医療保険者",
        [OrganisationKind.PublicPayer] = "公費負担者",
        [OrganisationKind.Agent] = "事務代行者",
        [OrganisationKind.Pharmacy] = "薬局",
        [OrganisationKind.HomeNursing] = "訪問看護ステーション",
        [OrganisationKind.PaymentFund] = "支払基金",
        [OrganisationKind.HealthInsuranceFederation] = "国保連",
        [OrganisationKind.CentralFederation] = "国保中央会",
        [OrganisationKind.HealthInsuranceSociety] = "健康保険組合",
        [OrganisationKind.MunicipalInsurer] = "国保（市町村）",
        [OrganisationKind.NationalHealthSociety] = "国保組合",
        [OrganisationKind.LateElderlyUnion] = "後期高齢者広域連合",
        [OrganisationKind.MutualAid] = "共済組合",
        [OrganisationKind.HealthInsuranceAssociation] = "全国健康保険協会",
        [OrganisationKind.WelfareOffice] = "福祉事務所",
        [OrganisationKind.ImplementingBody] = "実施機関",
        [OrganisationKind.Employer] = "事業主",
        [OrganisationKind.LabourConsultant] = "社会保険労務士",
        [OrganisationKind.Carrier] = "回線事業者",
        [OrganisationKind.CloudOperator] = "クラウド事業者",
    }.ToFrozenDictionary();

    /// <summary>システム.</summary>
    public static readonly FrozenDictionary<SystemScope, string> Scopes = new Dictionary<SystemScope, string>
    {
        [SystemScope.All] = "すべてのシステム",
        [SystemScope.OnlineClaims] = "オンライン請求",
        [SystemScope.ElectronicFiling] = "電子申請",
        [SystemScope.OnlineEligibility] = "オンライン資格確認等",
    }.ToFrozenDictionary();

    /// <summary>パスワードの規則.</summary>
    public static readonly FrozenDictionary<PasswordPolicy, string> Passwords = new Dictionary<PasswordPolicy, string>
    {
        [PasswordPolicy.TwoMonths8] = "8文字以上、2か月以内に変更",
        [PasswordPolicy.Long13] = "13文字以上、定期変更なし",
        [PasswordPolicy.TwoFactor8] = "8文字以上と二要素",
    }.ToFrozenDictionary();

    /// <summary>兼務.</summary>
    public static readonly FrozenDictionary<Combining, string> Combinings = new Dictionary<Combining, string>
    {
        [Combining.None] = "兼務しない",
        [Combining.Managers] = "情報管理責任者と運用責任者は1人でもよい",
        [Combining.All] = "システム管理者が両責任者を兼ねてもよい",
    }.ToFrozenDictionary();

    /// <summary>What a permission lets one do.</summary>
    public static readonly FrozenDictionary<Permission, string> Permissions = new Dictionary<Permission, string>
    {
        [Permission.SendTransmissions] = "請求ファイルを送る",
        [Permission.ReceiveTransmissions] = "届いたものを受け取る",
        [Permission.ReadReceptions] = "自院の受付結果を見る",
        [Permission.ConfirmClaims] = "請求を確定する・取り消す",
        [Permission.ReadSubmissions] = "受付状況を見る（審査支払機関）",
        [Permission.ReviewClaims] = "締切・審査・決定・配信を行う",
        [Permission.ManageRegistry] = "医療機関届出を登録する",
        [Permission.ManageSite] = "サイトを管理する",
        [Permission.ReadLedger] = "台帳の記録を読む",
        [Permission.ReadPeople] = "職員と役割を見る",
        [Permission.ManagePeople] = "職員を加える・役割を変える・退職にする",
        [Permission.AppointPeople] = "任命する・規程を採用する",
        [Permission.ManageDevices] = "端末と証明書を扱う",
        [Permission.ManageConnections] = "接続を届け出る",
        [Permission.AcceptTerms] = "利用規約に同意する",
        [Permission.ApproveCertificates] = "証明書の申請を承認する",
        [Permission.ApproveConnections] = "接続の届出を確認する",
        [Permission.PublishTerms] = "利用規約を公開する",
        [Permission.ReadAudit] = "自組織の監査ログを見る",
        [Permission.ReadSiteAudit] = "サイト全体の監査ログを見る",
        [Permission.OpenSealed] = "監査ログの封をした値を開く",
        [Permission.ExportAudit] = "監査ログを書き出す",
        [Permission.ProtectPersons] = "保護の対象の人を登録する",
        [Permission.ManageSignIn] = "認証の回復を承認する・サインインを終わらせる",
        [Permission.InquireEligibility] = "資格を確認する・照会番号を登録する",
        [Permission.RegisterCoverage] = "加入者情報を登録する・訂正する",
        [Permission.ManageKiosks] = "目視用パスコードを発行する",
        [Permission.ManageCards] = "電子証明書を引き継ぐ・救急時の閲覧を許可する",
        [Permission.OpenInEmergency] = "救急時に、同意なしで閲覧を開く",
        [Permission.ReviewEmergencies] = "救急時の閲覧を事後に確認する",
        [Permission.ManageRegistered] = "本人の紐付けと閲覧停止を扱う",
        [Permission.RegisterTickets] = "医療券・調剤券を登録する",
        [Permission.HandOutAccessLog] = "本人のデータの利用の記録を交付する",
        [Permission.ViewMedicines] = "薬剤情報を見る（本人の同意があるとき）",
        [Permission.ViewDiagnoses] = "診療情報・手術情報を見る（本人の同意があるとき）",
        [Permission.ViewCheckups] = "特定健診情報を見る",
        [Permission.ManageFacilitySettings] = "医療機関環境設定情報（どの情報の閲覧を利用するか）を変える",
    }.ToFrozenDictionary();
}
