namespace Sekisho.Contracts;

/// <summary>保存区分 — for how long the details of an event are kept; the leaf's hash and position stay for ever.</summary>
public enum AuditRetention
{
    /// <summary>診療情報等への接触.</summary>
    Personal,

    /// <summary>請求と伝送の事実.</summary>
    Claims,

    /// <summary>認証・権限・証明書・設定.</summary>
    Security,

    /// <summary>監査ログそのものへの接触.</summary>
    Audit,

    /// <summary>個人情報に触れない閲覧.</summary>
    Minor,
}

/// <summary>A retention class.</summary>
/// <param name="Class">Which.</param>
/// <param name="Title">Japanese.</param>
/// <param name="Years">How many years after the event its details are deleted.</param>
/// <param name="Basis">Japanese: the basis, and what of it is our assumption.</param>
public sealed record AuditRetentionRule(AuditRetention Class, string Title, int Years, string Basis);

/// <summary>One kind of event, as docs/audit-events.md says it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Title">Japanese.</param>
/// <param name="Subject">What the subject names.</param>
/// <param name="Result">What the result says.</param>
/// <param name="Retention">For how long.</param>
/// <param name="Whose">True when it carries whose data was touched.</param>
/// <param name="Reason">True when it is not recorded without a reason.</param>
public sealed record AuditKindEntry(AuditKind Kind, string Title, string Subject, string Result, AuditRetention Retention, bool Whose = false, bool Reason = false);

/// <summary>Every kind of audit event and every retention class: read this list as the specification. docs/audit-events.md is generated from it.</summary>
public static class AuditKinds
{
    /// <summary>保存区分.</summary>
    public static IReadOnlyList<AuditRetentionRule> Retentions { get; } =
    [
        new(AuditRetention.Personal, "診療情報等への接触", 5,
            "保険医療機関及び保険医療養担当規則 第9条（診療録5年、その他3年）に合わせた。個人情報保護法第23条の安全管理措置としての記録。期間は当サイトの定め（推定）。"),
        new(AuditRetention.Claims, "請求と伝送の事実", 5,
            "診療報酬請求権の時効（民法第166条、5年）と健康保険法第193条（保険給付を受ける権利は2年）の長いほう。期間は当サイトの定め（推定）。"),
        new(AuditRetention.Security, "認証・権限・証明書・設定", 5,
            "医療情報システムの安全管理に関するガイドライン6.5章・10章（期間の定めなし）。証拠となる請求の記録と同じ期間とした（推定）。"),
        new(AuditRetention.Audit, "監査ログへの接触・書き出し", 7,
            "監査の対象となる記録より先に消えないよう、最も長い区分に2年を加えた（当サイトの定め）。"),
        new(AuditRetention.Minor, "個人情報に触れない閲覧", 3,
            "保険医療機関及び保険医療養担当規則 第9条のその他の帳簿（3年）にならった（推定）。"),
    ];

