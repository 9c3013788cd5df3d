using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;

namespace Sekisho.Web.Display;

/// <summary>The words for what the audit trail calls by enum.</summary>
internal static class AuditWords
{
    private static readonly Dictionary<string, string> _kinds = AuditKinds.All.ToDictionary(k => k.Kind.ToString(), k => k.Title);

    private static readonly Dictionary<string, string> _results = new()
    {
        ["read"] = "閲覧",
        ["signed in"] = "成功",
        ["signed out"] = "終了",
        ["200"] = "閲覧",
        ["304"] = "閲覧",
        ["404"] = "見つからない",
        ["403"] = "権限なし",
        ["401"] = "認証されない",
        ["opened"] = "開いた",
        ["registered"] = "登録",
        ["ended"] = "解除",
    };

    private static readonly Dictionary<string, string> _roles = new()
    {
        [nameof(GovernanceRole.Head)] = "機関の長",
        [nameof(GovernanceRole.SystemAdministrator)] = "システム管理者",
        [nameof(GovernanceRole.InformationManager)] = "情報管理責任者",
        [nameof(GovernanceRole.OperationsManager)] = "運用責任者",
        [nameof(GovernanceRole.User)] = "利用者",
        [nameof(GovernanceRole.Auditor)] = "監査人",
        [nameof(BusinessRole.Physician)] = "医師・歯科医師",
        [nameof(BusinessRole.Pharmacist)] = "薬剤師",
        [nameof(BusinessRole.Nurse)] = "看護師等",
        [nameof(BusinessRole.ReceptionClerk)] = "一般",
        [nameof(BusinessRole.MedicalViewer)] = "医療情報閲覧",
        [nameof(BusinessRole.ClaimsClerk)] = "請求担当",
        [nameof(BusinessRole.Reviewer)] = "審査職員",
        [nameof(BusinessRole.ReviewCommittee)] = "審査委員",
        [nameof(BusinessRole.EligibilityClerk)] = "保険者資格担当",
        [nameof(BusinessRole.BenefitsClerk)] = "給付・点検担当",
        [nameof(BusinessRole.FilingsClerk)] = "適用担当",
        [nameof(BusinessRole.Accountant)] = "会計",
        [nameof(BusinessRole.PortalClerk)] = "ポータル申請担当",
    };

    public static string Ground(ProtectionGround ground) => ground switch
    {
        ProtectionGround.NonDisclosure => "不開示該当",
        ProtectionGround.NoSelfDisclosure => "自己情報提供不可",
        _ => "DV・虐待等の支援措置",
    };

    public static string Kind(string kind) => _kinds.GetValueOrDefault(kind, kind);

    public static string Result(string result) => _results.GetValueOrDefault(result, result);

    public static string Roles(IEnumerable<string> roles) => string.Join("・", roles.Select(r => _roles.GetValueOrDefault(r, r)).Distinct());
}
