using Sekisho.Contracts.Identity;

namespace Sekisho.Web.Display;

/// <summary>The words of 端末と証明書, 接続 and 利用規約.</summary>
internal static class DeviceWords
{
    public static string Word(this DevicePurpose value) => value switch
    {
        DevicePurpose.Send => "送信",
        DevicePurpose.Receive => "受信",
        DevicePurpose.SendAndReceive => "送信と受信",
        DevicePurpose.Desk => "窓口（資格確認）",
        DevicePurpose.Administration => "管理",
        _ => "システム（人が操作しない）",
    };

    public static string Word(this DeviceCondition value) => value switch
    {
        DeviceCondition.InUse => "使用中",
        DeviceCondition.CarriedOut => "持出し中",
        _ => "廃止",
    };

    public static string Tone(this DeviceCondition value) => value switch
    {
        DeviceCondition.InUse => "success",
        DeviceCondition.CarriedOut => "warning",
        _ => "muted",
    };

    public static string Word(this DeviceAct value) => value switch
    {
        DeviceAct.Registered => "登録",
        DeviceAct.Changed => "変更",
        DeviceAct.Confirmed => "台帳の確認",
        DeviceAct.AntivirusReported => "ウイルス対策の報告",
        DeviceAct.CarriedOut => "持出し",
        DeviceAct.Returned => "返却",
        DeviceAct.Retired => "廃止",
        DeviceAct.CertificateApplied => "証明書の申請",
        DeviceAct.CertificateApproved => "証明書の申請の承認",
        DeviceAct.CertificateDeclined => "証明書の申請の却下",
        DeviceAct.CertificateIssued => "証明書の発行",
        DeviceAct.CertificateRenewed => "証明書の更新",
        _ => "証明書の失効",
    };

    public static string Word(this RevocationReason value) => value switch
    {
        RevocationReason.KeyCompromise => "紛失・盗難、または鍵が漏れたおそれ",
        RevocationReason.AffiliationChanged => "所属の変更",
        RevocationReason.Superseded => "新しい証明書への入替え",
        RevocationReason.CessationOfOperation => "使用の終了",
        _ => "その他",
    };

    public static string Word(this CertificateForm value) => value == CertificateForm.Csr ? "端末で作った鍵（CSR）" : "センターで作る鍵（PKCS#12）";

    public static string Word(this ApplicationState value) => value switch
    {
        ApplicationState.Waiting => "センターの承認待ち",
        ApplicationState.Approved => "承認済み・受取り待ち",
        ApplicationState.Issued => "発行済み",
        _ => "却下",
    };

    public static string Word(this LineKind value) => value switch
    {
        LineKind.IpVpn => "閉域IP網（IP-VPN）",
        LineKind.IpsecIke => "IPsecとIKE",
        _ => "ほかの閉域網（専用線など）",
    };

    public static string Word(this ConnectionState value) => value switch
    {
        ConnectionState.Waiting => "センターの確認待ち",
        ConnectionState.InForce => "有効",
        ConnectionState.Declined => "却下",
        _ => "終了",
    };

    public static string Tone(this ConnectionState value) => value switch
    {
        ConnectionState.Waiting => "info",
        ConnectionState.InForce => "success",
        ConnectionState.Declined => "error",
        _ => "muted",
    };

    public static string Word(this TermsScope value) => value switch
    {
        TermsScope.OnlineClaims => "オンライン請求",
        TermsScope.OnlineEligibility => "オンライン資格確認",
        _ => "電子申請",
    };

    public static string Tone(this WarningLevel value) => value == WarningLevel.Now ? "error" : "warning";

    public static string Word(this WarningLevel value) => value == WarningLevel.Now ? "至急" : "注意";
}