    /// <summary>監査事象.</summary>
    public static IReadOnlyList<AuditKindEntry> All { get; } =
    [
        new(AuditKind.SignIn, "サインイン", "利用者の識別子、または入力された利用者IDのハッシュ", "signed in、または拒否の理由", AuditRetention.Security),
        new(AuditKind.SignOut, "サインアウト", "利用者の識別子", "signed out", AuditRetention.Security),
        new(AuditKind.AccessDenied, "アクセス拒否", "要求されたパス", "足りない権限、または HTTP の状態", AuditRetention.Security),
        new(AuditKind.SessionEnded, "サインインの終了（本人・管理者・別の場所でのサインイン）", "利用者の識別子", "サインインの識別子と終わった理由", AuditRetention.Security),
        new(AuditKind.SignInRead, "サインインの一覧の閲覧", "パス", "read", AuditRetention.Security),
        new(AuditKind.PasswordChanged, "パスワードの変更", "利用者の識別子", "changed・failed", AuditRetention.Security),
        new(AuditKind.FactorChanged, "認証の要素の登録・削除", "利用者の識別子", "要素の種類と行った変更", AuditRetention.Security),
        new(AuditKind.OrganisationSwitched, "操作する組織の切替え", "切り替えた先の組織の識別子", "元の組織の識別子", AuditRetention.Security),
        new(AuditKind.SignInRecovery, "認証の回復の申出・承認・実行", "利用者の識別子", "行った行為", AuditRetention.Security),
        new(AuditKind.OrganisationChanged, "組織の登録・変更", "組織・利用者の識別子", "行った変更", AuditRetention.Security),
        new(AuditKind.CertificateIssued, "証明書の発行", "端末の識別子", "シリアル番号", AuditRetention.Security),
        new(AuditKind.CertificateRevoked, "証明書の失効", "端末の識別子", "シリアル番号", AuditRetention.Security),
        new(AuditKind.TransmissionOpened, "伝送の開始", "伝送の識別子", "opened・resumed・reopened", AuditRetention.Claims),
        new(AuditKind.TransmissionUpload, "伝送内容の受信・照会・中止", "伝送の識別子、またはパス", "位置、read、terminated", AuditRetention.Claims),
        new(AuditKind.TransmissionAcknowledged, "伝送の受領", "伝送の識別子", "受付番号", AuditRetention.Claims),
        new(AuditKind.TransmissionRefused, "伝送の拒否", "伝送の識別子", "拒否の番号", AuditRetention.Claims),
        new(AuditKind.AcknowledgementRead, "受領確認の閲覧", "パス", "read", AuditRetention.Claims),
        new(AuditKind.DeliveryRead, "配信の閲覧・取得", "パス", "read", AuditRetention.Personal),
        new(AuditKind.DeliveryAcknowledged, "配信の受領確認", "伝送の識別子", "signed・person", AuditRetention.Claims),
        new(AuditKind.RegistryChanged, "医療機関届出・マスターの登録", "ファイルの SHA-256、または masters", "行数、種別", AuditRetention.Security),
        new(AuditKind.RegistryRead, "医療機関届出の閲覧", "パス", "read", AuditRetention.Minor),
        new(AuditKind.ReceptionRead, "受付状況・結果の閲覧", "パス", "read", AuditRetention.Personal),
        new(AuditKind.ClaimRead, "レセプトの閲覧", "パス（受付番号と何件目か）", "HTTP の状態", AuditRetention.Personal, Whose: true),
        new(AuditKind.ClaimsTransition, "請求の状態遷移", "受付番号", "行為", AuditRetention.Claims),
        new(AuditKind.ClaimPreviewed, "送信前の点検", "審査支払機関", "not kept", AuditRetention.Personal),
        new(AuditKind.FindingJudged, "指摘についての人の判断", "受付番号", "点検の番号・側・判断・何件目か", AuditRetention.Claims),
        new(AuditKind.PageRead, "画面の閲覧", "パス", "read", AuditRetention.Minor),
        new(AuditKind.BusinessTimeChanged, "模擬業務日の変更", "business-time", "設定した日時", AuditRetention.Security),
        new(AuditKind.ContentScanned, "受領した内容の検査", "伝送の識別子", "検査の結果", AuditRetention.Claims),
        new(AuditKind.ContentOpened, "受領した内容の開封", "伝送の識別子", "開封の根拠", AuditRetention.Claims),
        new(AuditKind.ContentDecided, "検査できない内容についての運用者の判断", "伝送の識別子", "判断と理由", AuditRetention.Claims),
        new(AuditKind.QuarantineRead, "開封していない伝送の閲覧", "パス", "read", AuditRetention.Security),
        new(AuditKind.ScannerChanged, "検査の状態の変化", "scanner", "変わった後の状態", AuditRetention.Security),
        new(AuditKind.ClockChanged, "時刻の状態の変化・跳躍", "clock", "変わった後の状態", AuditRetention.Security),
        new(AuditKind.NoticeRaised, "運用の通知の発生", "対象の識別子", "種類", AuditRetention.Security),
        new(AuditKind.NoticeReminded, "運用の通知の再通知", "対象の識別子", "種類", AuditRetention.Security),
        new(AuditKind.NoticeAnswered, "運用の通知への原因と対策の記入", "通知の識別子", "記入した", AuditRetention.Security),
        new(AuditKind.NoticeRead, "運用の通知の閲覧", "パス", "read", AuditRetention.Security),
        new(AuditKind.LedgerRead, "台帳の閲覧", "パス", "read", AuditRetention.Minor),
        new(AuditKind.PeopleRead, "職員と役割の閲覧", "パス、または組織の識別子", "read", AuditRetention.Security),
        new(AuditKind.PeopleChanged, "職員の登録・役割・退職", "利用者の識別子", "行った変更（組織・役割）", AuditRetention.Security),
        new(AuditKind.AppointmentChanged, "任命・任命の終了", "利用者の識別子", "役割と日付", AuditRetention.Security),
        new(AuditKind.RegulationChanged, "規程の採用", "組織の識別子", "規程の名前と版", AuditRetention.Security),
        new(AuditKind.AgencyChanged, "代行の登録・終了", "組織の識別子", "代行する組織と日付", AuditRetention.Security),
        new(AuditKind.DeviceChanged, "端末の登録・変更・持出し・返却・廃止", "端末の識別子", "行った変更", AuditRetention.Security),
        new(AuditKind.CertificateRequested, "証明書の申請・承認・却下・受取り", "申請または端末の識別子", "行った行為", AuditRetention.Security),
        new(AuditKind.ConnectionChanged, "接続の届出・確認・終了", "接続の識別子", "行った行為", AuditRetention.Security),
        new(AuditKind.ConnectionRefused, "届け出た接続元以外からの要求の拒否", "組織の識別子", "接続元のアドレス", AuditRetention.Security),
        new(AuditKind.TermsPublished, "利用規約の公開", "規約の識別子", "版", AuditRetention.Security),
        new(AuditKind.TermsAccepted, "利用規約への同意", "規約の識別子", "版", AuditRetention.Security),
        new(AuditKind.AuditRead, "監査ログの閲覧・検索", "パス、または検索した条件（本人の値は含まない）", "read、または件数", AuditRetention.Audit, Whose: true),
        new(AuditKind.AuditOpened, "封印された値の開示", "開示した監査記録の識別子", "opened、または gone", AuditRetention.Audit, Whose: true, Reason: true),
        new(AuditKind.ProtectedRead, "保護対象者を含む監査ログの閲覧", "検索した条件（本人の値は含まない）", "件数", AuditRetention.Audit, Whose: true, Reason: true),
        new(AuditKind.AuditExported, "監査ログの書き出し", "書き出した ZIP の SHA-256", "条件と件数", AuditRetention.Audit, Reason: true),
        new(AuditKind.AuditExpired, "保存期間を過ぎた明細の削除", "監査事象", "件数と、いつより前か", AuditRetention.Audit),
        new(AuditKind.ProtectionChanged, "保護対象者の登録・解除", "登録の識別子", "registered・ended", AuditRetention.Audit, Whose: true, Reason: true),
        new(AuditKind.EligibilityInquired, "資格確認の照会", "答えの識別子", "資格有効性の番号と、端末への答えではその署名の SHA-256（一括では受付番号と何人目か）", AuditRetention.Personal, Whose: true),
        new(AuditKind.CoverageRegistered, "加入者情報の登録・訂正・取消", "登録IDのハッシュ", "行った変更と指摘の番号", AuditRetention.Personal, Whose: true),
        new(AuditKind.CoverageFileTaken, "加入者情報のファイルによる登録", "ファイルの識別子", "件数", AuditRetention.Personal),
        new(AuditKind.CoverageRead, "登録した加入者情報の照会", "パス、または照会の種類", "件数", AuditRetention.Personal, Whose: true),
        new(AuditKind.ReferenceChanged, "照会番号の登録・削除", "照会番号の登録先", "registered・removed", AuditRetention.Personal, Whose: true),
        new(AuditKind.MatchRead, "本人の紐付けの候補の閲覧", "登録の識別子、または照会の種類", "示した理由", AuditRetention.Personal, Whose: true),
        new(AuditKind.MatchDecided, "本人の紐付け・取消", "紐付けの識別子", "行った判断", AuditRetention.Personal, Whose: true, Reason: true),
        new(AuditKind.ViewingStopped, "閲覧停止", "登録IDのハッシュ", "stopped", AuditRetention.Personal, Whose: true, Reason: true),
        new(AuditKind.ResponsibilityRead, "責任のある保険者の照会", "照会の識別子", "責任のある保険者がわかった日数と、答えの署名のハッシュ", AuditRetention.Personal, Whose: true),
        new(AuditKind.FileExported, "厳秘の情報のファイルへの書き出し", "受付番号・伝送の識別子・審査支払機関", "書き出したもの（findings・delivery・preview）", AuditRetention.Personal, Reason: true),

        // 受付
        new(AuditKind.DeskListRead, "受付の一覧・一括照会の報告・カードの結果の閲覧", "パス", "read", AuditRetention.Personal),
        new(AuditKind.DeskPatientRead, "受付の1人の閲覧", "パス（受付の識別子を含む）", "応答の状態", AuditRetention.Personal, Whose: true),
        new(AuditKind.DeskPatientChanged, "患者の控え・受付の変更", "受付・患者・答えの識別子", "arrived・adopted と項目名・removed・erased・bound・dismissed", AuditRetention.Personal, Whose: true),
        new(AuditKind.DeskFileTaken, "患者の控え・予約のファイルの取込み", "patients・appointments", "件数", AuditRetention.Personal),
        new(AuditKind.NightPlanChanged, "夜間の一括照会の予定の変更・開始", "組織または一括照会の識別子", "時刻・off・started", AuditRetention.Security),
        new(AuditKind.TicketRegistered, "医療券・調剤券の登録・訂正・取消", "登録IDのハッシュ", "行った変更と指摘の番号", AuditRetention.Personal, Whose: true),
        new(AuditKind.TicketFileTaken, "医療券・調剤券のファイルによる登録", "ファイルの識別子", "件数", AuditRetention.Personal),
        new(AuditKind.TicketRead, "登録した医療券・調剤券の照会", "照会の種類", "件数", AuditRetention.Personal, Whose: true),
        new(AuditKind.RegistrationRead, "加入者情報の登録の状況の閲覧", "パス、または見た一覧", "read、または件数", AuditRetention.Personal),
        new(AuditKind.AccessLogRead, "本人のデータの利用の記録の閲覧・交付", "見た人の立場", "件数", AuditRetention.Personal, Whose: true, Reason: true),
        new(AuditKind.BulkTaken, "一括の要求の受付", "受付番号", "種類と人数、端末への答えではその署名の SHA-256", AuditRetention.Personal),
        new(AuditKind.BulkRead, "一括の結果の取得", "受付番号", "種類、端末への答えではその署名の SHA-256", AuditRetention.Personal),
        new(AuditKind.MedicinesViewed, "薬剤情報・診療情報の閲覧", "答えの識別子", "示した種類、または断った理由の番号と、端末への答えではその署名の SHA-256", AuditRetention.Personal, Whose: true),

        // カード・同意・救急時
        new(AuditKind.CardInquired, "カードによる資格確認", "照会の識別子", "資格有効性の番号または状態・拒否の番号、本人確認の方法、診療区分、端末への答えではその署名の SHA-256", AuditRetention.Personal, Whose: true),
        new(AuditKind.CardVouched, "目視の確認", "照会の識別子", "shown・vouched（その場にいたことだけ）・拒否の番号", AuditRetention.Personal, Whose: true),
        new(AuditKind.CardRegistered, "利用登録・解除・証明書の引継ぎ", "登録の識別子", "行った変更・本人確認の方法・拒否の番号", AuditRetention.Personal, Whose: true),
        new(AuditKind.ConsentChanged, "提供・閲覧の同意と取消", "照会の識別子、または取り消した組織", "診療区分・本人確認の方法・同意した種類・取り消した種類", AuditRetention.Personal, Whose: true),
        new(AuditKind.KioskChanged, "受付機の開始・終了、目視用パスコードの発行", "受付機または組織の識別子", "opened・closed・passcode issued", AuditRetention.Security),
        new(AuditKind.EmergencyPermitted, "救急時の閲覧の許可・取消", "組織の識別子", "permitted・ended", AuditRetention.Security, Reason: true),
        new(AuditKind.EmergencyOpened, "救急時の閲覧", "救急時の閲覧の識別子", "opened・拒否の番号", AuditRetention.Personal, Whose: true, Reason: true),
        new(AuditKind.EmergencyReviewed, "救急時の閲覧の事後確認", "救急時の閲覧の識別子", "read・判断", AuditRetention.Personal, Whose: true),
        new(AuditKind.CheckupPackageTaken, "特定健診のファイルによる登録", "健診のファイルの番号", "件数", AuditRetention.Personal),
        new(AuditKind.CheckupRead, "登録した特定健診の照会", "照会の種類", "件数", AuditRetention.Personal, Whose: true),
        new(AuditKind.CheckupWithdrawn, "特定健診の取消", "登録の版の識別子", "健診実施日", AuditRetention.Personal, Whose: true, Reason: true),
        new(AuditKind.CheckupsExpired, "保存期間を過ぎた特定健診の削除", "checkups", "件数と、いつより前か", AuditRetention.Security),
        new(AuditKind.CheckupsViewed, "特定健診情報の閲覧・閲覧の拒否", "答えの識別子", "健診の回数と、端末への答えではその署名の SHA-256。拒否では理由の番号", AuditRetention.Personal, Whose: true),
        new(AuditKind.FacilitySettingsChanged, "医療機関環境設定情報の変更", "組織の識別子", "版と変わった設定、端末への答えではその署名の SHA-256", AuditRetention.Security),
        new(AuditKind.CardsLost, "カードの紛失の届出による利用登録の終了、その取消", "lost・found", "終わった（登録できるようになった）登録の件数", AuditRetention.Personal, Whose: true, Reason: true),

        // 取下げ
        new(AuditKind.WithdrawalRequested, "締切の後のレセプトの取下げの依頼", "受付番号", "何件目か", AuditRetention.Claims, Reason: true),
        new(AuditKind.WithdrawalDecided, "取下げの依頼の決定", "受付番号", "Grant・Refuse と何件目か", AuditRetention.Claims, Reason: true),

        // 本人による閲覧
        new(AuditKind.OwnAccessesRead, "本人による利用の記録の閲覧（受付機）", "照会の識別子", "件数・本人確認の方法・ページ、または拒否の番号", AuditRetention.Personal, Whose: true),
    ];

    /// <summary>Kinds that touch personal data and carry no 本人, and why: where one looks instead.</summary>
    public static IReadOnlyList<(AuditKind Kind, string Reason)> WithoutSubject { get; } =
    [
        (AuditKind.DeliveryRead, "一つの配信は多くの人のレセプトを運び、だれの分が読まれたかはサイトから見えない。だれの分が入っていたかは、配信の識別子から、保存された内容の中の目録でわかる。"),
        (AuditKind.ReceptionRead, "受付の一覧・結果は多くの人にわたる。画面とAPIは何件目かと指摘だけを示し、氏名・番号は1件を開いたとき（ClaimRead、本人あり）に初めて読む。"),
        (AuditKind.ClaimPreviewed, "内容も結果も残さない点検であり、本人の控えを残すと、送られなかった請求の記録がサイトに残ってしまう。だれが、どの審査支払機関あてに、いつ点検したかだけを残す。"),
        (AuditKind.CoverageFileTaken, "一つのファイルは多くの人の加入者情報を運ぶ。だれの何がいつ変わったかは、消えずに残る登録の版でわかる。"),
        (AuditKind.FileExported, "受付の指摘・配信・送信前の点検は多くの人にわたる。対象の識別子から、受付または配信の内容でわかる。"),
        (AuditKind.DeskListRead, "受付の一覧は一日の多くの患者にわたる。だれが載っていたかは、予約・受付（DeskFileTaken・DeskPatientChanged）と照会（EligibilityInquired、本人あり）の記録でわかる。"),
        (AuditKind.DeskFileTaken, "一つのファイルは多くの患者を運ぶ。中身は医療機関自身のものであり、消去は1人ずつ本人とともに記録する（DeskPatientChanged）。"),
        (AuditKind.TicketFileTaken, "一つのファイルは多くの人の券を運ぶ。だれの何がいつ変わったかは、消えずに残る券の版でわかる。"),
        (AuditKind.RegistrationRead, "登録の状況は件数と登録IDで示す。1件を開くと、その照会（CoverageRead、本人あり）が記録される。"),
        (AuditKind.BulkTaken, "一つの要求は多くの人にわたる。だれが調べられたかは、受付番号を結果に持つ一人ずつの記録（資格確認の照会・照会番号の登録）でわかる。"),
        (AuditKind.BulkRead, "一つの結果は多くの人にわたる。だれの分かは、受付番号を結果に持つ一人ずつの記録でわかる。"),
        (AuditKind.CheckupPackageTaken, "一つのファイルは多くの人の健診結果を運ぶ。だれの何がいつ変わったかは、消えずに残る登録の版でわかる。"),
    ];
}
